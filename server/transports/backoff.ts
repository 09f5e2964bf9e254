import type { Random } from '../core/ports.ts';

/** First retry within a second: few components share one server, and everybody waits for this one. */
const firstMs = 1_000;
/** A try costs the server next to nothing, and every second of waiting is one for all visitors. */
const longestMs = 2_000;
const slowMs = 30_000;

/** When to try again. Each span is in milliseconds and drawn anew. */
export interface Backoff {
  /** Full jitter: uniform in 0–1 s, then the range doubles with each call up to 0–2 s. */
  next(): number;
  /** Around 30 s (24–36 s): for a cause that a person has to remove. */
  slow(): number;
  /** Starts again with the shortest range. */
  reset(): void;
}

/** The spans between attempts to connect; chance comes from `random`. */
export function backoff(random: Random): Backoff {
  let range = firstMs;

  return {
    next() {
      const span = fraction(random) * range;
      range = Math.min(range * 2, longestMs);
      return span;
    },
    slow: () => slowMs * (0.8 + 0.4 * fraction(random)),
    reset() {
      range = firstMs;
    },
  };
}

function fraction(random: Random): number {
  const bytes = random.bytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}
