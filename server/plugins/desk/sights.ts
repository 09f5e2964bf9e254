import { isNative } from '../../core/gateway.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Floor } from './floor.ts';

/**
 * A colleague's browser that looks at people may see of those whose cases are open whether they are there, as it may see
 * their names: until it looks at others, and not once he is no colleague any more.
 */
export function letSee(host: PluginHost, floor: Floor): void {
  const presence = host.service('presence');
  host.use(async ({ action, jid, user }, next) => {
    if (action.type === 'presence.watch' && !isNative(jid)) {
      const { users } = action.body as { readonly users: readonly string[] };
      const asking = users.filter((one) => floor.cases.has(one.replace(/^u_/, 'c_support_')));
      presence.shows(jid, new Set(user?.kind === 'colleague' ? asking : []));
    }
    const effects = await next();
    for (const effect of effects) {
      if (effect.do !== 'put' || effect.put.table !== 'user' || effect.put.row.kind === 'colleague') continue;
      for (const here of floor.colleagues.get(effect.put.row.id)?.here ?? []) presence.shows(here, new Set());
    }
    return effects;
  });
}
