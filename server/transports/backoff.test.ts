import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

const always = (byte: number) => ({ bytes: (count: number) => new Uint8Array(count).fill(byte) });

test('doubles the range of full jitter from one second to five', () => {
  const latest = backoff(always(255));
  const earliest = backoff(always(0));

  const longest = Array.from({ length: 7 }, () => Math.round(latest.next()));
  const shortest = Array.from({ length: 7 }, () => earliest.next());

  expect(longest).toEqual([1_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000]);
  expect(shortest).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('is quick again after a reset', () => {
  const spans = backoff(always(255));
  spans.next();
  spans.next();

  spans.reset();

  expect(Math.round(spans.next())).toBe(1_000);
});

test('waits 24 to 36 seconds where a person has to act', () => {
  expect(backoff(always(0)).slow()).toBe(24_000);
  expect(Math.round(backoff(always(255)).slow())).toBe(36_000);
});
