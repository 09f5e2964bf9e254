import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Account, friend, rest } from '../bin/contract-account.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import { childOf, element, elementsOf, ns, textOf } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A colleague's account that is there, and a visitor who has asked for help. */
async function atWork(): Promise<{ stage: Stage; kim: Account; vera: Device; chat: string }> {
  const stage = await Stage.open({ accounts });
  const kim = new Account(stage, 'kim@example.com');
  kim.comes();
  await rest();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  await pass(stage, 4_000);
  return { stage, kim, vera, chat: `c_support_${vera.user.slice(2)}@${friend}` };
}

async function pass(stage: Stage, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    stage.clock.advance(500);
    await rest(40);
  }
}

/** Presence that was sent from an address: its type, or what it shows. */
function shows(account: Account, from: string): string[] {
  return account.heard
    .filter(({ name, attrs }) => name === 'presence' && attrs.from === from)
    .map((one) => one.attrs.type ?? textOf(childOf(one, 'show') ?? element('show', {}, 'available')));
}

/** What the picture of an address is named by, as often as it was sent. */
function photos(account: Account, from: string): string[] {
  return account.heard
    .filter(({ name, attrs }) => name === 'presence' && attrs.from === from)
    .flatMap((one) => elementsOf(childOf(one, 'x', ns.photo) ?? element('x')).map(textOf));
}

test('shows a colleague in the chat of a case whether its visitor is there, away or gone, and nothing twice', async () => {
  const { stage, kim, vera, chat } = await atWork();

  vera.send(vera.action('presence.idle', { idle: true }));
  await pass(stage, 1_000);
  await vera.says('support', 'Still here');
  await pass(stage, 2_000);
  vera.leave();
  await pass(stage, 8_000);
  await vera.open();
  await pass(stage, 2_000);

  expect(shows(kim, chat)).toEqual(['available', 'away', 'unavailable', 'available']);
});

test('names the picture of the visitor, the new one once he has another', async () => {
  const { stage, kim, vera, chat } = await atWork();

  await vera.ask('profile.set', { avatar: png });
  await pass(stage, 2_000);

  const hash = createHash('sha1').update(Buffer.from(png, 'base64')).digest('hex');
  expect(photos(kim, chat)).toEqual(['', hash]);
});

test('shows who is invisible, and who keeps the colleague distant, as gone', async () => {
  const { stage, kim, vera, chat } = await atWork();
  await vera.ask('presence.set', { show: 'invisible' });
  await pass(stage, 8_000);
  const hidden = shows(kim, chat);
  await vera.ask('presence.set', { show: 'available' });
  await pass(stage, 1_000);
  kim.says(chat, 'Yes?');
  await rest();
  const by = vera.told.flatMap((fact) => (fact.type === 'message.sent' ? (fact.by ?? []) : [])).at(-1) ?? '';

  await vera.ask('relation.set', { user: by, kind: 'distant' });
  await pass(stage, 8_000);

  expect(hidden).toEqual(['available', 'unavailable']);
  expect(shows(kim, chat)).toEqual(['available', 'unavailable', 'available', 'unavailable']);
});

test('shows a case to no colleague once another has it, and to nobody else at any time', async () => {
  const stage = await Stage.open({ accounts: { ...accounts, colleagues: ['kim@example.com', 'leo@example.com'] } });
  const [kim, leo, lea] = ['kim', 'leo', 'lea'].map((name) => new Account(stage, `${name}@example.com`));
  if (kim === undefined || leo === undefined || lea === undefined) throw new Error('nobody came');
  for (const one of [kim, leo, lea]) one.comes();
  await rest();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  await pass(stage, 2_000);
  const chat = `c_support_${vera.user.slice(2)}@${friend}`;

  kim.says(chat, '/take');
  await pass(stage, 2_000);
  await vera.ask('profile.set', { avatar: png });
  vera.leave();
  await pass(stage, 8_000);

  expect(shows(leo, chat)).toEqual(['available', 'unavailable']);
  expect(shows(kim, chat).at(-1)).toBe('unavailable');
  expect(shows(lea, chat)).toEqual([]);
});

test('tells one more client, and who probes, how all are, without a word of going', async () => {
  const { kim, chat } = await atWork();
  const before = shows(kim, chat).length;

  kim.sends(kim.stanza('presence', { to: friend, from: `${kim.bare}/tablet` }));
  await rest();
  kim.sends(kim.stanza('presence', { to: chat, type: 'probe' }));
  await rest();

  expect(shows(kim, chat).slice(before)).toEqual(['available', 'available']);
});

test('tells who comes back with a restarted server that all are there, and of nobody that he went', async () => {
  const { stage, kim, vera, chat } = await atWork();
  vera.leave();
  kim.leaves();
  stage.transport.link('down');
  await pass(stage, 8_000);

  stage.transport.link('up');
  await pass(stage, 1_000);
  kim.comes();
  await pass(stage, 9_000);
  await vera.open();
  await pass(stage, 30_000);

  expect(new Set(shows(kim, chat))).toEqual(new Set(['available']));
  expect(shows(kim, chat).length).toBeGreaterThan(1);
});
