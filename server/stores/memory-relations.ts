import type { RelationRow } from '../core/rows.ts';
import type { Store } from '../core/store.ts';

/** The relations of a store in memory. */
export interface MemoryRelations {
  readonly reads: Pick<Store, 'relation' | 'relations' | 'relationsTo'>;
  put(row: RelationRow): void;
  remove(row: Pick<RelationRow, 'owner' | 'other' | 'slot'>): void;
  /** Removes what he has stated, and what others have stated about him. */
  forget(user: string): void;
}

type Place = Pick<RelationRow, 'owner' | 'other' | 'slot'>;

/** Keeps the relations of each owner, and finds those that point at somebody by looking at all of them. */
export function memoryRelations(): MemoryRelations {
  const byOwner = new Map<string, RelationRow[]>();

  function others({ owner, other, slot }: Place): RelationRow[] {
    return (byOwner.get(owner) ?? []).filter((row) => row.other !== other || row.slot !== slot);
  }

  return {
    put: (row) => void byOwner.set(row.owner, [...others(row), row].sort(byOther)),
    remove: (place) => void byOwner.set(place.owner, others(place)),
    forget(user) {
      byOwner.delete(user);
      for (const [owner, rows] of byOwner) {
        byOwner.set(
          owner,
          rows.filter(({ other }) => other !== user),
        );
      }
    },
    reads: {
      relation: async (owner, other) => (byOwner.get(owner) ?? []).filter((row) => row.other === other),
      relations: async (owner, limit, after = '') =>
        (byOwner.get(owner) ?? []).filter((row) => row.other > after).slice(0, limit),
      relationsTo: async (other, slot, limit, after = '') =>
        [...byOwner.values()]
          .flat()
          .filter((row) => row.other === other && row.slot === slot && row.owner > after)
          .sort((a, b) => (a.owner < b.owner ? -1 : 1))
          .slice(0, limit),
    },
  };
}

function byOther(a: Place, b: Place): number {
  return a.other < b.other || (a.other === b.other && a.slot < b.slot) ? -1 : 1;
}
