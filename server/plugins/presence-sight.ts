import type { Presence } from '../../protocol/facts.ts';
import type { Between } from '../core/services.ts';
import type { Grace } from './presence-grace.ts';
import type { Shown } from './presence-state.ts';

/** What one may know of another's presence. */
export interface Rights {
  readonly presence: boolean;
  readonly seen: boolean;
  /** The other is to look as if he had gone then, and had never come again; milliseconds since 1970. */
  readonly absentSince?: number;
}

/** What one connection sees of one user. */
export interface Sight {
  told?: Presence;
  /** Absent until they are looked up, and once a relation has changed. */
  rights?: Rights;
  /** The viewer lost his rights then, which looks like going. */
  lostAt?: number;
}

/** What is to be told now, and when to look again. */
export interface Look {
  readonly presence?: Presence;
  readonly again?: number;
}

/**
 * What holds between two people, as far as presence is concerned. Who is shut out keeps what closeness grants, frozen.
 * @param isShown the viewer sees him besides, where no limit forbids it
 */
export function rightsOf(between: Between, isShown: boolean): Rights {
  const { absentSince } = between;
  if (absentSince === undefined) {
    const presence = between.may('presence') || (isShown && !between.forbids('presence'));
    return { presence, seen: between.may('seen') };
  }
  return {
    presence: isShown || between.grants('presence'),
    seen: between.grants('seen') && !between.limits('seen'),
    absentSince,
  };
}

/**
 * Looks at `user` with `rights`, and notes in `sight` what is told from here on. Nothing is told twice. Who loses sight
 * of somebody is told so after the same time as if that one had left.
 */
export function look(
  user: string,
  shown: Shown,
  sight: Sight,
  rights: Rights,
  { now, grace }: { readonly now: number; readonly grace: Pick<Grace, 'over'> },
): Look {
  const { told } = sight;
  const { absentSince } = rights;
  const goneAt = absentSince === undefined ? undefined : grace.over(absentSince);
  const isGoing = absentSince !== undefined && goneAt !== undefined && now >= absentSince && now < goneAt;
  if (isGoing && told !== undefined) return { again: goneAt };
  const presence = presenceOf(user, shown, rights, isGoing);
  const wasThere = told !== undefined && told.show !== 'offline';
  if (wasThere && presence.show === 'offline' && shown.show !== 'offline' && goneAt === undefined) {
    sight.lostAt ??= now;
    const leavesAt = grace.over(sight.lostAt);
    // A clock that was set back makes nobody stay.
    if (now < leavesAt && sight.lostAt <= now) return { again: leavesAt };
  }
  delete sight.lostAt;
  // Who is shut out learns nothing more, not even that a time has changed.
  const isOver = goneAt !== undefined && told !== undefined && !wasThere;
  if (isOver || JSON.stringify(told) === JSON.stringify(presence)) return {};
  sight.told = presence;
  return isGoing ? { presence, again: goneAt } : { presence };
}

function presenceOf(user: string, shown: Shown, rights: Rights, isGoing: boolean): Presence {
  const { presence, seen, absentSince = Number.POSITIVE_INFINITY } = rights;
  const isThere = shown.show !== 'offline';
  const isShutOut = rights.absentSince !== undefined && !isGoing;
  if (isThere && presence && !isShutOut) return { user, ...shown };
  const left = isThere && isShutOut ? absentSince : shown.seen;
  return {
    ...{ user, show: 'offline' },
    ...(seen && left !== undefined ? { seen: Math.min(left, absentSince) } : {}),
    ...(shown.own === undefined ? {} : { own: shown.own }),
  };
}
