import { unremembered } from '../core/after-commit.ts';
import { unsentHolds } from '../core/file-door.ts';
import type { Blobs, Clock, Log } from '../core/ports.ts';
import type { Put, Store } from '../core/store.ts';

/** How often it is swept, milliseconds. */
const pause = 3_600_000;

/** Files that are looked at without a pause. */
const page = 100;

export interface FileSweepOptions {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly log: Log;
}

/** Sweeps now and every hour, until the returned function is called. */
export function sweepFiles(options: FileSweepOptions): () => void {
  const { clock, log } = options;
  let cancel: () => void = () => undefined;
  let isOver = false;
  const run = (): void => {
    sweptFiles(options)
      .catch((error: unknown) => log.error('Files could not be swept', { error: String(error) }))
      .finally(() => {
        if (!isOver) cancel = clock.after(pause, run);
      });
  };
  run();
  return () => {
    isOver = true;
    cancel();
  };
}

/**
 * Takes away what nobody has sent for a day, what a crash has left behind, and what belonged to somebody who was erased.
 * The row goes first: bytes without a row are found by the next look, and a row without bytes would promise a file.
 */
export async function sweptFiles({ store, blobs, clock }: FileSweepOptions): Promise<void> {
  const forget = async (put: Put): Promise<boolean> => {
    const [outcome] = await store.commit([unremembered('sweep', [put])], []);
    return outcome?.kind === 'stored';
  };
  for (;;) {
    const rows = await store.filesUnsent(clock.now() - unsentHolds, page);
    // One that was sent meanwhile stays.
    for (const { id } of rows) await forget({ table: 'unfile', row: { id }, expect: 'unsent' });
    if (rows.length < page) break;
    await rest(clock);
  }
  for (let after: string | undefined; ; ) {
    const ids = await blobs.list(page, after);
    for (const id of ids) {
      const row = await store.file(id);
      if (row !== undefined && (await store.user(row.by)) === undefined) await forget({ table: 'unfile', row: { id } });
      else if (row !== undefined) continue;
      await blobs.remove(id);
    }
    after = ids.at(-1);
    if (ids.length < page) return;
    await rest(clock);
  }
}

function rest(clock: Clock): Promise<void> {
  return new Promise((resolve) => clock.defer(resolve));
}
