import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { type TakingEnds, taking } from './file-taking.ts';

/** Takes `times` chunks of `bytes` each, one every `ms`; resolves with how many bytes came, and why no more did. */
async function taken(times: number, bytes: number, ms: number): Promise<readonly [number, string]> {
  const clock = new FakeClock();
  async function* coming(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < times; index += 1) {
      yield new Uint8Array(bytes);
      clock.pass(ms);
    }
  }
  let sum = 0;
  try {
    for await (const chunk of taking(coming(), times * bytes, clock).chunks) sum += chunk.length;
  } catch (error) {
    return [sum, (error as TakingEnds).why];
  }
  expect(clock.waiting).toBe(0);
  return [sum, 'ended'];
}

test('does not hold a place for who sends a byte now and then', async () => {
  expect(await taken(100, 1, 19_000)).toEqual([2, 'stalled']);
});

test('waits for a slow line, however long it takes, and for the last bytes of a file', async () => {
  const slow = await taken(100, 16_384, 4_900);
  const last = await taken(2, 1, 9_000);

  expect([slow, last]).toEqual([
    [1_638_400, 'ended'],
    [2, 'ended'],
  ]);
});
