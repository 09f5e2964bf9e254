import { clock, random, sha256 } from '../../server/bin/platform.ts';
import { Friend } from '../../server/core/friend.ts';
import type { Plugin } from '../../server/core/plugin.ts';
import type { Between } from '../../server/core/services.ts';
import { TokenBucket } from '../../server/core/token-bucket.ts';
import { conversations } from '../../server/plugins/conversations.ts';
import { identity } from '../../server/plugins/identity.ts';
import { messages } from '../../server/plugins/messages.ts';
import { relations } from '../../server/plugins/relations.ts';
import { sqliteStore } from '../../server/stores/sqlite.ts';
import { text } from '../growth/fill.ts';
import { Line, Person } from '../growth/line.ts';
import { problemsOnly } from '../problems-only.ts';

/** How relations are looked up: as the product does, not at all, or dearly, for the proof that a difference is seen. */
export type Lookup = 'product' | 'none' | 'dear';

/** What one round cost. */
export interface Cost {
  readonly messages: number;
  /** Processor time of this process for one message, microseconds. */
  readonly cpuMicros: number;
}

/** Ten pairs who are contacts, and a friend in this process that leads what they write to each other. */
export interface Pairs {
  /** Keeps 20 messages in flight for `ms`. */
  talk(ms: number): Promise<Cost>;
  close(): Promise<void>;
}

const pairs = 10;
const window = 20;

/** Opens a friend with a data file at `path`. */
export async function openPairs(path: string, lookup: Lookup): Promise<Pairs> {
  const line = new Line();
  const friend = new Friend({
    ...{ transport: line, store: sqliteStore({ path, log: problemsOnly }), clock, random, log: problemsOnly },
    fatal: (error) => {
      throw error;
    },
  });
  friend
    .plug(lookup === 'product' ? relations() : instead(lookup))
    .plug(conversations())
    .plug(identity({ sha256, newUsers: new TokenBucket(1_000, 1_000, clock.now()) }))
    .plug(messages());
  await friend.start();
  const people: (readonly [Person, Person])[] = [];
  for (let index = 0; index < pairs; index += 1) people.push(await contacts(line, index, lookup));
  let turn = 0;

  return {
    async talk(ms) {
      const began = performance.now();
      const before = process.cpuUsage();
      const from = turn;
      const one = async (): Promise<void> => {
        while (performance.now() - began < ms) {
          const [speaker, hearer] = people[turn++ % pairs] ?? [];
          if (speaker === undefined || hearer === undefined) throw new RangeError('There is no pair.');
          await speaker.asks('message.send', { conversation: `user:${hearer.user}`, text });
        }
      };
      await Promise.all(Array.from({ length: window }, one));
      const { user, system } = process.cpuUsage(before);
      return { messages: turn - from, cpuMicros: (user + system) / (turn - from) };
    },
    close: () => friend.stop(),
  };
}

async function contacts(line: Line, index: number, lookup: Lookup): Promise<readonly [Person, Person]> {
  const [one, other] = [await Person.comes(line, index * 2), await Person.comes(line, index * 2 + 1)];
  if (lookup === 'product') {
    await one.asks('relation.ask', { user: other.user, kind: 'contact' });
    await other.asks('relation.accept', { user: one.user });
  }
  await one.asks('message.send', { conversation: `user:${other.user}`, text });
  return [one, other];
}

/** Stands in the place of the shipped relations: everything is granted. */
function instead(lookup: Lookup): Plugin {
  const [yes, no] = [() => true, () => false];
  const granted: Between = { may: yes, grants: yes, absent: false, limits: no, forbids: no };
  return {
    name: 'relations',
    install(host) {
      host.provide('relations', {
        async between(read, viewer, owner) {
          if (lookup === 'dear') for (let look = 0; look < 20; look += 1) await read.relations(`${viewer} ${owner}`, 9);
          return granted;
        },
        limited: async () => new Set(),
        handOver: async () => [],
      });
    },
  };
}
