import { put, refuse } from '../core/effect.ts';
import type { Reads } from '../core/reads.ts';
import type { Effects } from '../core/rule.ts';
import type { Access } from '../core/services.ts';

/**
 * Holds a member of a group in slow mode to one message each `slow` milliseconds. When he wrote last is compared in the
 * commit: of two messages that arrive together only one is stored.
 */
export async function paced(read: Reads, { id, row, may }: Access, user: string, now: number): Promise<Effects> {
  const { slow } = row.settings ?? {};
  if (slow === undefined || may('swift')) return [];
  const place = { plugin: 'messages', scope: id, key: user };
  const last = await read.state(place.plugin, place.scope, place.key);
  const retryAfter = last === undefined ? 0 : Number(last) + slow - now;
  if (retryAfter > 0) return [refuse('slow', { retryAfter })];
  return [put({ table: 'state', row: { ...place, value: String(now) }, expect: last ?? null })];
}
