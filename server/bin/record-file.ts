import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log } from '../core/ports.ts';
import { recorder } from '../core/recording.ts';
import type { Trace } from '../core/trace.ts';
import { SettingError } from './environment.ts';

/** Lines of one file, and bytes that wait for a slow disk: beyond either, nothing more is recorded. */
const limits = { lines: 1_000_000, waiting: 16_777_216 } as const;

/**
 * Records all that people do, from now on, in a new file of `folder`: JSON lines for `replay` of `befriend/testing`. It holds
 * what they wrote. A disk that fails or is too slow ends the recording, says so in the log, and harms nobody.
 * @throws SettingError where the folder cannot be made
 */
export function recordIn(folder: string, { clock, log }: { clock: Clock; log: Log }): (step: Trace) => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SettingError(
      `BEFRIEND_RECORD is ${JSON.stringify(folder)}; ${(error as Error).message}. Set it to a folder that can be written.`,
    );
  }
  const name = `${new Date(clock.now()).toISOString().replaceAll(':', '-')}.jsonl`;
  const file = createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600 });
  let left: number = limits.lines;
  let record: ((step: Trace) => void) | undefined;
  const end = (why: string): void => {
    if (left <= 0) return;
    left = 0;
    // With it goes whom it remembers.
    record = undefined;
    log.warn('Nothing more is recorded', { file: name, why });
    file.end();
  };
  file.on('error', (error) => end(error.message));
  record = recorder((line) => {
    if (left <= 0) return;
    if (file.writableLength > limits.waiting) return end('the disk is too slow');
    file.write(`${line}\n`);
    if (left === 1) end(`it has ${limits.lines} lines`);
    else left -= 1;
  }, clock.now());
  return (step) => record?.(step);
}
