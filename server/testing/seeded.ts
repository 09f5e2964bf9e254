import type { Random } from '../core/ports.ts';

/** Chance that is the same in every run: bytes, and numbers from 0 up to 1. For tests; it keeps no secret. */
export interface Seeded extends Random {
  next(): number;
}

/** The chance of one seed and one name: each name has a row of its own, so that one more user alters no other's. */
export function seeded(seed: number, name = ''): Seeded {
  let state = seed >>> 0;
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  // Mulberry32: 32 bits of state are plenty for a test.
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return (again ^ (again >>> 14)) >>> 0;
  };
  return {
    next: () => draw() / 4_294_967_296,
    bytes: (count) => Uint8Array.from({ length: count }, () => draw() >>> 24),
  };
}
