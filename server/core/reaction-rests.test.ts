import { expect, test } from 'vitest';
import { Stage, textsOf } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import { append, put, schedule } from './effect.ts';
import type { Friend } from './friend.ts';
import { sliceSize } from './reaction-slices.ts';
import type { Effects } from './rule.ts';
import { CommitUnknown, type Store, type Unit } from './store.ts';

const log = 'c_room_lobby';
const many = 1_000;

/** Says so many words, which begin so, to whatever a person says in the lobby. */
function flooding(word: string, runs: number[] = []): (friend: Friend) => void {
  return (friend) =>
    friend.after('message.sent', ({ fact }) => {
      if (fact.log !== log || fact.by === 'friend') return [];
      runs.push(fact.seq);
      return Array.from({ length: many }, (_, index) => said(`${word} ${index}`));
    });
}

function said(text: string): Effects[number] {
  return append(log, 'message.sent', { text }, { item: true });
}

/** A store that says what it commits, before it does. */
function watched(committing: (units: readonly Unit[]) => void, store: Store = memoryStore()): Store {
  return {
    ...store,
    commit(units, cursors) {
      committing(units);
      return store.commit(units, cursors);
    },
  };
}

async function textsIn(store: Store): Promise<string[]> {
  const facts = await store.page({ log, limit: many * 3 });
  return facts.filter(({ type }) => type === 'message.sent').map(({ body }) => JSON.parse(body).text);
}

test('stores what a run returns in slices, in its order, and others between them', async () => {
  const sizes: number[] = [];
  const store = watched((units) => sizes.push(...units.map(({ appends }) => appends.length)));
  const stage = await Stage.open({ store, prepare: flooding('word') });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];

  await ann.says('room:lobby', 'Hello');
  await bob.says('room:other', 'Hi');
  const meanwhile = (await textsIn(store)).length;
  await ann.heard((fact) => textsOf([fact])[0] === `word ${many - 1}`);

  expect(await textsIn(store)).toEqual(['Hello', ...Array.from({ length: many }, (_, index) => `word ${index}`)]);
  expect(Math.max(...sizes)).toBe(sliceSize);
  expect(meanwhile).toBeLessThan(many / 2);
});

test('goes on after a crash with what was decided before it, once, and then with what came after', async () => {
  let left = 7;
  const store = memoryStore();
  const crashing = watched((units) => {
    if (units.some(({ device }) => device?.startsWith('reaction:')) && left-- === 0) throw new CommitUnknown('planted');
  }, store);
  const first = await Stage.open({ store: crashing, prepare: flooding('before') });
  const ann = await first.person('ann');
  await ann.says('room:lobby', 'Hello');
  await expect.poll(() => first.fatal.length).toBe(1);
  const begun = (await textsIn(store)).length;

  const runs: number[] = [];
  const second = await Stage.open({ store, prepare: flooding('after', runs) });
  await expect.poll(async () => (await textsIn(store)).length).toBe(1 + many);
  const bob = await second.person('bob');
  await bob.says('room:lobby', 'Again');
  await expect.poll(async () => (await textsIn(store)).length).toBe(2 + 2 * many);

  expect(runs).toEqual([2 + 1 + many + 2]);
  expect(begun).toBe(1 + 7 * sliceSize);
  expect((await textsIn(store)).slice(0, many + 2)).toEqual([
    'Hello',
    ...Array.from({ length: many }, (_, index) => `before ${index}`),
    'Again',
  ]);
  expect(await store.states('reaction', 'rest', 9)).toEqual([]);
});

test('stores together what belongs together, however much it is', async () => {
  const sizes: number[] = [];
  const store = watched((units) => sizes.push(...units.map(({ appends }) => appends.length)));
  const row = { plugin: 'stage', scope: 'place', key: '', value: 'lobby' };
  const stage = await Stage.open({
    store,
    prepare: (friend) =>
      friend.after('message.sent', ({ fact }) =>
        fact.by === 'friend'
          ? []
          : [
              put({ table: 'state', row, expect: null }),
              ...Array.from({ length: 3 * sliceSize }, (_, index) => said(`word ${index}`)),
            ],
      ),
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await ann.heard((fact) => textsOf([fact])[0] === `word ${3 * sliceSize - 1}`);

  expect(Math.max(...sizes)).toBe(3 * sliceSize);
});

test('stores rows that stand alone with the words beside which they were returned', async () => {
  const action = { type: 'reminder.due', body: {} };
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.after('message.sent', ({ fact }) =>
        fact.by === 'friend'
          ? []
          : Array.from({ length: 2 * sliceSize }, (_, index) => [
              said(`word ${index}`),
              schedule({ id: `reminder ${index}`, dueAt: 1e15, user: fact.by, action }),
            ]).flat(),
      ),
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await ann.heard((fact) => textsOf([fact])[0] === `word ${2 * sliceSize - 1}`);

  expect(await stage.store.scheduled(999)).toHaveLength(2 * sliceSize);
  expect(await stage.store.states('reaction', 'rest', 9)).toEqual([]);
});
