import { type Effect, put } from '../../core/effect.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import { plugin } from './books.ts';
import { seatIn } from './case-row.ts';
import type { Colleague, Floor } from './floor.ts';
import type { ColleagueOptions } from './options.ts';

/** Who has a seat, for the next start. */
export function rosterOf({ colleagues }: Floor): Extract<Effect, { do: 'put' }> {
  return put({
    table: 'state',
    row: { plugin, scope: '', key: 'roster', value: JSON.stringify([...colleagues.keys()]) },
  });
}

/** Ways in of one colleague that are compared with what the site has declared. */
const loginsLooked = 20;

/** A colleague as the store knows him; who was not noticed yet is nowhere. */
export async function seated(read: Reads, floor: Floor, { id, name }: UserRow): Promise<Colleague> {
  const options = await optionsOf(read, floor, id);
  const seat = seatIn(await read.state(plugin, 'seat', id));
  const unnoticed = { here: new Set<string>(), goneAt: undefined, given: 0 };
  return { ...unnoticed, ...floor.colleagues.get(id), user: id, name, options, seat };
}

async function optionsOf(read: Reads, { desk }: Floor, user: string): Promise<ColleagueOptions | undefined> {
  const { colleagues } = desk;
  if (colleagues.size === 0) return undefined;
  const logins = await read.logins(user, loginsLooked);
  const names = logins.flatMap(({ kind, subject }) => {
    if (kind === 'jid') return subject;
    return kind === 'jwt' ? ((JSON.parse(subject) as string[])[1] ?? []) : [];
  });
  return [user, ...names].map((name) => colleagues.get(name)).find((options) => options !== undefined);
}
