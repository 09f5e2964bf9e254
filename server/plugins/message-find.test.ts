import { expect, test } from 'vitest';
import type { Actions } from '../../protocol/actions.ts';
import type { Facts } from '../../protocol/facts.ts';
import { limits, utf8Length } from '../../protocol/limits.ts';
import { asked, teaParty } from '../bin/contract-group.ts';
import { identify, opens, signingStage, userIn } from '../bin/contract-identity.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import { sqliteStore } from '../stores/sqlite.ts';

type Page = Facts['message.found'];

function find(device: Device, text: string, more: Partial<Actions['message.find']> = {}): Promise<Page> {
  return asked(device, 'message.find', { text, ...more }, 'message.found');
}

async function textsFound(
  device: Device,
  text: string,
  more: Partial<Actions['message.find']> = {},
): Promise<string[]> {
  return (await find(device, text, more)).messages.map((message) => message.text);
}

test('finds in all of one’s conversations, or in one, the newest first, with who said it', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const inRoom = await ann.says('room:lobby', 'Who brings the crème brûlée?');
  stage.clock.advance(1_000);
  const direct = await bob.says(`user:${ann.user}`, 'Creme, I do');
  await ann.says('support', 'Something else');

  const found = await find(ann, 'CREME');

  const [newest, oldest] = found.messages;
  expect(newest).toMatchObject({ conversation: direct.log, seq: direct.seq, text: 'Creme, I do' });
  expect(newest?.by).toMatchObject({ id: bob.user, name: 'bob' });
  expect(oldest).toMatchObject({ conversation: 'c_room_lobby', seq: inRoom.seq, by: { id: ann.user } });
  expect([found.messages.length, found.next]).toEqual([2, undefined]);
  expect(await textsFound(ann, 'creme', { conversation: 'c_room_lobby' })).toEqual(['Who brings the crème brûlée?']);
  expect([await textsFound(ann, 'tea'), await textsFound(ann, '?!')]).toEqual([[], []]);
});

test('finds nothing that one may not read: of strangers, from before one came, after one left, or said to others', async () => {
  const { stage, ann, bob, eve, dan, tea } = await teaParty({ history: 'joined' });
  await ann.says(tea, 'A secret of before');
  await ann.ask('member.add', { conversation: tea, users: [bob.user, eve.user] });
  await ann.says(tea, 'A secret of now');
  await eve.ask('conversation.leave', { conversation: tea });
  await ann.says(`user:${bob.user}`, 'A secret of two');
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  await ann.says(`user:${bob.user}`, 'A secret that nobody hears');
  await ann.says('support', 'A secret of the house');
  const helper = await stage.colleague('helper');

  const found = await Promise.all([ann, bob, eve, dan, helper].map((one) => textsFound(one, 'secret')));
  const refused = await Promise.all(
    [eve, dan, helper].map((one) => one.ask('message.find', { text: 'secret', conversation: tea })),
  );

  const all = ['of the house', 'that nobody hears', 'of two', 'of now', 'of before'].map((end) => `A secret ${end}`);
  expect(found).toEqual([all, ['A secret of two', 'A secret of now'], [], [], ['A secret of the house']]);
  expect(refused.map(codeOf)).toEqual(['not_found', 'not_found', 'not_found']);
});

test('lets who only looks at a public group search it, but not among his own', async () => {
  const stage = await Stage.open();
  const [ann, eve] = [await stage.person('ann'), await stage.person('eve')];
  await ann.says('room:lobby', 'Biscuits for all');

  const inRoom = await textsFound(eve, 'biscuit', { conversation: 'c_room_lobby' });

  expect([inRoom, await textsFound(eve, 'biscuit')]).toEqual([['Biscuits for all'], []]);
});

test('finds an edited message by its new words, and a deleted one by none', async () => {
  const stage = await Stage.open({ store: sqliteStore({ path: ':memory:' }) });
  const ann = await stage.person('ann');
  const [one, two] = [await ann.says('room:lobby', 'The first tin'), await ann.says('room:lobby', 'The second tin')];
  const before = await textsFound(ann, 'tin');

  await ann.ask('message.edit', { conversation: 'c_room_lobby', seq: one.seq ?? 0, text: 'The first box' });
  await ann.ask('message.delete', { conversation: 'c_room_lobby', seq: two.seq ?? 0 });

  expect(before).toEqual(['The second tin', 'The first tin']);
  expect([await textsFound(ann, 'tin'), await textsFound(ann, 'the')]).toEqual([[], ['The first box']]);
  await stage.store.close();
});

test('pages through what it finds, each page within a frame, and shows the part with the words', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const long = (index: number) => `${'ü\u{1f600}'.repeat(700)} biscuit ${index} ${'ü\u{1f600}'.repeat(700)}`;
  for (let index = 0; index < 60; index += 1) await ann.says('room:lobby', long(index));

  const pages: Page[] = [];
  for (let next: string | undefined = '999'; next !== undefined; next = pages.at(-1)?.next) {
    pages.push(await find(ann, 'biscuit', { limit: limits.page, before: next }));
  }

  const texts = pages.flatMap(({ messages }) => messages.map(({ text }) => text));
  expect(texts.map((text) => Number(/biscuit (\d+)/.exec(text)?.[1]))).toEqual(
    Array.from({ length: 60 }, (_, index) => 59 - index),
  );
  expect(texts.every((text) => text.startsWith('…') && text.endsWith('…') && text.isWellFormed())).toBe(true);
  const frames = stage.transport.frames.map(({ json }) => utf8Length(json));
  expect(Math.max(...frames)).toBeLessThanOrEqual(limits.frameBytes);
});

test('asks to wait where older messages are not gathered yet, and refuses a cursor that is none', async () => {
  const store = sqliteStore({ path: ':memory:' });
  const stage = await Stage.open({ store });
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'An old biscuit');
  const noise = Array.from({ length: 2_000 }, () => ({
    ...{ log: 'c_noise', type: 'message.sent', at: 1, by: 'u_x', body: '{"text":"x"}', item: true, rule: false },
  }));
  await store.commit([{ id: 'noise', digest: '', reads: [], appends: noise, puts: [] }], []);

  const answers = [];
  for (let attempt = 0; attempt < 4; attempt += 1) answers.push(await ann.ask('message.find', { text: 'biscuit' }));
  const odd = await ann.ask('message.find', { text: 'biscuit', before: 'yesterday' });

  expect(answers.map(codeOf)).toEqual(['busy', 'busy', 'message.found', 'message.found']);
  expect(answers[0]?.body).toMatchObject({ retryAfter: 500 });
  expect(odd.body).toMatchObject({ code: 'schema', detail: 'before' });
  await store.close();
});

test('shows what somebody said as a visitor as his own, once he has signed in', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  await ann.says('support', 'A biscuit, please');
  await identify(ann, 'ann@shop', 'new');
  const user = userIn(await opens(ann, 'new'));

  const found = await find(ann, 'biscuit');

  expect(found.messages.map(({ by }) => by.id)).toEqual([user]);
});
