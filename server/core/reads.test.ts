import { expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import { ReadCache } from './reads.ts';

test('finds once what one decision asks twice in a row, and afresh what else it asks, or another one', async () => {
  const cache = new ReadCache(memoryStore());
  const [one, other] = [cache.snapshot(), cache.snapshot()];
  const [ann, bob] = [{ id: 'u_ann' }, { id: 'u_bob' }];
  let found = 0;
  const find = async (): Promise<number> => ++found;

  const same = [await one.once(ann, 'lobby', find), await one.once(ann, 'lobby', find)];
  const others = [
    await one.once(ann, 'bar', find),
    await one.once(bob, 'bar', find),
    await other.once(bob, 'bar', find),
  ];

  expect(same).toEqual([1, 1]);
  expect(others).toEqual([2, 3, 4]);
});
