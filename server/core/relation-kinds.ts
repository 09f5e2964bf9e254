import { FriendError } from './errors.ts';

/**
 * What one person may do towards another: write to him, see that he is there, see when he was there last, see that he
 * types, see how far he has read, add him to a group. A site may name more.
 */
export type Grant = 'message' | 'presence' | 'seen' | 'typing' | 'read' | 'group' | (string & {});

/** One kind of relation, as a site declares it. All of it is about the owner of an edge and the other it points at. */
export interface RelationKind {
  /** What the other may do towards the owner. */
  readonly grants?: readonly Grant[];
  /** What neither may do towards the other, whatever is granted. */
  readonly takes?: readonly Grant[] | 'all';
  /** The other has to agree first. */
  readonly asks?: boolean;
  /** It stands for both: two edges that begin and end together. */
  readonly mutual?: boolean;
  /** Only the owner knows of it. */
  readonly private?: boolean;
  /** To the other, the owner looks like someone who is never there. */
  readonly absent?: boolean;
  /** May be stated only by who has this kind, or another one within it, in the same slot already. */
  readonly within?: string;
  /** Ends by itself after this many milliseconds, where the statement names no earlier end. */
  readonly expires?: number;
}

/** The kinds of a site by slot: an owner has at most one edge to another in each. Names are unique over all slots. */
export interface RelationSlots {
  readonly [slot: string]: {
    /** What somebody without an edge in this slot may do; nothing where absent. */
    readonly none?: readonly Grant[];
    /** From far to near: moving to an earlier kind of the list needs nobody's consent. */
    readonly kinds: Readonly<Record<string, RelationKind>>;
  };
}

/** A kind with its place. */
export interface PlacedKind extends RelationKind {
  readonly name: string;
  readonly slot: string;
  /** Its place in its slot, from far to near. */
  readonly rank: number;
}

/** Declared kinds, checked. */
export interface RelationKinds {
  readonly none: ReadonlySet<Grant>;
  readonly kind: ReadonlyMap<string, PlacedKind>;
}

/** The slot that holds requests; none of a site's may have its name. */
export const askSlot = 'ask';

/** The slot that holds invitations to groups: its owner is the conversation. None of a site's may have its name. */
export const inviteSlot = 'invite';

/** What the product ships: closeness that is asked for, limits and mutes that only their owner knows. */
export const shippedRelations = {
  closeness: {
    none: ['message', 'typing', 'read'],
    kinds: {
      follower: { grants: ['message', 'typing', 'read', 'presence'], asks: true },
      acquaintance: { grants: ['message', 'typing', 'read', 'presence'], asks: true, mutual: true },
      contact: { grants: ['message', 'typing', 'read', 'presence', 'seen', 'group'], asks: true, mutual: true },
      close: { grants: ['message', 'typing', 'read', 'presence', 'seen', 'group'], private: true, within: 'contact' },
    },
  },
  limit: {
    kinds: {
      distant: { takes: ['presence', 'seen', 'typing', 'read', 'group'], private: true },
      blocked: { takes: 'all', private: true, absent: true },
    },
  },
  notice: { kinds: { muted: { private: true } } },
} as const satisfies RelationSlots;

/** Checks what a site declares. @throws FriendError `FRIEND_RELATION_KIND` */
export function declareRelations(slots: RelationSlots): RelationKinds {
  const none = new Set<Grant>();
  const kinds = new Map<string, PlacedKind>();
  for (const [slot, { none: granted = [], kinds: declared }] of Object.entries(slots)) {
    if (slot === askSlot || slot === inviteSlot)
      throw new FriendError('FRIEND_RELATION_KIND', `the slot ${slot} is taken`);
    for (const grant of granted) none.add(grant);
    for (const [rank, [name, kind]] of Object.entries(declared).entries()) {
      if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw new FriendError('FRIEND_RELATION_KIND', `${name} is no name`);
      if (kinds.has(name)) throw new FriendError('FRIEND_RELATION_KIND', `${name} is declared twice`);
      if (kind.within !== undefined && declared[kind.within] === undefined) {
        throw new FriendError('FRIEND_RELATION_KIND', `${name} is within ${kind.within}, which ${slot} does not have`);
      }
      kinds.set(name, { ...kind, name, slot, rank });
    }
  }
  return { none, kind: kinds };
}
