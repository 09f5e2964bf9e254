import { composeFriend } from '../../server/bin/compose.ts';
import { clock, random, sha256 } from '../../server/bin/platform.ts';
import { sqliteStore } from '../../server/stores/sqlite.ts';
import { type DataFile, openDataFile } from '../../server/stores/sqlite-open.ts';
import { problemsOnly } from '../problems-only.ts';
import { median } from '../routing/pairs.ts';
import { fill, longOnes, type Place, placeAt, type SiteSize, text } from './fill.ts';
import { Line, Person } from './line.ts';

/** What one round of talk came to. */
export interface Talk {
  readonly perSecond: number;
  /** Processor time of this process for one message, the people's own included, microseconds. */
  readonly cpuMicros: number;
  /** From sending to the answer, median. */
  readonly latencyMs: number;
}

/** Where people talk: in ten conversations, which are long where the site is large, or in all of them. */
export type Where = 'ten' | 'all';

/** A friend in this process with a data file of some size, and twenty people who are connected to it. */
export interface Site {
  /** Keeps `window` messages in flight for `ms`, in the conversations by turns. */
  talk(where: Where, window: number, ms: number): Promise<Talk>;
  /** Opens `count` conversations one after the other, and says how long one took, median milliseconds. */
  look(where: Where, count: number): Promise<number>;
  /** Takes the numbers of facts away, as a schema that forgot them: each is found by reading all. */
  unnumber(): void;
  /** Messages that it should hold. */
  readonly messages: number;
  close(): Promise<void>;
}

const pairs = 10;
/** A prime: those who talk at the same time are no neighbours on the disk. */
const stride = 7_919;
/** Logs of one `log.resume`. */
const resumed = 200;

interface Pair extends Place {
  readonly speaker: Person;
  readonly hearer: Person;
}

/** Opens a friend on `path`, fills it, and lets the two of each conversation hear it. */
export async function openSite(path: string, { conversations, messages }: SiteSize): Promise<Site> {
  let file: DataFile | undefined;
  const store = sqliteStore({ path, log: problemsOnly }, (...where) => {
    file = openDataFile(...where);
    return file;
  });
  const line = new Line();
  const friend = composeFriend({
    ...{ transport: line, store, clock, random, sha256, log: problemsOnly },
    newUsers: { perSecond: 1_000, burst: 1_000 },
    fatal: (error) => {
      throw error;
    },
  });
  await friend.start();
  const places = await placesOf(line, conversations);
  file?.db.exec('PRAGMA cache_size = -400000; PRAGMA wal_autocheckpoint = 50000');
  await fill(store, places, messages);
  // Opened again, as the friend has it: SQLite's table of cached pages grows with the cache and never shrinks.
  await store.close();
  await store.open();
  await hearAll(places, messages);
  const spots = { ten: places.slice(0, longOnes), all: places };
  let turn = 0;
  let answered = 0;
  const next = (where: Where): Pair => placeAt(spots[where], turn++ * stride);

  return {
    get messages() {
      return messages + answered;
    },

    async talk(where, window, ms) {
      const latencies: number[] = [];
      const began = performance.now();
      const cpu = process.cpuUsage();
      const one = async (): Promise<void> => {
        while (performance.now() - began < ms) {
          const { id: conversation, speaker } = next(where);
          const sent = performance.now();
          await speaker.asks('message.send', { conversation, text });
          latencies.push(performance.now() - sent);
        }
      };
      await Promise.all(Array.from({ length: window }, one));
      answered += latencies.length;
      const perSecond = (latencies.length * 1_000) / (performance.now() - began);
      const { user, system } = process.cpuUsage(cpu);
      return { perSecond, cpuMicros: (user + system) / latencies.length, latencyMs: median(latencies) };
    },

    async look(where, count) {
      const took: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const { id: conversation, hearer } = next(where);
        const asked = performance.now();
        await hearer.asks('conversation.open', { conversation });
        took.push(performance.now() - asked);
      }
      return median(took);
    },

    unnumber() {
      file?.db.exec('CREATE TABLE bare AS SELECT * FROM fact; DROP TABLE fact; ALTER TABLE bare RENAME TO fact');
    },

    close: () => friend.stop(),
  };
}

async function placesOf(line: Line, conversations: number): Promise<Pair[]> {
  const people: Person[] = [];
  for (let index = 0; index < pairs * 2; index += 1) people.push(await Person.comes(line, index));
  return Array.from({ length: conversations }, (_, index) => {
    const [speaker, hearer] = [people[(index % pairs) * 2], people[(index % pairs) * 2 + 1]];
    if (speaker === undefined || hearer === undefined) throw new RangeError('There are too few people.');
    const id = `c_growth_${index.toString(36).padStart(4, '0')}`;
    return { id, people: [speaker.user, hearer.user], speaker, hearer };
  });
}

async function hearAll(places: readonly Pair[], messages: number): Promise<void> {
  const ends = places.flatMap(({ id, speaker, hearer }) => [speaker, hearer].map((person) => ({ id, person })));
  for (const [person, own] of Map.groupBy(ends, (end) => end.person)) {
    for (let from = 0; from < own.length; from += resumed) {
      const logs = Object.fromEntries(own.slice(from, from + resumed).map(({ id }) => [id, messages + 1]));
      await person.asks('log.resume', { logs });
    }
  }
}
