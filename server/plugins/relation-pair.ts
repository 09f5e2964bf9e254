import type { Related, Relation } from '../../protocol/facts.ts';
import { append, put, schedule } from '../core/effect.ts';
import { personOf } from '../core/person.ts';
import type { Reads } from '../core/reads.ts';
import { askSlot, type PlacedKind, type RelationKinds } from '../core/relation-kinds.ts';
import type { RelationRow, UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import { visitorsOf } from './relation-of-visitor.ts';

/** Two people and every statement between them, in both directions. */
export interface Pair {
  readonly me: UserRow;
  readonly other: UserRow;
  readonly rows: readonly RelationRow[];
}

/**
 * Undefined where there is no such user, and for oneself. What is stated about a visitor who has signed in since is about
 * whom he turned out to be, unless something stands with the visitor himself.
 */
export async function pairOf(read: Reads, me: UserRow, id: string): Promise<Pair | undefined> {
  const other = id === me.id ? undefined : await read.user(id);
  if (other === undefined) return undefined;
  const [mine, theirs] = await Promise.all([read.relation(me.id, id), read.relation(id, me.id)]);
  const stands = mine.length + theirs.length > 0;
  if (other.mergedInto !== undefined && !stands) return pairOf(read, me, other.mergedInto);
  return { me, other, rows: [...mine, ...theirs] };
}

/** The statement of `owner` in `slot`. */
export function rowIn({ rows }: Pair, owner: UserRow, slot: string): RelationRow | undefined {
  return rows.find((row) => row.owner === owner.id && row.slot === slot);
}

/** A request of `owner` that has reached the other. */
export function askOf(pair: Pair, owner: UserRow): RelationRow | undefined {
  const ask = rowIn(pair, owner, askSlot);
  return ask?.attributes?.unheard === true ? undefined : ask;
}

/** Whether a row stands for both: its kind is mutual, or lies within one that is. */
export function isBound(kinds: RelationKinds, row: RelationRow | undefined): boolean {
  const kind = row === undefined ? undefined : kinds.kind.get(row.kind);
  return kind?.mutual === true || (kind?.within !== undefined && kinds.kind.get(kind.within)?.mutual === true);
}

/** Whether `kind` gives what a request asks for. */
export function isMet(kinds: RelationKinds, ask: RelationRow, kind: PlacedKind | undefined): boolean {
  const wanted = kinds.kind.get(ask.kind);
  return (
    wanted !== undefined &&
    wanted.slot === kind?.slot &&
    wanted.rank <= kind.rank &&
    (wanted.mutual !== true || kind.mutual === true)
  );
}

/** The pair after some statements were taken away and others made. */
export function changed(pair: Pair, without: readonly (RelationRow | undefined)[], made: readonly RelationRow[]): Pair {
  const replaced = (row: RelationRow): boolean => made.some((one) => one.owner === row.owner && one.slot === row.slot);
  const kept = pair.rows.filter((row) => !without.includes(row) && !replaced(row));
  return { ...pair, rows: [...kept, ...made] };
}

/** What must be stored and told so that `before` becomes `after`. The sender's own log comes last: it is his answer. */
export function settle(kinds: RelationKinds, before: Pair, after: Pair): Effects {
  const { me, other } = after;
  const begun = after.rows.filter((row) => !before.rows.includes(row));
  const ended = before.rows.filter(
    (row) => !after.rows.some((one) => one.owner === row.owner && one.slot === row.slot),
  );
  const told = [other, me].filter((side) => differs(kinds, before, after, side));
  return [
    ...ended.map((row) => put({ table: 'unrelate', row })),
    ...begun.map((row) => put({ table: 'relation', row })),
    ...begun.flatMap(expiry),
    ...told.map((side) => append(side.id, 'relation.changed', related(kinds, after, side), { rule: true })),
  ];
}

function expiry({ owner, other, slot, until }: RelationRow): Effects {
  if (until === undefined) return [];
  const action = { type: 'relation.expire', body: { user: other, slot } };
  return [schedule({ id: `relation ${owner} ${other} ${slot} ${until}`, dueAt: until, action, user: owner })];
}

function differs(kinds: RelationKinds, before: Pair, after: Pair, side: UserRow): boolean {
  return JSON.stringify(related(kinds, before, side)) !== JSON.stringify(related(kinds, after, side));
}

/** All that `side` may know of what stands between the two. */
export function related(kinds: RelationKinds, { me, other, rows }: Pair, side: UserRow): Related {
  const person = personOf(side.id === me.id ? other : me);
  const known = rows.flatMap((row) => (row.owner === side.id ? [row] : seenByOther(kinds, rows, row))).filter(isShown);
  const relations = known.map((row) => relationOf(row, row.owner === side.id));
  return { person, relations: relations.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)) };
}

function isShown(row: RelationRow): boolean {
  return visitorsOf(row).length === 0;
}

/**
 * A statement as the other sees it. One that only its owner knows of looks like the one that it lies within: as the other's
 * own is, and since then, so that nothing changes for him.
 */
function seenByOther(kinds: RelationKinds, rows: readonly RelationRow[], row: RelationRow): RelationRow[] {
  if (row.slot === askSlot) return row.attributes?.unheard === true ? [] : [row];
  const kind = kinds.kind.get(row.kind);
  if (kind?.private === true) {
    const { until: _, ...endless } = row;
    return kind.within === undefined ? [] : seenByOther(kinds, rows, { ...endless, kind: kind.within });
  }
  const shared = rows.find(({ owner, slot }) => owner === row.other && slot === row.slot);
  return [kind?.mutual === true && shared?.kind === row.kind ? { ...row, since: shared.since } : row];
}

function orderOf({ slot, own }: Relation): string {
  return `${slot} ${own ? 0 : 1}`;
}

function relationOf({ slot, kind, since, until, attributes }: RelationRow, own: boolean): Relation {
  const note = slot === askSlot ? attributes?.note : undefined;
  const given = own && slot !== askSlot ? attributes : undefined;
  return {
    ...{ slot, kind, own, since },
    ...(until === undefined ? {} : { until }),
    ...(typeof note === 'string' ? { note } : {}),
    ...(given === undefined ? {} : { attributes: given }),
  };
}
