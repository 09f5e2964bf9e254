import { type Effect, put } from '../core/effect.ts';
import type { Reads } from '../core/reads.ts';
import type { PlacedKind, RelationKinds } from '../core/relation-kinds.ts';
import type { RelationRow, UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';

/** No attribute that a person may set has such a name. */
const visitorKey = 'of:visitor';

/** Visitors of one user whom the same person shuts out, of whom each is remembered. */
const visitorsKept = 20;

/** A statement about visitors, as it stands for whom they turned out to be: even its owner does not see it. */
export function ofVisitors(row: RelationRow, visitors: readonly string[]): RelationRow {
  const ids = [...new Set([...visitorsOf(row), ...visitors])].slice(-visitorsKept);
  return { ...row, attributes: { ...row.attributes, [visitorKey]: ids.join(' ') } };
}

/** About which visitors a statement was made; empty for one about a user himself. */
export function visitorsOf({ attributes }: RelationRow): readonly string[] {
  const ids = attributes?.[visitorKey];
  return typeof ids === 'string' ? ids.split(' ') : [];
}

/** With what the sender changes about a visitor, what stands from then on for whom he turned out to be. */
export async function alsoForKnown(
  kinds: RelationKinds,
  read: Reads,
  me: string,
  other: UserRow,
  effects: Effects,
): Promise<Effects> {
  const { id, mergedInto } = other;
  if (mergedInto === undefined) return effects;
  const standing = (await read.relation(me, mergedInto)).filter((row) => visitorsOf(row).includes(id));
  const same = await Promise.all(
    effects.map(async (effect): Promise<Effect[]> => {
      if (effect.do !== 'put' || !(effect.put.table === 'relation' || effect.put.table === 'unrelate')) return [];
      const { row, table } = effect.put;
      const before = standing.find(({ slot }) => slot === row.slot);
      if (row.owner !== me || before === undefined) return [];
      const others = visitorsOf(before).filter((visitor) => visitor !== id);
      const about = await Promise.all(others.map((visitor) => read.relation(me, visitor)));
      const left = [...about.flat().filter(({ slot }) => slot === row.slot), ...(table === 'relation' ? [row] : [])];
      return [effectOf(kinds, mergedInto, before, left)];
    }),
  );
  return [...same.flat(), ...effects];
}

/** Of what stands about the visitors that are left, the strictest; nothing where nothing does. */
function effectOf(kinds: RelationKinds, known: string, before: RelationRow, left: readonly RelationRow[]): Effect {
  const [first, ...more] = left;
  if (first === undefined) return put({ table: 'unrelate', row: before });
  const strictest = more.reduce((one, row) => (isStricter(kinds, one, row) ? row : one), first);
  const row = { ...strictest, other: known };
  return put({
    table: 'relation',
    row: ofVisitors(
      row,
      left.map(({ other }) => other),
    ),
  });
}

/** Whether `row` takes more than `standing`; of two that take as much, the one that lasts longer. */
export function isStricter(kinds: RelationKinds, standing: RelationRow, row: RelationRow): boolean {
  const [before, after] = [standing, row].map(({ kind }) => takenBy(kinds.kind.get(kind)));
  if (before !== after) return Number(before) < Number(after);
  return (standing.until ?? Number.POSITIVE_INFINITY) < (row.until ?? Number.POSITIVE_INFINITY);
}

/** How much a kind takes; all, and looking absent, is the most. */
export function takenBy(kind: PlacedKind | undefined): number {
  const { takes = [], absent = false } = kind ?? {};
  return (takes === 'all' ? 1_000 : takes.length) + (absent ? 1 : 0);
}
