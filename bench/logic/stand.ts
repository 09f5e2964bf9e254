import { DatabaseSync } from 'node:sqlite';
import { type Composition, composeFriend } from '../../server/bin/compose.ts';
import { clock, random, sha256 } from '../../server/bin/platform.ts';
import type { Friend } from '../../server/core/friend.ts';
import type { Store } from '../../server/core/store.ts';
import { sqliteStore } from '../../server/stores/sqlite.ts';
import { Line, Person } from '../growth/line.ts';
import { problemsOnly } from '../problems-only.ts';
import { Visitor } from './visitor.ts';

/** What a team adds, and who watches it. */
export type Logic = Partial<Pick<Composition, 'plugins' | 'setup' | 'events' | 'trace' | 'log'>>;

/** A friend in this process with a data file, a team's logic, and visitors who each ask for support. */
export interface Stand {
  readonly friend: Friend;
  readonly store: Store;
  readonly path: string;
  /** So many more of them. */
  visitors(count: number): Promise<Visitor[]>;
  close(): Promise<void>;
}

/** Opens the shipped composition on a data file at `path`: nothing but the network and the rate limits is left out. */
export async function openStand(path: string, logic: Logic): Promise<Stand> {
  const line = new Line();
  const store = sqliteStore({ path, log: problemsOnly });
  const friend = composeFriend({
    ...{ transport: line, store, clock, random, sha256, log: problemsOnly, ...logic },
    newUsers: { perSecond: 10_000, burst: 10_000 },
    fatal: (error) => {
      throw error;
    },
  });
  await friend.start();
  let come = 0;
  return {
    ...{ friend, store, path },
    async visitors(count) {
      const all: Visitor[] = [];
      for (let index = 0; index < count; index += 1) all.push(new Visitor(await Person.comes(line, come++)));
      return all;
    },
    close: () => friend.stop(),
  };
}

/** Messages that people have sent, as rows of a data file. */
export const saidByPeople = `fact WHERE type = 'message.sent' AND substr(device, 1, 2) = 'd_'`;

/** Messages that reactions have stored: those of bots, too. */
export const saidByLogic = `fact WHERE type = 'message.sent' AND device LIKE 'reaction:%'`;

/** Counts rows of a data file after its friend has ended. */
export function rowsIn(path: string, from: string): number {
  const file = new DatabaseSync(path, { readOnly: true });
  const row = file.prepare(`SELECT count(*) AS many FROM ${from}`).get();
  file.close();
  return Number(row?.many);
}

/** Removes the newest row of a table, as a store that lies about its commit would. */
export function loseOne(path: string, from: string): void {
  const file = new DatabaseSync(path);
  file.exec(`DELETE FROM ${from} AND rowid = (SELECT max(rowid) FROM ${from})`);
  file.close();
}
