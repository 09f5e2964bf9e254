import type { Clock } from '../core/ports.ts';

/** How long nothing may come before the rest is not waited for, milliseconds. */
export const patience = 20_000;

/** Why bytes are not taken any further. */
export class TakingEnds extends Error {
  override readonly name = 'TakingEnds';
  readonly why: 'long' | 'stalled' | 'misplaced';

  constructor(why: TakingEnds['why']) {
    super(`The bytes of a file are not taken any further: ${why}`);
    this.why = why;
  }
}

/** Bytes on their way in, that something newer may end. */
export interface Taking {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Another one takes the bytes of this file from now on. */
  end(): void;
}

/**
 * `chunks` up to `room` bytes. Throws `TakingEnds`: `long` where there are more, `stalled` where none come for 20 s, and
 * `misplaced` where it is ended.
 */
export function taking(chunks: AsyncIterable<Uint8Array>, room: number, clock: Pick<Clock, 'after'>): Taking {
  let stop: (why: TakingEnds['why']) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = (why) => reject(new TakingEnds(why));
  });
  stopped.catch(() => undefined);

  async function* bounded(): AsyncGenerator<Uint8Array> {
    const iterator = chunks[Symbol.asyncIterator]();
    let left = room;
    try {
      for (;;) {
        const cancel = clock.after(patience, () => stop('stalled'));
        const step = await Promise.race([iterator.next(), stopped]).finally(cancel);
        if (step.done === true) return;
        const { value } = step;
        if (left > 0) yield value.subarray(0, left);
        left -= value.length;
        if (left < 0) throw new TakingEnds('long');
      }
    } finally {
      // Not awaited: one that is stalled does not end either.
      iterator.return?.().catch(() => undefined);
    }
  }

  return { chunks: bounded(), end: () => stop('misplaced') };
}
