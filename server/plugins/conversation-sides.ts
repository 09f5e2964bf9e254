import type { Reads } from '../core/reads.ts';

/** The two that a direct conversation began between; undefined for any other. */
const pair = /^c_direct_([0-9a-z]{20})_([0-9a-z]{20})$/;

/**
 * Who stands on each side of a direct conversation: one on each, and whoever a visitor among them turned out to be. What
 * holds between any two of them holds.
 */
export async function sidesOf(read: Reads, id: string, user: string): Promise<[mine: string[], theirs: string[]]> {
  const [, one, other] = pair.exec(id) ?? [];
  if (one === undefined || other === undefined) return [[], []];
  const first = await sideOf(read, `u_${one}`);
  const second = await sideOf(read, `u_${other}`);
  if (first[0] === user) return [first, second];
  if (second[0] === user) return [second, first];
  if (first.includes(user)) return [first, second];
  return second.includes(user) ? [second, first] : [[], [...first, ...second]];
}

async function sideOf(read: Reads, began: string): Promise<string[]> {
  const merged = (await read.user(began))?.mergedInto;
  return merged === undefined || merged === began ? [began] : [began, merged];
}
