import { expect, test } from 'vitest';
import { Account, friend, rest } from '../bin/contract-account.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import { element, elementsOf } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };

/** An account and a visitor; contacts where said. */
async function pair(
  kind?: 'contact',
): Promise<{ stage: Stage; lea: Account; vera: Device; puppet: string; user: string }> {
  const stage = await Stage.open({ accounts });
  const lea = new Account(stage, 'lea@example.com');
  const vera = await stage.named('vera', 'Vera');
  const puppet = `${vera.user}@${friend}`;
  lea.comes();
  lea.says(puppet, 'Hello');
  await rest();
  const user = vera.told.find(({ type }) => type === 'message.sent')?.by ?? '';
  if (kind !== undefined) {
    await vera.ask('relation.ask', { user, kind });
    await stage.friend.inject(user, vera.action('relation.accept', { user: vera.user }));
  }
  return { stage, lea, vera, puppet, user };
}

/** Presence that was sent from an address, as its type or its show. */
function shows(account: Account, from: string): string[] {
  return account.heard
    .filter(({ name, attrs }) => name === 'presence' && attrs.from === from)
    .map(({ attrs, ...tree }) => {
      const said = elementsOf({ attrs, ...tree }).filter(({ name }) => name !== 'x');
      return attrs.type ?? (said.length === 0 ? 'available' : JSON.stringify(said));
    });
}

/** Lets time pass in small steps. */
async function pass(stage: Stage, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    stage.clock.advance(500);
    await rest(10);
  }
}

test('lets an account subscribe to whom it may see, and tells it how he is', async () => {
  const { stage, lea, vera, puppet } = await pair('contact');

  lea.sends(lea.stanza('presence', { to: puppet, type: 'subscribe' }));
  await pass(stage, 1_000);
  await vera.ask('presence.set', { show: 'dnd', status: 'Tea' });
  await pass(stage, 1_000);
  vera.leave();
  await pass(stage, 10_000);

  const dnd = JSON.stringify([element('show', {}, 'dnd'), element('status', {}, 'Tea')]);
  expect(shows(lea, puppet)).toEqual(['subscribed', 'available', dnd, 'unavailable']);
});

test('does not let it subscribe to a stranger, nor to nobody, and answers both alike', async () => {
  const { lea, puppet } = await pair();
  const nobody = `u_${'0'.repeat(20)}@${friend}`;

  for (const to of [puppet, nobody, `c_nothing@${friend}`, `what@${friend}`]) {
    lea.sends(lea.stanza('presence', { to, type: 'subscribe' }));
  }
  await rest(200);

  expect(shows(lea, puppet)).toEqual(['unsubscribed']);
  expect(shows(lea, nobody)).toEqual(['unsubscribed']);
  expect(shows(lea, `c_nothing@${friend}`)).toEqual(['unsubscribed']);
  expect(shows(lea, `what@${friend}`)).toEqual(['unsubscribed']);
});

test('never asks for a subscription but the friend itself, back', async () => {
  const { lea, puppet } = await pair('contact');

  lea.sends(lea.stanza('presence', { to: puppet, type: 'subscribe' }));
  lea.sends(lea.stanza('presence', { to: friend, type: 'subscribe' }));
  await rest(200);

  const asked = lea.heard.filter(({ attrs }) => attrs.type === 'subscribe').map(({ attrs }) => attrs.from);
  expect(asked).toEqual([friend]);
});

test('keeps what an account has subscribed to over a restart', async () => {
  const { stage, lea, vera, puppet } = await pair('contact');
  lea.sends(lea.stanza('presence', { to: puppet, type: 'subscribe' }));
  await rest();
  await stage.friend.stop();

  const next = await Stage.open({ accounts, store: stage.store });
  const again = new Account(next, lea.bare);
  again.comes();
  const back = next.device('vera', vera.secret);
  await back.open();
  await pass(next, 6_000);

  expect(shows(again, puppet)).toContain('available');
});

test('tells it nothing more once it has unsubscribed', async () => {
  const { stage, lea, vera, puppet } = await pair('contact');
  lea.sends(lea.stanza('presence', { to: puppet, type: 'subscribe' }));
  await pass(stage, 1_000);

  lea.sends(lea.stanza('presence', { to: puppet, type: 'unsubscribe' }));
  await pass(stage, 1_000);
  await vera.ask('presence.set', { show: 'dnd' });
  await pass(stage, 1_000);

  expect(shows(lea, puppet)).toEqual(['subscribed', 'available', 'unsubscribed']);
});

test('shows an account to its contacts as its clients show it', async () => {
  const { stage, lea, vera, user } = await pair('contact');
  await vera.ask('presence.watch', { users: [user] });
  const seen = (): unknown[] =>
    vera.told.flatMap((fact) => (fact.type === 'presence.changed' ? [fact.body.show, fact.body.status] : []));

  lea.sends(lea.stanza('presence', { to: friend }, element('show', {}, 'away')));
  await pass(stage, 1_000);
  lea.sends(lea.stanza('presence', { to: friend }, element('show', {}, 'dnd'), element('status', {}, 'Busy')));
  await pass(stage, 1_000);
  lea.leaves();
  stage.clock.advance(600_000);
  await pass(stage, 10_000);

  expect(seen()).toEqual(['away', undefined, 'dnd', 'Busy', 'offline', undefined]);
});

test('takes colleagues for there only while one of their clients is', async () => {
  const stage = await Stage.open({ accounts });
  const kim = new Account(stage, 'kim@example.com');
  const vera = await stage.named('vera', 'Vera');
  await vera.ask('conversation.open', { conversation: 'support' });
  await rest();
  const there = (): unknown[] =>
    vera.told.flatMap((fact) => (fact.type === 'support.changed' ? fact.body.available : []));

  kim.comes();
  await rest();
  kim.sends(kim.stanza('presence', { to: friend, from: `${kim.bare}/tablet` }));
  await rest();
  kim.leaves();
  await rest();
  const while2 = there();
  stage.transport.events?.gone(`${kim.bare}/tablet`);
  await rest();

  expect(while2).toEqual([false, true]);
  expect(there()).toEqual([false, true, false]);
});

test('takes who has written for there, for ten minutes', async () => {
  const stage = await Stage.open({ accounts });
  const kim = new Account(stage, 'kim@example.com');
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  await vera.ask('conversation.open', { conversation: 'support' });
  await rest();

  kim.says(`c_support_${vera.user.slice(2)}@${friend}`, 'Yes?');
  await rest();
  const there = vera.told.flatMap((fact) => (fact.type === 'support.changed' ? fact.body.available : []));
  stage.clock.advance(600_000);
  await rest();

  expect(there).toEqual([false, true]);
  expect(vera.told.flatMap((fact) => (fact.type === 'support.changed' ? fact.body.available : [])).at(-1)).toBe(false);
});
