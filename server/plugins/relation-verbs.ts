import { refuse } from '../core/effect.ts';
import { askSlot, type PlacedKind, type RelationKinds } from '../core/relation-kinds.ts';
import type { RelationRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import { kindsOf } from './relation-between.ts';
import { askOf, changed, isBound, isMet, type Pair, rowIn, settle } from './relation-pair.ts';

/** What a statement carries beside its kind. */
export type Stated = Pick<RelationRow, 'attributes' | 'until'>;

/** Asks for `kind`. Where the other has asked for the same already, both have agreed. */
export function ask(kinds: RelationKinds, pair: Pair, kind: PlacedKind, now: number, note?: string): Effects {
  const { me, other } = pair;
  if (holds(kinds, rowsOf(pair, me), now, 'takes')) return [refuse('limited')];
  if (stands(kinds, pair, kind) || rowIn(pair, me, askSlot)?.kind === kind.name) return [];
  if (kind.mutual === true && askOf(pair, other)?.kind === kind.name) return agree(kinds, pair, kind, now);
  const isShutOut = holds(kinds, rowsOf(pair, other), now, 'absent');
  const attributes = { ...(note === undefined ? {} : { note }), ...(isShutOut ? { unheard: true } : {}) };
  const row = { owner: me.id, other: other.id, slot: askSlot, kind: kind.name, attributes, since: now };
  return settle(kinds, pair, changed(pair, [], [row]));
}

/** Agrees to what the other has asked for. */
export function accept(kinds: RelationKinds, pair: Pair, now: number): Effects {
  const wanted = askOf(pair, pair.other);
  const kind = wanted === undefined ? undefined : kinds.kind.get(wanted.kind);
  if (wanted === undefined) return [refuse('not_found')];
  if (holds(kinds, rowsOf(pair, pair.me), now, 'absent')) return [refuse('limited')];
  return kind === undefined ? settle(kinds, pair, changed(pair, [wanted], [])) : agree(kinds, pair, kind, now);
}

/** Turns down what the other has asked for, or takes back what one has asked for oneself. */
export function dismiss(kinds: RelationKinds, pair: Pair, whose: 'mine' | 'theirs'): Effects {
  const row = whose === 'mine' ? rowIn(pair, pair.me, askSlot) : askOf(pair, pair.other);
  return row === undefined ? [refuse('not_found')] : settle(kinds, pair, changed(pair, [row], []));
}

/** States `kind` where nobody has to agree. */
export function state(kinds: RelationKinds, pair: Pair, kind: PlacedKind, now: number, stated: Stated): Effects {
  const { me, other } = pair;
  const standing = rowIn(pair, me, kind.slot);
  const nearness = standing === undefined ? -1 : (kinds.kind.get(standing.kind)?.rank ?? -1);
  const isWithin = kind.within === undefined || nearness >= (kinds.kind.get(kind.within)?.rank ?? 0);
  const isNearer = kind.mutual === true && kind.asks === true && nearness < kind.rank;
  if (isNearer || !isWithin) return [refuse('needs_asking')];
  const until = stated.until ?? (kind.expires === undefined ? undefined : now + kind.expires);
  // What is stated once more has stood since it was stated first.
  const stood = standing?.kind === kind.name && kindsOf(kinds, [standing], now).length > 0 ? standing.since : now;
  const row = rowOf(pair, kind, stood, { ...stated, ...(until === undefined ? {} : { until }) });
  const theirs = rowIn(pair, other, kind.slot);
  const lowered = theirs === undefined ? [] : follow(kinds, pair, theirs, kind, now);
  const left = theirs !== undefined && isBound(kinds, standing) && isBound(kinds, theirs) && !isBound(kinds, row);
  const asks = kind.absent === true ? unheard(pair) : { without: [granted(kinds, askOf(pair, other), kind)], made: [] };
  const without = [...asks.without, ...(left ? [theirs] : [])];
  return settle(kinds, pair, changed(pair, without, [...asks.made, ...lowered, row]));
}

/** Ends what stands in `slot`: one's own statement, and what the other has granted on request or shares. */
export function end(kinds: RelationKinds, pair: Pair, slot: string): Effects {
  const theirs = rowIn(pair, pair.other, slot);
  const isShared = theirs !== undefined && (isBound(kinds, theirs) || kinds.kind.get(theirs.kind)?.asks === true);
  return settle(kinds, pair, changed(pair, [rowIn(pair, pair.me, slot), isShared ? theirs : undefined], []));
}

/** Ends one's own statement in `slot` whose time is over. */
export function expire(kinds: RelationKinds, pair: Pair, slot: string, now: number): Effects {
  const row = rowIn(pair, pair.me, slot);
  const isOver = row?.until !== undefined && row.until <= now;
  if (!isOver) return [];
  return isBound(kinds, row) ? end(kinds, pair, slot) : settle(kinds, pair, changed(pair, [row], []));
}

/** Both stand so from now on, or the asked one towards the asker; requests that this answers are over. */
function agree(kinds: RelationKinds, pair: Pair, kind: PlacedKind, now: number): Effects {
  const { me, other } = pair;
  const until = kind.expires === undefined ? {} : { until: now + kind.expires };
  const mine = rowOf(pair, kind, now, until);
  const shared = kind.mutual === true ? [mine, { ...mine, owner: other.id, other: me.id }] : [mine];
  const answered = kind.mutual === true ? granted(kinds, rowIn(pair, me, askSlot), kind) : undefined;
  return settle(kinds, pair, changed(pair, [rowIn(pair, other, askSlot), answered], shared));
}

/** The request, where `kind` gives what it asks for. */
function granted(kinds: RelationKinds, wish: RelationRow | undefined, kind: PlacedKind): RelationRow | undefined {
  return wish !== undefined && isMet(kinds, wish, kind) ? wish : undefined;
}

/** What is mutual sinks for both. */
function follow(kinds: RelationKinds, pair: Pair, theirs: RelationRow, kind: PlacedKind, now: number): RelationRow[] {
  const rank = kinds.kind.get(theirs.kind)?.rank ?? -1;
  if (kind.mutual !== true || rank <= kind.rank || !isBound(kinds, theirs)) return [];
  return [{ ...rowOf(pair, kind, now, {}), owner: pair.other.id, other: pair.me.id }];
}

/** Who is shut out keeps his request and is not heard; what was asked of him is taken back. */
function unheard(pair: Pair): { without: readonly (RelationRow | undefined)[]; made: readonly RelationRow[] } {
  const theirs = askOf(pair, pair.other);
  const made = theirs === undefined ? [] : [{ ...theirs, attributes: { ...theirs.attributes, unheard: true } }];
  return { without: [rowIn(pair, pair.me, askSlot)], made };
}

function rowOf({ me, other }: Pair, { name, slot }: PlacedKind, now: number, stated: Stated): RelationRow {
  return { owner: me.id, other: other.id, slot, kind: name, since: now, ...stated };
}

function rowsOf({ rows }: Pair, owner: { readonly id: string }): readonly RelationRow[] {
  return rows.filter((row) => row.owner === owner.id);
}

/** Whether the other grants as much already. */
function stands(kinds: RelationKinds, pair: Pair, kind: PlacedKind): boolean {
  const theirs = rowIn(pair, pair.other, kind.slot);
  return theirs !== undefined && (kinds.kind.get(theirs.kind)?.rank ?? -1) >= kind.rank;
}

function holds(kinds: RelationKinds, rows: readonly RelationRow[], now: number, what: 'absent' | 'takes'): boolean {
  return kindsOf(kinds, rows, now).some((kind) =>
    what === 'absent' ? kind.absent === true : kind.takes === 'all' || kind.takes?.includes('message') === true,
  );
}
