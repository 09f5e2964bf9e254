import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Account, friend, rest } from '../bin/contract-account.ts';
import { Stage } from '../bin/contract-stage.ts';
import type { StanzaTree } from '../core/ports.ts';
import { ns } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };
const user = `u_${'0'.repeat(20)}`;

const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const from = fc.constantFrom(
  'kim@example.com/a',
  'lea@example.com',
  'example.com',
  '@example.com/x',
  'a@b@example.com',
);
const to = fc.constantFrom(friend, `${user}@${friend}`, `c_room_lobby@${friend}`, `x@${friend}`, '', `${friend}/x`);
const names = fc.constantFrom(
  'body',
  'composing',
  'received',
  'displayed',
  'replace',
  'request',
  'show',
  'status',
  'error',
  'query',
  'ping',
  'vCard',
  '__proto__',
);
const types = fc.constantFrom(
  '',
  'chat',
  'normal',
  'error',
  'groupchat',
  'subscribe',
  'unsubscribed',
  'probe',
  'unavailable',
  'get',
  'set',
  'result',
);
const namespaces = fc.constantFrom(
  ...Object.values(ns),
  'urn:xmpp:ping',
  'jabber:iq:last',
  'vcard-temp',
  'urn:example',
);

const child: fc.Arbitrary<StanzaTree> = fc.record({
  name: names,
  attrs: fc.record({ xmlns: namespaces, id: fc.oneof(anyText, fc.constant('c_room_lobby.1')) }, { requiredKeys: [] }),
  children: fc.array(anyText, { maxLength: 2 }),
});

const anyStanza: fc.Arbitrary<StanzaTree> = fc.record({
  name: fc.constantFrom('message', 'presence', 'iq'),
  attrs: fc.record({ from, to, type: types, id: anyText }, { requiredKeys: ['from'] }),
  children: fc.array(fc.oneof(anyText, child), { maxLength: 4 }),
});

test('survives all that an account may send, and answers each request once', async () => {
  const stage = await Stage.open({ accounts });
  await rest();

  await fc.assert(
    fc.asyncProperty(fc.array(anyStanza, { minLength: 1, maxLength: 6 }), async (stanzas) => {
      const before = stage.transport.stanzas.length;

      for (const stanza of stanzas) stage.transport.events?.stanza(stanza);
      await rest(30);

      const answers = stage.transport.stanzas.slice(before).filter(({ name }) => name === 'iq');
      const requests = stanzas.filter(
        ({ name, attrs }) => name === 'iq' && !['result', 'error'].includes(attrs.type ?? ''),
      );
      expect(answers).toHaveLength(requests.length);
      expect(stage.friend.meter.of('failed')).toBe(0);
      expect(stage.log.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('survives frames of any shape that its connection is told', async () => {
  const stage = await Stage.open({
    accounts,
    prepare: (own) =>
      own.on('stage.tell', ({ action }) => [
        { do: 'tell', to: { hearing: ['support'] }, ...(action.body as { type: string; body: unknown }) },
      ]),
  });
  await rest();
  const ann = await stage.person('ann');
  const types = fc.constantFrom(
    'typing.changed',
    'marker.moved',
    'presence.changed',
    'presence.listed',
    'friend.hello',
    'made.up',
  );

  await fc.assert(
    fc.asyncProperty(types, fc.jsonValue({ maxDepth: 2 }), async (type, body) => {
      await stage.friend.inject(ann.user, ann.action('stage.tell', { type, body }));
      await rest(5);

      expect(stage.log.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('tells nobody the address of an account, and the account nobody’s address', async () => {
  const stage = await Stage.open({ accounts });
  const [kim, lea] = [new Account(stage, 'kim@example.com'), new Account(stage, 'lea@example.com')];
  const vera = await stage.named('vera', 'Vera');
  kim.comes();
  lea.comes();
  await vera.says('support', 'Hello?');
  lea.says(friend, 'Hello from lea');
  lea.says(`${vera.user}@${friend}`, 'Hello Vera');
  await rest();

  kim.says(`c_support_${vera.user.slice(2)}@${friend}`, 'Yes?');
  await rest();
  await vera.ask('conversation.list', {});

  const own = (account: Account): string => JSON.stringify(account.heard).replaceAll(account.bare, '');
  expect(JSON.stringify(vera.told)).not.toMatch(/example\.com/);
  expect(`${own(kim)}${own(lea)}`.replaceAll(friend, '')).not.toMatch(/example\.com/);
});

test('says to a colleague nothing for what he writes to the friend itself, and lets a rule take it', async () => {
  const commands: unknown[] = [];
  const stage = await Stage.open({
    accounts,
    prepare: (own) =>
      own.on('stanza.message', ({ action, user: who }) => {
        commands.push([who?.kind, JSON.stringify(action.body).includes('who is there')]);
        return [{ do: 'ignore', why: 'a command' }];
      }),
  });
  const kim = new Account(stage, 'kim@example.com');

  kim.says(friend, 'who is there');
  await rest();

  expect(commands).toEqual([['colleague', true]]);
});
