import { expect, test } from 'vitest';
import { Stage } from '../../bin/contract-stage.ts';
import type { Unit } from '../../core/store.ts';
import { memoryStore } from '../../stores/memory.ts';
import { dueAt } from './assignment.ts';
import type { CaseRow } from './case-row.ts';
import { colleagueAt, passes, shown } from './contract-desk.ts';
import { Floor } from './floor.ts';
import { declareDesk } from './options.ts';

const many = 10_000;

function waitingCase(index: number): CaseRow {
  const name = String(index).padStart(20, '0');
  const of = { conversation: `c_support_${name}`, visitor: `u_${name}`, queue: 'support' };
  return { ...of, state: 'waiting', since: index, turn: index, rounds: 0 };
}

/** What the store holds of an open case. */
function stored(row: CaseRow): Unit {
  const log = row.conversation.replace('support', 'desk');
  const state = { plugin: 'desk', scope: 'case', key: row.conversation, value: JSON.stringify(row) };
  const fact = { log, type: 'desk.changed', at: row.since, by: 'friend', body: '{}', item: false, rule: false };
  return {
    ...{ id: row.conversation, digest: '', reads: [] },
    appends: [{ ...fact, list: 'desk' }],
    puts: [{ table: 'state', row: state }],
  };
}

test('knows ten thousand open cases after a start, and shows them page by page', async () => {
  const store = memoryStore();
  await store.open();
  await store.commit(
    Array.from({ length: many }, (_, index) => stored(waitingCase(index))),
    [],
  );
  const stage = await Stage.open({ store });
  const bob = await stage.colleague('bob');
  await passes(stage, 1, bob);

  const desk = await shown(await colleagueAt(stage, 'eve'), 'desk.show', {}, 'desk.shown');
  const first = await shown(bob, 'desk.list', { view: 'waiting', limit: 50 }, 'desk.listed');
  const next = await shown(bob, 'desk.list', { view: 'waiting', before: first.next ?? '' }, 'desk.listed');

  expect(desk.queues).toMatchObject([{ id: 'support', waiting: many }]);
  expect(first.cases.map(({ place }) => place)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(next.cases[0]).toMatchObject({ place: 51 });
});

test('keeps the line in order whoever comes and goes, and gives the next twenty without looking at the rest', () => {
  const floor = new Floor(declareDesk({ capacity: 500, queues: [{ id: 'support', name: 'Support' }] }));
  const order = Array.from({ length: many }, (_, index) => (index * 7_919) % many);
  for (const index of order) floor.keep(waitingCase(index));
  const options = { user: 'u_bob', name: 'Bob', options: undefined, goneAt: undefined, given: 0 };
  floor.colleagues.set('u_bob', { ...options, seat: { has: [] }, here: new Set(['bob']) });

  for (const index of order.filter((one) => one % 2 === 0)) floor.keep({ ...waitingCase(index), state: 'closed' });

  const turns = floor.waiting('support').map(({ turn }) => turn);
  expect(turns).toEqual(Array.from({ length: many / 2 }, (_, index) => index * 2 + 1));
  expect(dueAt(floor, 0).map(({ row }) => row.turn)).toEqual(turns.slice(0, 20));
});
