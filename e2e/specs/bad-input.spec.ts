import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymousClient } from '../../server/bin/xmpp/raw-clients.ts';
import { freePorts } from '../../server/bin/xmpp/tcp-ports.ts';
import { FriendProcess } from '../fixtures/friend-process.ts';
import { expect, test } from '../fixtures/test.ts';

const secret = 'A'.repeat(43);
const open = {
  id: '0190f3c0-0000-7000-8000-000000000001',
  type: 'connection.open',
  at: 1,
  body: { versions: [1], secret },
};
const says = (id: string, body: unknown) => ({
  id: `0190f3c0-0000-7000-8000-0000000000${id}`,
  type: 'message.send',
  at: 1,
  body,
});
const frame = (...events: unknown[]) => JSON.stringify({ v: 1, events });
const deep = `{"v":1,"events":[${'['.repeat(30)}${']'.repeat(30)}]}`;

/** What arrives wrong, and the code that comes back for it. */
const wrongs: readonly (readonly [what: string, json: string, code: string])[] = [
  ['no JSON', 'nonsense', 'malformed'],
  ['no frame', '{}', 'malformed'],
  ['an empty frame', frame(), 'malformed'],
  ['too deep', deep, 'too_deep'],
  ['over 64 KiB', frame('x'.repeat(70_000)), 'too_large'],
  ['an event over 32 KiB', frame(says('02', { conversation: 'support', text: '\u0001'.repeat(6_000) })), 'too_large'],
  ['an unknown key', frame({ ...open, from: 'somebody' }), 'schema'],
  ['a text that is too long', frame(says('03', { conversation: 'support', text: 'x'.repeat(8_001) })), 'schema'],
  ['an unknown type', frame({ ...open, type: 'message.shout' }), 'unknown_type'],
  ['a version of tomorrow', frame({ ...open, body: { versions: [9], secret } }), 'outdated'],
  ['before opening', frame(says('04', { conversation: 'support', text: 'too early' })), 'not_open'],
];

function stanza(to: string, json: string, datatype = 'urn:befriend:event:1'): string {
  const text = json.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const payload = `<payload xmlns="urn:xmpp:json-msg:0" datatype="${datatype}"><json xmlns="urn:xmpp:json:0">${text}</json></payload>`;
  return `<message xmlns="jabber:client" to="${to}" type="chat" id="s1">${payload}</message>`;
}

test('every wrong stanza gets its typed error within a second, and nobody else notices', async ({
  joins,
  room,
  stack,
}) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  const stranger = await anonymousClient(stack.xmpp.service, stack.xmpp.visitorsHost, { origin: stack.site.origin });

  for (const [what, json, code] of wrongs) {
    const sentAt = performance.now();
    stranger.send(stanza(stack.address, json));
    const answer = await stranger.until(/&quot;error&quot;|"error"/);
    expect.soft(answer, what).toContain(code);
    expect.soft(performance.now() - sentAt, what).toBeLessThan(1_000);
  }
  stranger.send(stanza(stack.address, frame(open), 'urn:example:other'));
  expect(await stranger.until(/error/)).toContain('unsupported');
  stranger.send(stanza(stack.address, frame(open)));
  expect(await stranger.until(/connection\.opened/)).toBeTruthy();
  stranger.send(
    stanza(stack.address, frame(says('05', { conversation: 'c_support_00000000000000000000', text: 'foreign' }))),
  );
  expect(await stranger.until(/error/)).toContain('not_found');
  stranger.close();

  await ann.says('We noticed nothing');
  await bob.reads('We noticed nothing');
  expect([...ann.complaints, ...bob.complaints]).toEqual([]);
});

test('a wrong secret is said plainly, in the log and by /healthz', async ({ stack, request }) => {
  const data = mkdtempSync(join(tmpdir(), 'befriend-e2e-'));
  const [port = 0] = await freePorts([0]);
  const component = `xmpp://${stack.xmpp.component.host}:${stack.xmpp.component.port}`;
  const xmpp = { component, secret: 'not the secret', service: stack.xmpp.service };
  const friend = new FriendProcess({ port, data, friend: 'friend.localhost', origins: [], invite: false, xmpp });
  const started = friend.start();

  const healthz = `http://127.0.0.1:${port}/healthz`;
  const health = async () =>
    request.get(healthz).then(
      (answer) => answer.text(),
      () => '',
    );
  await expect.poll(health).toContain('BEFRIEND_SECRET');

  expect((await request.get(healthz)).status()).toBe(503);
  expect(friend.log).toContain('refused the component secret');
  await started;
  await friend.stop();
  rmSync(data, { recursive: true });
});
