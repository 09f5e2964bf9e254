import { expect, test } from 'vitest';
import { Stage } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import type { Store } from './store.ts';

const log = 'c_room_lobby';
const minute = 60_000;
const many = 60;

/** A message that each schedule is; rows by the store's own commit are those that effects would have left. */
async function scheduled(store: Store, user: string): Promise<void> {
  const puts = Array.from({ length: many }, (_, index) => {
    const body = JSON.stringify({ conversation: 'room:lobby', text: `due ${index}` });
    const row = { id: `reminder ${index}`, dueAt: minute + index, user, type: 'message.send', body };
    return { table: 'schedule' as const, row };
  });
  await store.commit([{ id: 'fill', digest: '', reads: [], appends: [], puts }], []);
}

async function textsIn(store: Store): Promise<string[]> {
  const facts = await store.page({ log, limit: 500 });
  return facts.filter(({ type }) => type === 'message.sent').map(({ body }) => JSON.parse(body).text);
}

test('lets in once what is scheduled, where two friends have one store', async () => {
  const store = memoryStore();
  const filling = await Stage.open({ store });
  const ann = await filling.person('ann');
  await ann.says('room:lobby', 'Hello');
  await scheduled(store, ann.user);
  const [one, other] = [await Stage.open({ store }), await Stage.open({ store })];
  const taken = [0, 0];

  await expect.poll(() => [one, other].map(({ clock }) => clock.due().length)).not.toContain(0);
  for (const { clock } of [one, other]) clock.advance(minute + many);
  await expect.poll(() => store.scheduled(1)).toEqual([]);
  await expect.poll(async () => (await textsIn(store)).length).toBeGreaterThan(many);
  for (const [index, { friend }] of [one, other].entries()) taken[index] = friend.meter.of('stored');

  const texts = await textsIn(store);
  expect(texts).toHaveLength(1 + many);
  expect(new Set(texts).size).toBe(1 + many);
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(many);
});
