import { FriendError } from './errors.ts';

/**
 * What a role allows in a group: to write; not to be held back by slow mode; to add and invite people; to send members
 * away, and for good; to rename; to alter what else is set; to take others' messages away; to give roles. A site may
 * name more.
 */
export type Right =
  | 'send'
  | 'swift'
  | 'invite'
  | 'remove'
  | 'ban'
  | 'rename'
  | 'settings'
  | 'delete'
  | 'roles'
  | (string & {});

/** One role of a group. */
export interface Role {
  readonly may: readonly Right[];
  /** The roles whose members it may remove, ban and give another role; and the roles that it may give. */
  readonly over?: readonly string[];
}

/**
 * The roles of a site's groups, from high to low. Who begins a group is its `owner`, who comes in is a `member`. When the
 * last owner goes, the one follows who has had the highest role after his for the longest time.
 */
export interface Roles {
  readonly owner: Role;
  readonly member: Role;
  readonly [name: string]: Role;
}

/** The role of who was banned: he is no member. None of a site's may have its name. */
export const banned = 'banned';

/** What the product ships. `colleague` is who answers for the site and writes in one of its rooms. */
export const shippedRoles = {
  owner: {
    may: ['send', 'swift', 'invite', 'remove', 'ban', 'rename', 'settings', 'delete', 'roles'],
    over: ['owner', 'admin', 'member', 'colleague', 'guest'],
  },
  admin: {
    may: ['send', 'swift', 'invite', 'remove', 'ban', 'rename', 'settings', 'delete', 'roles'],
    over: ['member', 'colleague', 'guest'],
  },
  member: { may: ['send', 'invite'] },
  colleague: { may: ['send', 'swift', 'invite', 'remove', 'ban', 'delete'], over: ['member', 'guest'] },
  guest: { may: ['send'] },
} as const satisfies Roles;

/** Checks what a site declares. @throws FriendError `FRIEND_ROLE` */
export function declareRoles(roles: Roles): Roles {
  for (const [name, { over = [] }] of Object.entries(roles)) {
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(name) || name === banned) {
      throw new FriendError('FRIEND_ROLE', `${name} is no name for a role`);
    }
    const missing = over.find((other) => !Object.hasOwn(roles, other));
    if (missing !== undefined)
      throw new FriendError('FRIEND_ROLE', `${name} is over ${missing}, which is not declared`);
  }
  return roles;
}

/** What a member may do; a role that is declared no more counts as `member`. */
export function roleOf(roles: Roles, name: string): Role {
  return (Object.hasOwn(roles, name) ? roles[name] : undefined) ?? roles.member;
}
