/** What is offered to a member of a group. The friend decides: this only keeps what would be refused out of sight. */
type Right = 'invite' | 'rename' | 'settings' | 'remove' | 'ban' | 'roles';

const all: readonly Right[] = ['invite', 'rename', 'settings', 'remove', 'ban', 'roles'];

interface Role {
  readonly may: readonly Right[];
  readonly over: readonly string[];
}

const member: Role = { may: ['invite'], over: [] };

const rights: Readonly<Record<string, Role>> = {
  owner: { may: all, over: ['owner', 'admin', 'member', 'colleague', 'guest'] },
  admin: { may: all, over: ['member', 'colleague', 'guest'] },
  colleague: { may: ['invite', 'remove', 'ban'], over: ['member', 'guest'] },
  member,
  guest: { may: [], over: [] },
};

/** Roles that can be given, from high to low. */
export const givenRoles = ['owner', 'admin', 'member', 'guest'] as const;

/** Whether something is offered to a role; with `over`, towards a member of that role. A site's own roles count as member. */
export function may(role: string | undefined, right: Right, over?: string): boolean {
  if (role === undefined) return false;
  const own = rights[role] ?? member;
  return own.may.includes(right) && (over === undefined || own.over.includes(over));
}
