import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** About what the WAL grows by for one message: seven pages of 4 KiB. */
const page = Buffer.alloc(7 * 4_096);

/** How long each of `count` flushes of a small write takes on the disk of `folder`, milliseconds. */
export function flushes(folder: string, count: number): number[] {
  const path = join(folder, 'flush');
  const file = openSync(path, 'w');
  const took = Array.from({ length: count }, () => {
    writeSync(file, page);
    const started = performance.now();
    fsyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  rmSync(path);
  return took;
}
