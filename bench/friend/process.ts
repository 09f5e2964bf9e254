import { composeFriend } from '../../server/bin/compose.ts';
import { clock, random, sha256 } from '../../server/bin/platform.ts';
import type { Friend } from '../../server/core/friend.ts';
import type { RelationSlots } from '../../server/core/relation-kinds.ts';
import { sqliteStore } from '../../server/stores/sqlite.ts';
import { componentTransport } from '../../server/transports/component.ts';
import { answerParent, cpuMicros } from '../child.ts';
import { problemsOnly } from '../problems-only.ts';

/**
 * The friend as production runs it, in a process of its own: component, SQLite file with `synchronous=FULL`, the
 * shipped plugins. Only the rate limits are left out, because one client here sends what a thousand people would.
 */
interface FriendRequest {
  readonly service: string;
  readonly domain: string;
  readonly secret: string;
  /** The data file. */
  readonly path: string;
  /** Kinds of relations in place of the shipped ones. */
  readonly relations?: RelationSlots;
}

let friend: Friend | undefined;

async function connect({ path, relations, ...link }: FriendRequest): Promise<void> {
  const started = composeFriend({
    transport: componentTransport({ ...link, clock, random, log: problemsOnly }),
    store: sqliteStore({ path, log: problemsOnly }),
    ...{ clock, random, sha256, log: problemsOnly },
    ...(relations === undefined ? {} : { relations }),
    newUsers: { perSecond: 1_000, burst: 1_000 },
    fatal: (error) => {
      console.error('error: the outcome of a commit is unknown', error);
      process.exit(74);
    },
  });
  await started.start();
  while (started.status.link.state !== 'up') await new Promise((resolve) => setTimeout(resolve, 20));
  friend = started;
}

async function stop(): Promise<{ commits: number; facts: number } | undefined> {
  const running = friend;
  friend = undefined;
  await running?.stop();
  return running?.status.store;
}

const calls = { connect, cpu: () => cpuMicros(), stop };

/** What the friend's process can be asked. */
export type FriendCalls = typeof calls;

answerParent(calls, async () => void (await stop()));
