import { readFileSync, statSync } from 'node:fs';
import type { Clock, Log } from '../core/ports.ts';
import { type ApiKey, keysOf } from '../http/api-keys.ts';
import { SettingError } from './environment.ts';

/** How often it is looked whether the file has changed, milliseconds. */
const pause = 1_000;

/**
 * The keys of a file, as it stands now: a line that is taken away is a key that is revoked, within a second. A file that
 * cannot be read any more lets nobody in, and the log says why.
 * @throws SettingError where it cannot be read at first
 */
export function apiKeysIn(path: string, { clock, log }: { clock: Clock; log: Log }): () => readonly ApiKey[] {
  let keys: readonly ApiKey[];
  let stamp: string;
  let lookedAt = clock.now();
  try {
    stamp = stampOf(path);
    keys = keysOf(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SettingError(
      `BEFRIEND_API_KEYS is ${JSON.stringify(path)}; ${(error as Error).message}. Set it to a file of keys as docs/api.md shows it.`,
    );
  }
  return () => {
    if (clock.now() - lookedAt < pause) return keys;
    lookedAt = clock.now();
    try {
      const now = stampOf(path);
      if (now !== stamp) keys = keysOf(readFileSync(path, 'utf8'));
      stamp = now;
    } catch (error) {
      if (stamp !== '')
        log.error('The file of API keys cannot be read: nobody is let in', { error: (error as Error).message });
      keys = [];
      stamp = '';
    }
    return keys;
  };
}

/** Another one for a file that was written anew. */
function stampOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path);
  return `${mtimeMs} ${size} ${ino}`;
}
