import * as v from 'valibot';
import { put } from '../../core/effect.ts';
import type { KeptRow } from '../../core/plugin.ts';
import type { Pending } from './queue.ts';

/** The plugin's name, and that of its rows in `state`. */
export const plugin = 'webhooks';

/** A fact that could not be delivered. */
export interface Dead {
  readonly log: string;
  readonly seq: number;
  /** When it was stored, milliseconds since 1970. */
  readonly at: number;
  readonly tries: number;
  /** What the last try came to. */
  readonly why: string;
  /** When it was given up. */
  readonly since: number;
}

const PendingValue = v.object({ at: v.number(), tries: v.number(), due: v.number() });
const DeadValue = v.object({ at: v.number(), tries: v.number(), why: v.string(), since: v.number() });

/** Where what waits for a webhook stands. */
export function pendingScope(hook: string): string {
  return `waits ${hook}`;
}

/** Where the dead letters of a webhook stand. */
export function deadScope(hook: string): string {
  return `dead ${hook}`;
}

/** The row of something that waits. */
export function pendingRow(hook: string, { log, seq, at, tries, due }: Omit<Pending, 'key'>): KeptRow {
  return { plugin, scope: pendingScope(hook), key: placeKey(log, seq), value: JSON.stringify({ at, tries, due }) };
}

/** Reads the row of something that waits; undefined where it is none. */
export function pendingOf(key: string, value: string): Pending | undefined {
  const place = placeOf(key);
  const read = v.safeParse(PendingValue, JSON.parse(value));
  return place === undefined || !read.success ? undefined : { key, ...place, ...read.output };
}

/** The row of a dead letter; keys stand in the order in which they were given up. */
export function deadRow(hook: string, { log, seq, since, ...more }: Dead): KeptRow {
  const key = `${String(since).padStart(15, '0')} ${placeKey(log, seq)}`;
  return { plugin, scope: deadScope(hook), key, value: JSON.stringify({ ...more, since }) };
}

/** Reads the row of a dead letter; undefined where it is none. */
export function deadOf(key: string, value: string): Dead | undefined {
  const place = placeOf(key.slice(16));
  const read = v.safeParse(DeadValue, JSON.parse(value));
  return place === undefined || !read.success ? undefined : { ...place, ...read.output };
}

/** What waits no more. */
export function undone(hook: string, { key }: Pick<Pending, 'key'>): ReturnType<typeof put> {
  return put({ table: 'state', row: { plugin, scope: pendingScope(hook), key, value: null } });
}

function placeKey(log: string, seq: number): string {
  return `${log} ${String(seq).padStart(16, '0')}`;
}

function placeOf(key: string): { log: string; seq: number } | undefined {
  const [log, seq] = key.split(' ');
  return log === undefined || seq === undefined ? undefined : { log, seq: Number(seq) };
}
