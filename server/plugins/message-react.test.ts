import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reactionsOf } from '../../protocol/extras.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { identify, opens, signingStage } from '../bin/contract-identity.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import type { Store } from '../core/store.ts';
import { memoryStore } from '../stores/memory.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { reacted } from './message-react.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

function react(device: Device, seq: number, emoji = '👍', on = true, conversation = log): Promise<AnyFact> {
  return device.ask('message.react', { conversation, seq, emoji, on });
}

async function bodyAt(store: Store, seq: number, of = log): Promise<{ text: string; extras?: object }> {
  const [fact] = await store.page({ log: of, after: seq - 1, limit: 1 });
  return JSON.parse(fact?.body ?? '{}');
}

/** Ann and Bob in a room; Ann has said one thing. */
async function two(store: Store = memoryStore()) {
  const stage = await Stage.open({ store });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.says(room, 'Hello');
  const { seq = 0 } = await ann.says(room, 'Tea?');
  return { stage, ann, bob, seq };
}

test('sets an emoji under a message for all, once for each person, and takes it away again', async () => {
  const { stage, ann, bob, seq } = await two();

  const set = await react(bob, seq);
  const told = await ann.heard(({ type }) => type === 'message.reacted');
  await react(ann, seq);
  const facts = stage.store.stats().facts;
  const again = await react(bob, seq);
  const both = await bodyAt(stage.store, seq);
  await react(bob, seq, '👍', false);
  const one = await bodyAt(stage.store, seq);
  await react(ann, seq, '👍', false);

  expect(set).toMatchObject({ type: 'message.reacted', log, by: bob.user, body: { of: seq, emoji: '👍', on: true } });
  expect(told.body).toEqual(set.body);
  expect([again.type, facts]).toEqual(['ack', stage.store.stats().facts - 2]);
  expect(both).toEqual({ text: 'Tea?', extras: { reactions: { '👍': [bob.user, ann.user] } } });
  expect(one.extras).toEqual({ reactions: { '👍': [ann.user] } });
  expect((await bodyAt(stage.store, seq)).extras).toEqual({});
});

test.each([true, false])(
  'takes what a visitor set for his who he turned out to be, when he sets it: %j',
  async (on) => {
    const stage = await signingStage();
    const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
    const { seq = 0 } = await bob.says(room, 'Tea?');
    const visitor = ann.user;
    await ann.says(room, 'Hello');
    await react(ann, seq);
    await react(bob, seq);
    await identify(ann, 'Ann', 'new');
    await opens(ann, 'new');

    const answer = await react(ann, seq, '👍', on);
    await bob.quiet();

    const { by = '' } = answer;
    expect(by).not.toBe(visitor);
    expect(bob.facts(log).slice(-2)).toMatchObject([
      { type: 'message.reacted', by: visitor, body: { of: seq, emoji: '👍', on: false } },
      { type: 'message.reacted', by, body: { of: seq, emoji: '👍', on } },
    ]);
    expect((await bodyAt(stage.store, seq)).extras).toEqual({
      reactions: { '👍': on ? [by, bob.user] : [bob.user] },
    });
  },
);

test('keeps reactions when the message is edited, and drops all with its words when it is deleted', async () => {
  const { stage, ann, bob, seq } = await two();
  const reply = await ann.ask('message.send', { conversation: room, text: 'Cake?', reply: seq });
  const place = reply.seq ?? 0;
  await react(bob, place);

  await ann.ask('message.edit', { conversation: log, seq: place, text: 'Cake!' });
  const edited = await bodyAt(stage.store, place);
  await ann.ask('message.delete', { conversation: log, seq: place });

  expect(edited).toMatchObject({ text: 'Cake!', extras: { reply: seq, reactions: { '👍': [bob.user] } } });
  expect(await bodyAt(stage.store, place)).toEqual({ text: '', deleted: true });
  expect(codeOf(await react(bob, place))).toBe('not_found');
});

test('lets nobody react who only looks, who has left, who may not write, or where there is no message', async () => {
  const { stage, ann, bob, seq } = await two();
  const passing = await stage.person('eve');
  await passing.ask('conversation.open', { conversation: room });
  const said = await ann.says(`user:${bob.user}`, 'Hello');
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  await bob.ask('conversation.leave', { conversation: log });

  const codes = [
    await react(passing, seq),
    await react(bob, seq),
    await react(ann, 1),
    await react(ann, 99),
    await react(bob, said.seq ?? 0, '👍', true, said.log),
  ];

  expect(codes.map(codeOf)).toEqual(['not_found', 'not_found', 'not_found', 'not_found', 'limited']);
});

test('lets a colleague react in support before he has written there', async () => {
  const stage = await Stage.open();
  const [helper, vera] = [await stage.colleague('helper'), await stage.person('vera')];
  const { seq = 0, log: support = '' } = await vera.says('support', 'Thanks');

  const answer = await react(helper, seq, '❤️', true, support);

  expect(answer.type).toBe('message.reacted');
  await vera.heard(({ type }) => type === 'message.reacted');
});

test('lets who is shut out react for himself alone', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const { seq = 0, log: direct = '' } = await bob.says(`user:${ann.user}`, 'Before');
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const before = bob.told.length;

  const answer = await react(ann, seq, '👍', true, direct);
  await bob.quiet();

  expect(answer.type).toBe('message.reacted');
  expect(bob.told.slice(before).filter((fact) => fact.log === direct)).toEqual([]);
  expect(await bodyAt(stage.store, seq, direct)).toEqual({ text: 'Before' });
});

test('takes so many different emoji, and so many reactions in all', () => {
  const pictures = Array.from({ length: limits.emoji }, (_, index) => String.fromCodePoint(0x1f600 + index));
  const each = (count: number) => Array.from({ length: count }, (_, index) => `u_${index}`);
  const many = { reactions: Object.fromEntries(pictures.map((emoji) => [emoji, each(1)])) };
  const crowd = { reactions: { '👍': each(limits.reactions) } };

  const results = [
    reacted(many, 'u_ann', '👍', true),
    reacted(crowd, 'u_ann', '👍', true),
    reacted(crowd, 'u_ann', '👍', false),
  ];

  expect(results).toEqual(['too_many', 'too_many', 'same']);
  expect(reacted(many, 'u_ann', pictures[0] ?? '', true)).toBeTypeOf('object');
  expect(reacted(crowd, 'u_0', '👍', false)).toBeTypeOf('object');
});

const wish = fc.record({ by: fc.nat(2), emoji: fc.constantFrom('👍', '❤️', '🎉'), on: fc.boolean() });

test.each([
  ['in memory', () => memoryStore()],
  ['in SQLite', () => sqliteStore({ path: ':memory:' })],
])('ends in what each person has wished last, however the wishes of several arrive, %s', async (_, make) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(wish, { maxLength: 4 }), { maxLength: 5 }), async (frames) => {
      const { stage, ann, bob, seq } = await two(make());
      const eve = await stage.person('eve');
      await eve.says(room, 'Me too');
      const people = [ann, bob, eve];
      const last = new Map<string, boolean>();

      const sent = frames.flat().map(({ by, emoji, on }) => {
        const device = people[by] as Device;
        last.set(`${emoji} ${device.user}`, on);
        return { device, action: device.action('message.react', { conversation: log, seq, emoji, on }) };
      });
      // What one device asks for keeps its order: the outbox lets it name its predecessor (`after`).
      await Promise.all(
        people.map(async (person) => {
          for (const { device, action } of sent) if (device === person) await until(stage, device, action);
        }),
      );

      const reactions = reactionsOf((await bodyAt(stage.store, seq)).extras ?? {});
      const found = [...reactions].flatMap(([emoji, users]) => users.map((user) => `${emoji} ${user}`));
      expect(found.sort()).toEqual([...last].flatMap(([key, on]) => (on ? key : [])).sort());
      await stage.store.close();
    }),
    { numRuns: 25 },
  );
});

/** Sends an action until it is taken, as a widget does with errors of the kind `later`. */
async function until(stage: Stage, device: Device, action: ReturnType<Device['action']>): Promise<void> {
  const [answer] = await device.answers(action);
  if (codeOf(answer) !== 'busy') return;
  stage.clock.advance(1_000);
  await until(stage, device, action);
}
