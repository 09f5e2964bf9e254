import { append, type Effect, put } from '../core/effect.ts';
import type { Reads } from '../core/reads.ts';
import { askSlot, type PlacedKind, type RelationKinds } from '../core/relation-kinds.ts';
import type { RelationRow, UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import { kindsOf } from './relation-between.ts';
import { isStricter, ofVisitors, takenBy, visitorsOf } from './relation-of-visitor.ts';
import { isBound, isMet, type Pair, related, settle } from './relation-pair.ts';

/** People that a visitor brings along, by id: a decision has to be quick. */
const peopleBrought = 100;

/**
 * What stands between a visitor and others stands between `to` and them: what is stated where nothing was stated between
 * them before, and of two limits the one that takes more. Who shuts the other out hears nothing of whom the visitor turns
 * out to be; what he takes from the visitor, he takes from `to`.
 */
export async function handOver(
  kinds: RelationKinds,
  read: Reads,
  from: UserRow,
  to: UserRow,
  now: number,
): Promise<Effects> {
  const slots = new Set([askSlot, ...[...kinds.kind.values()].map(({ slot }) => slot)]);
  const owned = await read.relations(from.id, peopleBrought * slots.size);
  const towards = await Promise.all(Array.from(slots, (slot) => read.relationsTo(from.id, slot, peopleBrought)));
  const ids = new Set([...owned.map(({ other }) => other), ...towards.flat().map(({ owner }) => owner)]);
  const people = await Promise.all(
    [...ids]
      .sort()
      .slice(0, peopleBrought)
      .map((id) => read.user(id)),
  );
  const handed = await Promise.all(
    people.map(async (other) => {
      if (other === undefined) return [];
      const before = await pairWith(read, from, other);
      // What he has stated about himself is over.
      if (other.id === to.id) return settle(kinds, before, { ...before, rows: [] });
      return between(kinds, before, await pairWith(read, to, other), now);
    }),
  );
  return handed.flat().flatMap((effect) => told(effect, from, to));
}

async function pairWith(read: Reads, me: UserRow, other: UserRow): Promise<Pair> {
  const rows = await Promise.all([read.relation(me.id, other.id), read.relation(other.id, me.id)]);
  return { me, other, rows: rows.flat() };
}

/** Nothing of it answers the sender, and nobody reads the visitor's own log any more. */
function told(effect: Effect, from: UserRow, to: UserRow): Effect[] {
  if (effect.do !== 'append') return [effect];
  return effect.log === from.id ? [] : [{ ...effect, by: to.id, answers: false }];
}

function between(kinds: RelationKinds, visitor: Pair, known: Pair, now: number): Effects {
  const { other, me } = known;
  const brought = visitor.rows
    .filter((row) => row.slot === askSlot || kindsOf(kinds, [row], now).length > 0)
    .map((row) => (row.owner === other.id ? { ...row, other: me.id } : { ...row, owner: me.id }));
  const isShut = [...brought, ...known.rows].some((row) => kindOf(kinds, row)?.absent === true);
  const limits = brought.filter((row) => takenBy(kindOf(kinds, row)) > 0);
  const newer = limits.filter((row) => isNewLimit(kinds, known, row));
  if (!isShut) {
    const rows = placed(known, [...newer, ...brought.filter((row) => isNew(kinds, known, row))]);
    const after = { ...known, rows: rows.filter((row) => !isAnswered(kinds, rows, row)) };
    return [...settle(kinds, visitor, { ...visitor, rows: [] }), ...settle(kinds, known, after)];
  }
  const own = newer.filter(({ owner }) => owner === me.id);
  const left = visitor.rows.filter((row) => row.owner === other.id || takenBy(kindOf(kinds, row)) === 0);
  const theirs = limits
    .filter(({ owner }) => owner === other.id)
    .flatMap((row) => taken(kinds, known, row, visitor.me.id));
  return [
    ...settle(kinds, visitor, { ...visitor, rows: left }),
    ...settle(kinds, known, { ...known, rows: placed(known, own) }),
    ...theirs.map((row) => put({ table: 'relation', row })),
    // Decisions that rest on what he has stated are taken again, and he hears nothing.
    ...(theirs.length === 0
      ? []
      : [append(other.id, 'relation.changed', related(kinds, known, other), { rule: true, audience: [] })]),
  ];
}

/** A limit on the visitor, as it stands for `known`; one on `known` himself that takes as much stays what it is. */
function taken(kinds: RelationKinds, known: Pair, row: RelationRow, visitor: string): RelationRow[] {
  const standing = standingAt(known, row);
  if (standing === undefined) return [ofVisitors(row, [visitor])];
  const before = visitorsOf(standing);
  if (isStricter(kinds, standing, row)) return [ofVisitors(row, [...before, visitor])];
  return before.length === 0 ? [] : [ofVisitors(standing, [visitor])];
}

function placed({ rows }: Pair, made: readonly RelationRow[]): readonly RelationRow[] {
  return [...rows.filter((row) => !made.some((one) => isSamePlace(one, row))), ...made];
}

/** What stands for both comes with both its sides, or not at all. */
function isNew(kinds: RelationKinds, known: Pair, row: RelationRow): boolean {
  if (takenBy(kindOf(kinds, row)) > 0) return false;
  const inSlot = known.rows.filter(({ slot }) => slot === row.slot);
  return row.slot !== askSlot && isBound(kinds, row)
    ? inSlot.length === 0
    : !inSlot.some((one) => isSamePlace(one, row));
}

function isNewLimit(kinds: RelationKinds, known: Pair, row: RelationRow): boolean {
  const standing = standingAt(known, row);
  return standing === undefined || isStricter(kinds, standing, row);
}

function standingAt({ rows }: Pair, row: RelationRow): RelationRow | undefined {
  return rows.find((one) => isSamePlace(one, row));
}

/** Whether the other one grants already what is asked for. */
function isAnswered(kinds: RelationKinds, rows: readonly RelationRow[], row: RelationRow): boolean {
  if (row.slot !== askSlot) return false;
  return rows.some((one) => one.owner === row.other && isMet(kinds, row, kindOf(kinds, one)));
}

function isSamePlace(one: RelationRow, row: RelationRow): boolean {
  return one.owner === row.owner && one.slot === row.slot;
}

function kindOf(kinds: RelationKinds, row: RelationRow): PlacedKind | undefined {
  return row.slot === askSlot ? undefined : kinds.kind.get(row.kind);
}
