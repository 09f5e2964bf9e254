import { expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import { answer } from './effect.ts';
import { answeredBefore, keptAnswer } from './kept-answer.ts';
import { ReadCache } from './reads.ts';

const week = 7 * 86_400_000;

test('keeps an answer for a week at least, and of many no more than those of four weeks', async () => {
  const store = memoryStore();
  const read = new ReadCache(store).snapshot();
  async function keep(id: string, now: number): Promise<void> {
    const effects = await keptAnswer(read, id, now, answer('site.erasure', { of: id }));
    const puts = effects.flatMap((effect) => (effect.do === 'put' ? effect.put : []));
    await store.commit([{ id, digest: '', reads: [], appends: [], puts }], []);
  }
  for (let day = 0; day < 200; day += 1) await keep(`of day ${day}`, (day / 7) * week);
  const now = (199 / 7) * week;

  const kept = await Promise.all(['0', '1', '2', '3'].map((scope) => store.states('answers', scope, 999)));
  const [weekOld, monthOld] = await Promise.all(
    ['of day 192', 'of day 170'].map((id) => answeredBefore(read, id, now)),
  );

  expect(kept.flat().length).toBeLessThanOrEqual(28);
  expect([weekOld, monthOld]).toEqual([{ of: 'of day 192' }, undefined]);
});
