import type { Reads } from '../core/reads.ts';
import type { Grant, PlacedKind, RelationKinds } from '../core/relation-kinds.ts';
import type { RelationRow } from '../core/rows.ts';
import type { Between } from '../core/services.ts';

/** Rows of limits that are looked at for a group, in each direction. */
const limitsRead = 1_000;

const oneself: Between = { may: () => true, grants: () => true, absent: false, limits: () => false };

/** What `viewer` may do towards `owner`: what the owner's closeness grants him, less what a limit of either takes. */
export async function between(
  kinds: RelationKinds,
  read: Reads,
  viewer: string,
  owner: string,
  now: number,
): Promise<Between> {
  if (viewer === owner) return oneself;
  const [theirs, own] = await Promise.all([read.relation(owner, viewer), read.relation(viewer, owner)]);
  // Most people have stated nothing about each other.
  if (theirs.length + own.length === 0) return strangers(kinds);
  const stated = kindsOf(kinds, theirs, now);
  const limits = kindsOf(kinds, own, now);
  const granting = stated.filter((kind) => kind.grants !== undefined);
  const isGranted = (grant: Grant): boolean =>
    granting.length === 0 ? kinds.none.has(grant) : granting.some((kind) => grants(kind, grant));
  const hiding = theirs.filter((row) => kindsOf(kinds, [row], now)[0]?.absent === true).map((row) => row.since);
  return {
    may: (grant) => isGranted(grant) && ![...stated, ...limits].some((kind) => takes(kind, grant)),
    grants: isGranted,
    absent: hiding.length > 0,
    ...(hiding.length > 0 ? { absentSince: Math.min(...hiding) } : {}),
    limits: (grant) => limits.some((kind) => takes(kind, grant)),
  };
}

/** Users with whom a limit of one of the two takes `grant` from `user`. */
export async function limited(
  kinds: RelationKinds,
  read: Reads,
  user: string,
  grant: Grant,
  now: number,
): Promise<ReadonlySet<string>> {
  const slots = new Set([...kinds.kind.values()].filter((kind) => takes(kind, grant)).map((kind) => kind.slot));
  if (slots.size === 0) return new Set();
  const [own, ...theirs] = await Promise.all([
    read.relations(user, limitsRead),
    ...Array.from(slots, (slot) => read.relationsTo(user, slot, limitsRead)),
  ]);
  const taking = (row: RelationRow): boolean => kindsOf(kinds, [row], now).some((kind) => takes(kind, grant));
  return new Set([
    ...own.filter(taking).map((row) => row.other),
    ...theirs
      .flat()
      .filter(taking)
      .map((row) => row.owner),
  ]);
}

function strangers(kinds: RelationKinds): Between {
  const isGranted = (grant: Grant): boolean => kinds.none.has(grant);
  return { may: isGranted, grants: isGranted, absent: false, limits: () => false };
}

/** The kinds that hold now; one that is declared no more grants and takes nothing. */
export function kindsOf(kinds: RelationKinds, rows: readonly RelationRow[], now: number): PlacedKind[] {
  return rows
    .filter((row) => row.until === undefined || row.until > now)
    .flatMap((row) => {
      const kind = kinds.kind.get(row.kind);
      return kind?.slot === row.slot ? [kind] : [];
    });
}

function grants(kind: PlacedKind, grant: Grant): boolean {
  return kind.grants?.includes(grant) === true;
}

function takes(kind: PlacedKind, grant: Grant): boolean {
  return kind.takes === 'all' || kind.takes?.includes(grant) === true;
}
