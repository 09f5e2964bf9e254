import type { Chat } from '../core/chat.ts';
import type { Clock } from '../core/ports.ts';
import { indexedDbOutbox } from '../stores/indexeddb.ts';
import { keptOutbox } from '../stores/kept.ts';
import { type ConsentedKeep, storageOf } from './keep.ts';

/** What is kept, and who keeps it; `tab` names this one among those of the browser. */
interface Kept {
  readonly chat: Chat;
  readonly keep: ConsentedKeep;
  readonly secretKey: string;
  readonly clock: Clock;
  readonly tab: string;
}

/**
 * From now on so much may be kept: `none`, `session` or `functional`. What stood in a place that is not allowed any more is
 * removed from there; what the page knows it goes on with, and keeps it where it may. The stream stays this tab's own
 * until the next page.
 */
export async function consent(level: string, { chat, keep, secretKey, clock, tab }: Kept): Promise<void> {
  const storage = storageOf(level);
  if (storage !== keep.storage) {
    const before = { ...own(keep.storage, secretKey), ...Object.fromEntries(keep.memory) };
    keep.storage = storage;
    for (const [key, value] of Object.entries(before)) keep.set(key, value);
  }
  wipe(secretKey, storage);
  if (level === 'functional' && storage) return chat.keepIn(indexedDbOutbox(secretKey, clock, tab));
  await indexedDbOutbox(secretKey, clock, tab).clear();
  await chat.keepIn(storage && keptOutbox(keep, `${secretKey}:outbox`));
}

/** Removes all that this widget has kept on this device, whatever it was allowed to. */
export async function forget({ keep, secretKey, clock, tab }: Kept): Promise<void> {
  keep.memory.clear();
  wipe(secretKey);
  await indexedDbOutbox(secretKey, clock, tab).clear();
}

/** Removes what one widget has in every storage but `allowed`: a page before this one may have been allowed more. */
function wipe(secretKey: string, allowed?: Storage): void {
  for (const level of ['functional', 'session']) {
    const storage = storageOf(level);
    if (storage !== allowed) for (const key of Object.keys(own(storage, secretKey))) storage?.removeItem(key);
  }
}

/** What stands in `storage` of one widget. */
function own(storage: Storage | undefined, secretKey: string): Readonly<Record<string, string>> {
  const keys = Object.keys(storage ?? {}).filter((key) => key === secretKey || key.startsWith(`${secretKey}:`));
  return Object.fromEntries(keys.map((key) => [key, storage?.getItem(key) ?? '']));
}
