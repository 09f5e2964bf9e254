import type { Reads } from '../core/reads.ts';
import type { Grant, PlacedKind, RelationKinds } from '../core/relation-kinds.ts';
import type { RelationRow } from '../core/rows.ts';
import type { Between } from '../core/services.ts';

/** Rows of limits that are looked at for a group, in each direction. */
const limitsRead = 1_000;

const no = (): boolean => false;
const oneself: Between = { may: () => true, grants: () => true, absent: false, limits: no, forbids: no };

/** What the statements of one about another come to. */
interface Stated {
  readonly granted: ReadonlySet<Grant>;
  readonly taken: ReadonlySet<Grant> | 'all';
  /** Since when the owner looks absent to the other. */
  readonly absentSince: number | undefined;
  /** When the first of them ends. */
  readonly until: number;
}

/** What holds between two people as long as nothing of it ends and `own` is what the viewer has stated. */
interface Held {
  readonly own: readonly RelationRow[];
  readonly between: Between;
  readonly until: number;
}

/** Rows are handed out from memory as long as they hold, so what they come to is remembered with the owner's. */
export type Remembered = WeakMap<readonly RelationRow[], Held>;

/** What `viewer` may do towards `owner`: what the owner's closeness grants him, less what a limit of either takes. */
export async function between(
  kinds: RelationKinds,
  remembered: Remembered,
  read: Reads,
  viewer: string,
  owner: string,
  now: number,
): Promise<Between> {
  if (viewer === owner) return oneself;
  const theirs = await read.relation(owner, viewer);
  const own = await read.relation(viewer, owner);
  const known = remembered.get(theirs);
  if (known !== undefined && known.own === own && now < known.until) return known.between;
  const [stated, limits] = [compiled(kinds, theirs, now), compiled(kinds, own, now)];
  const fresh = { own, between: betweenOf(stated, limits), until: Math.min(stated.until, limits.until) };
  remembered.set(theirs, fresh);
  return fresh.between;
}

function betweenOf({ granted, taken, absentSince }: Stated, own: Stated): Between {
  const limits = (grant: Grant): boolean => isIn(own.taken, grant);
  return {
    may: (grant) => granted.has(grant) && !isIn(taken, grant) && !limits(grant),
    grants: (grant) => granted.has(grant),
    absent: absentSince !== undefined,
    ...(absentSince === undefined ? {} : { absentSince }),
    limits,
    forbids: (grant) => isIn(taken, grant) || limits(grant),
  };
}

function isIn(taken: Stated['taken'], grant: Grant): boolean {
  return taken === 'all' || taken.has(grant);
}

function compiled(kinds: RelationKinds, rows: readonly RelationRow[], now: number): Stated {
  const held = kindsOf(kinds, rows, now);
  const granting = held.filter((kind) => kind.grants !== undefined);
  const hiding = rows.filter((row) => kindsOf(kinds, [row], now)[0]?.absent === true).map((row) => row.since);
  const ends = rows.flatMap(({ until }) => (until !== undefined && until > now ? [until] : []));
  const taken = held.map((kind) => kind.takes ?? []);
  return {
    granted: granting.length === 0 ? kinds.none : new Set(granting.flatMap((kind) => kind.grants ?? [])),
    taken: taken.includes('all') ? 'all' : new Set(taken.flat()),
    absentSince: hiding.length === 0 ? undefined : Math.min(...hiding),
    until: Math.min(...ends),
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

/** The kinds that hold now; one that is declared no more grants and takes nothing. */
export function kindsOf(kinds: RelationKinds, rows: readonly RelationRow[], now: number): PlacedKind[] {
  return rows
    .filter((row) => row.until === undefined || row.until > now)
    .flatMap((row) => {
      const kind = kinds.kind.get(row.kind);
      return kind?.slot === row.slot ? [kind] : [];
    });
}

function takes(kind: PlacedKind, grant: Grant): boolean {
  return kind.takes === 'all' || kind.takes?.includes(grant) === true;
}
