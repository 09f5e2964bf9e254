import type { Facts } from '../../protocol/facts.ts';
import type { Reads } from '../core/reads.ts';
import { askSlot, type RelationKinds } from '../core/relation-kinds.ts';
import type { UserRow } from '../core/rows.ts';
import { pairOf, related } from './relation-pair.ts';

/** A page of everybody with whom something stands that `user` may know of, by user id. */
export async function listPeople(
  kinds: RelationKinds,
  read: Reads,
  user: UserRow,
  limit: number,
  after: string,
): Promise<Facts['relation.listed']> {
  const slots = new Set([askSlot, ...[...kinds.kind.values()].map((kind) => kind.slot)]);
  // A person may stand in every slot: so many rows name at least `limit` people.
  const owned = await read.relations(user.id, (limit + 1) * (slots.size + 1), after);
  const towards = await Promise.all(Array.from(slots, (slot) => read.relationsTo(user.id, slot, limit + 1, after)));
  const ids = new Set([...owned.map((row) => row.other), ...towards.flat().map((row) => row.owner)]);
  const page = [...ids].sort().slice(0, limit + 1);
  const pairs = await Promise.all(page.slice(0, limit).map((id) => pairOf(read, user, id)));
  const people = pairs.flatMap((pair) => (pair === undefined ? [] : [related(kinds, pair, user)]));
  const last = page.length > limit ? page[limit - 1] : undefined;
  return {
    people: people.filter(({ relations }) => relations.length > 0),
    ...(last === undefined ? {} : { next: last }),
  };
}
