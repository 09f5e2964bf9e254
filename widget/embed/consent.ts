import type { Chat } from '../core/chat.ts';
import type { Clock, StoredAction } from '../core/ports.ts';
import { indexedDbOutbox } from '../stores/indexeddb.ts';
import { keptOutbox } from '../stores/kept.ts';
import { clock } from './clock.ts';
import { type ConsentedKeep, keepFor, secretKeyOf, storageOf } from './keep.ts';
import { oneOf } from './one-of.ts';

/** What can be said. */
const levels: readonly string[] = ['none', 'session', 'functional'];
/** Those that have a storage. */
const places = ['functional', 'session'] as const;

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
  await emptied(secretKey);
  await chat.keepIn(storage && keptOutbox(keep, outboxKey(secretKey)));
}

/**
 * The same before anything else of the widget is loaded, of what pages before this one have kept; `data` is what its tag
 * says. Resolves with the level.
 *
 * @throws Error that names the levels
 */
export async function consentEarly(level: string, data: DOMStringMap): Promise<string> {
  oneOf('consent', level, levels);
  const secretKey = secretKeyOf(data);
  const keep = keepFor(level);
  const { storage } = keep;
  const kept = Object.assign({}, ...places.map((place) => own(storageOf(place), secretKey)), own(storage, secretKey));
  wipe(secretKey, storage);
  if (storage) for (const [key, value] of Object.entries(kept)) keep.set(key, `${value}`);
  const [database, outbox] = [indexedDbOutbox(secretKey, clock), keptOutbox(keep, outboxKey(secretKey))];
  if (level !== 'functional') {
    for (const waiting of await emptied(secretKey)) await outbox.put(waiting);
    return level;
  }
  for (const waiting of await outbox.load()) await database.put(waiting);
  await outbox.clear();
  return level;
}

/** Removes all that this widget has kept on this device, whatever it was allowed to. */
export async function forget({ keep, secretKey }: Pick<Kept, 'keep' | 'secretKey'>): Promise<void> {
  keep.memory.clear();
  wipe(secretKey);
  await emptied(secretKey);
}

/** Removes what one widget has in every storage but `allowed`: a page before this one may have been allowed more. */
function wipe(secretKey: string, allowed?: Storage): void {
  for (const place of places) {
    const storage = storageOf(place);
    if (storage !== allowed) for (const key of Object.keys(own(storage, secretKey))) storage?.removeItem(key);
  }
}

/** What stands in `storage` of one widget. */
function own(storage: Storage | undefined, secretKey: string): Readonly<Record<string, string>> {
  const keys = Object.keys(storage ?? {}).filter((key) => key === secretKey || key.startsWith(`${secretKey}:`));
  return Object.fromEntries(keys.map((key) => [key, storage?.getItem(key) ?? '']));
}

/** Takes what waits out of the database, where there is one: to look for it makes none. Gives what waited. */
async function emptied(secretKey: string): Promise<readonly StoredAction[]> {
  try {
    // What has no origin has none; Chromium throws at it what nobody can catch.
    if (origin === 'null' || !(await indexedDB.databases()).some(({ name }) => name === secretKey)) return [];
  } catch {
    // A browser that does not say: it has one or none.
  }
  const outbox = indexedDbOutbox(secretKey, clock);
  const waiting = await outbox.load();
  await outbox.clear();
  return waiting;
}

function outboxKey(secretKey: string): string {
  return `${secretKey}:outbox`;
}
