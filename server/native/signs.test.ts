import { expect, test } from 'vitest';
import { Account, conditionOf, friend, rest } from '../bin/contract-account.ts';
import { type Device, Stage, textsOf } from '../bin/contract-stage.ts';
import { childOf, element, ns } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };

/** A visitor who has asked, and the colleague's account that was told. */
async function conversation(): Promise<{ stage: Stage; kim: Account; vera: Device; log: string; chat: string }> {
  const stage = await Stage.open({ accounts });
  const kim = new Account(stage, 'kim@example.com');
  kim.comes();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  await rest();
  const log = `c_support_${vera.user.slice(2)}`;
  return { stage, kim, vera, log, chat: `${log}@${friend}` };
}

const composing = element('composing', { xmlns: ns.states });
const request = element('request', { xmlns: ns.receipts });
const markable = element('markable', { xmlns: ns.markers });

test('tells a visitor that somebody composes, over and over while he does, and that he does no more', async () => {
  const { stage, kim, vera, chat } = await conversation();
  const typing = (): unknown[] => vera.told.filter(({ type }) => type === 'typing.changed').map(({ body }) => body);

  kim.sends(kim.stanza('message', { to: chat, type: 'chat' }, composing));
  await rest();
  stage.clock.advance(4_500);
  await rest();
  stage.clock.advance(4_500);
  await rest();
  kim.sends(kim.stanza('message', { to: chat, type: 'chat' }, element('paused', { xmlns: ns.states })));
  await rest();

  expect(typing().map((body) => (body as { on: boolean }).on)).toEqual([true, true, true, false]);
});

test('takes a client that says nothing more for a minute to compose no more', async () => {
  const { stage, kim, vera, chat } = await conversation();

  kim.sends(kim.stanza('message', { to: chat, type: 'chat' }, composing));
  for (let step = 0; step < 20; step += 1) {
    await rest();
    stage.clock.advance(4_500);
  }

  const typing = vera.told.filter(({ type }) => type === 'typing.changed');
  expect(typing.at(-1)?.body).toMatchObject({ on: false });
  expect(typing.length).toBeLessThan(17);
});

test('shows an account that a visitor composes, once, and that he stopped or went away', async () => {
  const { stage, kim, vera, log } = await conversation();
  const types = (on: boolean): void => vera.send(vera.action('typing.set', { conversation: log, on }));
  const before = kim.signs().length;

  types(true);
  types(true);
  await rest();
  types(false);
  await rest();
  types(true);
  await rest();
  stage.clock.advance(7_000);
  await rest();

  const signs = kim.signs().slice(before);
  expect(signs.filter((sign) => sign.startsWith('message'))).toEqual(
    ['composing', 'paused', 'composing', 'paused'].map((sign) => `message chat ${sign} no-store`),
  );
});

test('lets words end the composing that they come from', async () => {
  const { kim, vera, log } = await conversation();

  vera.send(vera.action('typing.set', { conversation: log, on: true }));
  await rest();
  await vera.says('support', 'Are you there?');
  await rest();

  expect(kim.signs().at(-1)).toBe('message chat composing no-store');
  expect(kim.texts.at(-1)).toBe(`${log}: Vera: Are you there?`);
});

test('tells a visitor how far an account has got, by its receipts and its markers', async () => {
  const { kim, vera, log, chat } = await conversation();
  const id = kim.heard.find((stanza) => childOf(stanza, 'body') !== undefined)?.attrs.id ?? '';
  const moved = (): unknown[] => vera.told.filter(({ type }) => type === 'marker.moved').map(({ body }) => body);

  kim.sends(kim.stanza('message', { to: chat, type: 'chat' }, element('received', { xmlns: ns.receipts, id })));
  await rest();
  kim.sends(kim.stanza('message', { to: chat, type: 'chat' }, element('displayed', { xmlns: ns.markers, id })));
  await rest();

  const seq = Number(id.replace(/^.*\./, ''));
  const user = kim.texts.length > 0 && (moved()[0] as { user: string }).user;
  expect(moved()).toEqual([
    { conversation: log, user, delivered: seq },
    { conversation: log, user, delivered: seq, read: seq },
  ]);
});

test('tells an account how far the visitor has got, under the names that it gave its messages', async () => {
  const { kim, vera, log, chat } = await conversation();
  kim.says(chat, 'one', request, markable);
  kim.says(chat, 'two', request);
  kim.says(chat, 'three');
  await rest();
  const before = kim.signs().length;
  const head = vera.facts(log).at(-1)?.seq ?? 0;

  vera.send(vera.action('marker.set', { conversation: log, delivered: head }));
  await rest();
  vera.send(vera.action('marker.set', { conversation: log, delivered: head, read: head }));
  await rest();

  expect(kim.signs().slice(before)).toEqual([
    'message chat received s1 no-store',
    'message chat received s2 no-store',
    'message chat displayed s1 no-store',
  ]);
});

test('takes an answer for a sign that what came before it was read', async () => {
  const { kim, vera, log, chat } = await conversation();

  kim.says(chat, 'Yes');
  await rest();

  const moved = vera.told.filter(({ type }) => type === 'marker.moved').at(-1);
  expect(moved?.body).toMatchObject({ conversation: log, read: vera.facts(log).at(-1)?.seq });
});

test('corrects what an account has said, however often and also after a restart', async () => {
  const { stage, kim, vera, log, chat } = await conversation();
  const said = kim.says(chat, 'Hre');
  await rest();
  const correct = (account: Account, text: string) =>
    account.says(chat, text, element('replace', { xmlns: ns.correct, id: said.attrs.id ?? '' }));

  correct(kim, 'Her');
  await rest();
  await stage.friend.stop();
  const next = await Stage.open({ accounts, store: stage.store });
  const again = new Account(next, kim.bare);
  correct(again, 'Here');
  await rest(200);

  const stored = await stage.store.page({ log, limit: 20 });
  expect(
    stored.flatMap(({ type, body }) => (type === 'message.edited' ? (JSON.parse(body) as { text: string }).text : [])),
  ).toEqual(['Her', 'Here']);
  expect(vera.told.filter(({ type }) => type === 'message.edited')).toHaveLength(1);
});

test('refuses the correction of what was never said', async () => {
  const { kim, chat } = await conversation();

  const stanza = kim.says(chat, 'Here', element('replace', { xmlns: ns.correct, id: 'nothing' }));
  await rest();

  expect(conditionOf(kim.answerTo(stanza))).toBe('bad-request');
});

test('tells an account of corrections and deletions, each naming what it changes', async () => {
  const { kim, vera, log } = await conversation();
  const seq = vera.facts(log).at(-1)?.seq ?? 0;

  await vera.ask('message.edit', { conversation: log, seq, text: 'Hello!' });
  await vera.ask('message.delete', { conversation: log, seq });
  await rest();

  const [first, edit, deletion] = kim.heard.filter((stanza) => childOf(stanza, 'body') !== undefined);
  expect(first?.attrs.id).toBe(`${log}.${seq}`);
  expect(edit && childOf(edit, 'replace', ns.correct)?.attrs.id).toBe(first?.attrs.id);
  expect(deletion && childOf(deletion, 'retract', ns.retract)?.attrs.id).toBe(first?.attrs.id);
  expect(kim.texts.slice(1)).toEqual([`${log}: Vera: Hello!`, `${log}: A message was taken back.`]);
});

test('keeps what an account says in its order', async () => {
  const { kim, vera, log, chat } = await conversation();
  const texts = Array.from({ length: 30 }, (_, index) => `text ${index}`);

  for (const text of texts) kim.says(chat, text);
  await rest(400);

  expect(textsOf(vera.facts(log)).slice(1)).toEqual(texts);
});
