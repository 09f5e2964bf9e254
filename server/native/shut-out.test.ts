import { expect, test } from 'vitest';
import { Account, friend, rest } from '../bin/contract-account.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import { element } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: [] };

/** What an ordinary client sends to somebody, in turns. */
const turns: readonly ((lea: Account, to: string, turn: number) => unknown)[] = [
  (lea, to, turn) => lea.says(to, `word ${turn}`, receiptWanted, markable),
  (lea, to) => lea.sends(lea.stanza('message', { to, type: 'chat' }, state('composing'))),
  (lea, to) => lea.sends(lea.stanza('presence', { to, type: 'subscribe' })),
  (lea, to) => lea.sends(lea.stanza('presence', { to })),
  (lea, to) => lea.sends(lea.stanza('presence', { to, type: 'probe' })),
  (lea, to) => lea.asks(to, element('ping', { xmlns: 'urn:xmpp:ping' })),
  (lea, to) => lea.asks(to, element('query', { xmlns: 'http://jabber.org/protocol/disco#info' })),
  (lea, to) => lea.asks(to, element('vCard', { xmlns: 'vcard-temp' })),
  (lea, to) => lea.asks(to, element('query', { xmlns: 'jabber:iq:last' })),
  (lea, to, turn) =>
    lea.says(to, `better ${turn}`, element('replace', { xmlns: 'urn:xmpp:message-correct:0', id: 's0' })),
  (lea, to) =>
    lea.sends(lea.stanza('message', { to, type: 'chat' }, element('displayed', { xmlns: markers, id: 's0' }))),
  (lea, to) => lea.says(to, '/block'),
  (lea, to) => lea.sends(lea.stanza('message', { to, type: 'chat' }, state('paused'))),
  (lea, to) => lea.sends(lea.stanza('presence', { to, type: 'unsubscribe' })),
];

const markers = 'urn:xmpp:chat-markers:0';
const receiptWanted = element('request', { xmlns: 'urn:xmpp:receipts' });
const markable = element('markable', { xmlns: markers });

function state(name: string): ReturnType<typeof element> {
  return element(name, { xmlns: 'http://jabber.org/protocol/chatstates' });
}

/** What an account is sent after all of that, without ids, addresses and times: towards one person. */
async function toldTo(stage: Stage, lea: Account, { user }: Device, name: string, live: () => Promise<unknown>) {
  const to = `${user}@${friend}`;
  const from = lea.heard.length;
  for (let turn = 0; turn < 3 * turns.length; turn += 1) {
    turns[turn % turns.length]?.(lea, to, turn);
    await rest(20);
    if (turn % 5 === 2) await live();
    stage.clock.advance(1_000);
  }
  await rest();
  return lea.heard.slice(from).map((stanza) =>
    JSON.stringify(stanza)
      .replaceAll(user, 'USER')
      .replaceAll(user.slice(2), 'USER')
      .replaceAll(name, 'NAME')
      .replaceAll(/"id":"[^"]*"/g, '"id":""')
      .replaceAll(/"(?:stamp|seconds)":"[^"]*"/g, '"at":""'),
  );
}

/** The same account on two stages, each with one person: one who shuts it out and lives, one who has gone for good. */
async function compare(
  isBlocking: boolean,
  plant: (device: Device, lea: string) => Promise<unknown> = async () => undefined,
): Promise<string[]> {
  const stage = await Stage.open({ accounts });
  const lea = new Account(stage, 'lea@example.com');
  const other = await stage.named('other', 'Otto Other');
  const bystander = await stage.person('bystander');
  lea.comes();
  lea.says(`${bystander.user}@${friend}`, 'It is me');
  await rest();
  const leaUser = bystander.told.find(({ type }) => type === 'message.sent')?.by ?? '';
  if (isBlocking) await other.ask('relation.set', { user: leaUser, kind: 'blocked' });
  else other.leave();
  return await toldTo(stage, lea, other, 'Otto Other', async () => {
    if (!isBlocking) return;
    await other.ask('conversation.open', { conversation: `user:${leaUser}` });
    const conversation = `c_direct_${[leaUser.slice(2), other.user.slice(2)].sort().join('_')}`;
    other.send(
      other.action('typing.set', { conversation, on: true }),
      other.action('marker.set', { conversation, read: 1, delivered: 1 }),
    );
    await other.ask('presence.set', { show: 'dnd', status: 'Busy' });
    await plant(other, leaUser);
  });
}

test('an ordinary client that is shut out is sent the same as towards somebody who is never there', async () => {
  const blocked = await compare(true);
  const absent = await compare(false);

  expect(blocked).toEqual(absent);
  expect(blocked.length).toBeGreaterThan(10);
});

test('sees the difference where who shuts out says a word', async () => {
  const blocked = await compare(true, async (other, leaUser) => {
    await other.ask('relation.end', { user: leaUser, slot: 'limit' });
    await other.says(`user:${leaUser}`, 'Here I am');
  });

  expect(blocked).not.toEqual(await compare(false));
});
