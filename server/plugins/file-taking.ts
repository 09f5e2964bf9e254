import type { Clock } from '../core/ports.ts';

/** What has to come at least in how long, so that nobody holds a place for nothing: bytes, and milliseconds. */
const pace = { bytes: 65_536, ms: 20_000 } as const;

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
 * `chunks` up to `room` bytes. Throws `TakingEnds`: `long` where there are more, `stalled` where neither 64 KiB nor the end
 * comes within 20 s, and `misplaced` where it is ended.
 */
export function taking(chunks: AsyncIterable<Uint8Array>, room: number, clock: Pick<Clock, 'after'>): Taking {
  let stop: (why: TakingEnds['why']) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = (why) => reject(new TakingEnds(why));
  });
  stopped.catch(() => undefined);

  async function* bounded(): AsyncGenerator<Uint8Array> {
    const iterator = chunks[Symbol.asyncIterator]();
    const waiting = () => clock.after(pace.ms, () => stop('stalled'));
    let left = room;
    let got = 0;
    let cancel = waiting();
    try {
      for (;;) {
        const step = await Promise.race([iterator.next(), stopped]);
        if (step.done === true) return;
        const { value } = step;
        got += value.length;
        if (got >= pace.bytes) {
          cancel();
          cancel = waiting();
          got = 0;
        }
        if (left > 0) yield value.subarray(0, left);
        left -= value.length;
        if (left < 0) throw new TakingEnds('long');
      }
    } finally {
      cancel();
      // Not awaited: one that is stalled does not end either.
      iterator.return?.().catch(() => undefined);
    }
  }

  return { chunks: bounded(), end: () => stop('misplaced') };
}
