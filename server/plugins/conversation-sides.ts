import type { Reads } from '../core/reads.ts';

/**
 * Who stands on each side of a direct conversation: one on each, and whoever a visitor among them turned out to be. What
 * holds between any two of them holds.
 */
export async function sidesOf(read: Reads, id: string, user: string): Promise<[mine: string[], theirs: string[]]> {
  const rows = await Promise.all(
    peopleIn(id).map(async (one) => [one, (await read.user(one))?.mergedInto ?? one] as const),
  );
  const own = rows.find((side) => side[0] === user) ?? rows.find((side) => side[1] === user);
  const others = rows.filter((side) => side !== own).flatMap((side) => [...new Set(side)]);
  return [own === undefined ? [] : [...new Set([...own, user])], others];
}

/** The two that it began between. */
function peopleIn(id: string): string[] {
  const parts = /^c_direct_([0-9a-z]{20})_([0-9a-z]{20})$/.exec(id)?.slice(1) ?? [];
  return parts.map((part) => `u_${part}`);
}
