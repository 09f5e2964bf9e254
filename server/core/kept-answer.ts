import { type Effect, put } from './effect.ts';
import type { Reads } from './reads.ts';

const plugin = 'answers';

/** Milliseconds: an answer is kept for one of these at least, and two at most. */
const week = 7 * 86_400_000;

/** Scopes that answers are kept in by turns, a week each: those of two weeks can be read, the others are emptied. */
const turns = 4;

/** Rows of each scope that one answer removes: two go for each that comes, so what is kept stays bounded. */
const removed = 50;

function scopeOf(now: number, weeks: number): string {
  return String((((Math.floor(now / week) + weeks) % turns) + turns) % turns);
}

/**
 * Keeps an answer that is no fact, in the commit of what it answers, so that a repeat of the action `id` can be told the same:
 * see `answeredBefore`. It is kept for one week or two. Only for actions that no client can send, which are few.
 */
export async function keptAnswer(
  read: Reads,
  id: string,
  now: number,
  said: Extract<Effect, { do: 'answer' }>,
): Promise<Effect[]> {
  const over = await Promise.all(
    [1, 2].map(async (weeks) => {
      const scope = scopeOf(now, weeks);
      const rows = await read.inventory.states(plugin, scope, removed);
      return rows.map(({ key }) => put({ table: 'state', row: { plugin, scope, key, value: null } }));
    }),
  );
  const value = JSON.stringify(said.body);
  return [...over.flat(), put({ table: 'state', row: { plugin, scope: scopeOf(now, 0), key: id, value } })];
}

/** The body of the answer that the action `id` got; undefined where it was not kept, or is kept no more. */
export async function answeredBefore(read: Reads, id: string, now: number): Promise<unknown> {
  for (const weeks of [0, -1]) {
    const kept = await read.state(plugin, scopeOf(now, weeks), id);
    if (kept !== undefined) return JSON.parse(kept);
  }
  return undefined;
}
