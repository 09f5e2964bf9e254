import { isNative } from '../../core/gateway.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import { askerOf } from '../../core/support-case.ts';
import type { Floor } from './floor.ts';

/** Conversations of somebody who has signed in that are looked at, those that were written in last. */
const looked = 20;

/**
 * A colleague's browser that looks at people may see of those whose cases are open whether they are there, as it may see
 * their names: until it looks at others, and not once he is no colleague any more.
 */
export function letSee(host: PluginHost, floor: Floor): void {
  const presence = host.service('presence');
  host.use(async ({ action, jid, read, user }, next) => {
    if (action.type === 'presence.watch' && !isNative(jid)) {
      const { users } = action.body as { readonly users: readonly string[] };
      const asked = user?.kind === 'colleague' ? users : [];
      const asking = await Promise.all(asked.map(async (one) => ((await asks(read, floor, one)) ? [one] : [])));
      presence.shows(jid, new Set(asking.flat()));
    }
    const effects = await next();
    for (const effect of effects) {
      if (effect.do !== 'put' || effect.put.table !== 'user' || effect.put.row.kind === 'colleague') continue;
      for (const here of floor.colleagues.get(effect.put.row.id)?.here ?? []) presence.shows(here, new Set());
    }
    return effects;
  });
}

/** Whether an open case is his: as a visitor, or as whom the visitor turned out to be. */
async function asks(read: Reads, floor: Floor, user: string): Promise<boolean> {
  if (floor.cases.has(user.replace(/^u_/, 'c_support_'))) return true;
  if (floor.colleagues.has(user)) return false;
  for (const { conversation } of await read.memberships(user, looked)) {
    const row = floor.cases.get(conversation);
    // Who was asked in is a member, too.
    if (row !== undefined && (await askerOf(read, row.visitor))?.id === user) return true;
  }
  return false;
}
