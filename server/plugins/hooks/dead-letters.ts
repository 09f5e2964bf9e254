import * as v from 'valibot';
import { answer, put, refuse } from '../../core/effect.ts';
import { keptAnswer } from '../../core/kept-answer.ts';
import type { PluginHost } from '../../core/plugin.ts';
import { deadOf, deadScope, pendingRow, plugin } from './rows.ts';

/** Dead letters that are listed, or replayed, at once. */
const most = 100;

const Listing = v.object({ name: v.string(), after: v.exactOptional(v.string()) });
const Replay = v.object({ name: v.string(), ids: v.exactOptional(v.array(v.string())) });

/** Lists what could not be delivered, and lets it be tried again. No client can ask for it: the types have no schema. */
export function deadLetters(host: PluginHost, isKnown: (name: string) => boolean): void {
  host.onOpening('webhook.dead', async ({ action, read }) => {
    const asked = v.safeParse(Listing, action.body);
    if (!asked.success || !isKnown(asked.output.name)) return [refuse('not_found')];
    const { name, after } = asked.output;
    const rows = await read.inventory.states(plugin, deadScope(name), most, after);
    const letters = rows.flatMap(({ key, value }) => {
      const dead = deadOf(key, value);
      return dead === undefined ? [] : [{ id: `${dead.log}:${dead.seq}`, ...dead }];
    });
    const next = rows.length === most ? { next: rows.at(-1)?.key } : {};
    return [answer('webhook.shown', { letters, ...next })];
  });

  host.onOpening('webhook.replay', async ({ action, read, now }) => {
    const asked = v.safeParse(Replay, action.body);
    if (!asked.success || !isKnown(asked.output.name)) return [refuse('not_found')];
    const { name, ids } = asked.output;
    const wanted = ids === undefined ? undefined : new Set(ids);
    const found: { readonly key: string; readonly value: string }[] = [];
    for (let after: string | undefined; found.length < most; ) {
      const rows = await read.inventory.states(plugin, deadScope(name), most, after);
      found.push(...rows.filter(({ key, value }) => isWanted(wanted, deadOf(key, value))));
      after = rows.at(-1)?.key;
      if (rows.length < most) break;
    }
    const replayed = found.slice(0, most);
    const more = found.length > most || replayed.length === most;
    const told = answer('webhook.replayed', { replayed: replayed.length, more });
    return [
      ...replayed.flatMap(({ key, value }) => {
        const dead = deadOf(key, value);
        const gone = put({ table: 'state', row: { plugin, scope: deadScope(name), key, value: null } });
        if (dead === undefined) return [gone];
        const { log, seq, at } = dead;
        return [gone, put({ table: 'state', row: pendingRow(name, { log, seq, at, tries: 0, due: 0 }) })];
      }),
      told,
      ...(await keptAnswer(read, action.id, now, told)),
    ];
  });
}

function isWanted(ids: ReadonlySet<string> | undefined, dead: { log: string; seq: number } | undefined): boolean {
  return ids === undefined || (dead !== undefined && ids.has(`${dead.log}:${dead.seq}`));
}
