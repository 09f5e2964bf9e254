import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { frameOf, readFrame, toJson } from '../../protocol/frame.ts';
import { isLater } from '../../protocol/later.ts';
import { composeFriend } from '../../server/bin/compose.ts';
import type { Friend } from '../../server/core/friend.ts';
import type { Clock, Log, Transport, TransportEvents } from '../../server/core/ports.ts';
import type { Outcome, Store, Unit } from '../../server/core/store.ts';
import { memoryStore } from '../../server/stores/memory.ts';
import { chanceOf, idOf } from './chance.ts';
import { check, type Verdict, type Violation } from './checker.ts';
import type { Seen, Sent } from './history.ts';

/** What happens to actions and answers between people and two friends on one store. */
interface Schedule {
  readonly seed: number;
  readonly people: number;
  readonly messages: number;
  readonly rooms: number;
  /** An action that arrives, arrives up to this often. */
  readonly repeats: number;
  /** It is overtaken by up to this many others. */
  readonly reorder: number;
  /** Share of actions, and of answers, that never arrive. */
  readonly drop: number;
}

const schedules = fc.record<Schedule>({
  seed: fc.integer({ min: 1 }),
  people: fc.integer({ min: 1, max: 3 }),
  messages: fc.integer({ min: 1, max: 6 }),
  rooms: fc.integer({ min: 1, max: 2 }),
  repeats: fc.integer({ min: 1, max: 5 }),
  reorder: fc.integer({ min: 0, max: 20 }),
  drop: fc.constantFrom(0, 0.1, 0.2),
});

/** Rounds of sending again; the later ones lose nothing, so that every schedule comes to an end. */
const rounds = { lossy: 6, all: 40 };

const runs = Number(process.env.FAULT_SCHEDULES ?? 60);
const totals = { schedules: 0, deliveries: 0, operations: 0, answered: 0 };

test('stores once, in each sender’s order, whatever is repeated, overtaken or lost between two friends', async () => {
  const holds = fc.asyncProperty(schedules, async (schedule) => {
    const verdict = await judged(schedule);
    if (verdict.examples.length > 0) throw new Error(verdict.examples.join('\n'));
    totals.schedules += 1;
  });

  await fc.assert(holds, { numRuns: runs });

  expect(totals.schedules).toBe(runs);
}, 600_000);

type Spoil = (unit: Unit, store: Store) => Unit | Outcome | undefined;

/** Stores that break their promise, and what the model has to see of it. */
const planted: Readonly<Record<string, { readonly violation: Violation; readonly spoil: Spoil }>> = {
  'forgets what it has stored': { violation: 'doubled', spoil: ({ device: _, after: __, ...unit }) => unit },
  'forgets what comes first': { violation: 'orderDifferences', spoil: ({ after: _, ...unit }) => unit },
  'answers without storing': {
    violation: 'falseChecks',
    spoil: (unit, store) =>
      unit.appends.length === 1
        ? { kind: 'stored', appended: [{ seq: store.stats().facts + 1, audienced: false }] }
        : undefined,
  },
};

test.each(Object.entries(planted))(
  'finds a store that %s',
  async (name, { violation, spoil }) => {
    const holds = fc.asyncProperty(schedules, async (schedule) => {
      const verdict = await judged(schedule, spoil).catch(() => undefined);
      return verdict === undefined || verdict[violation] === 0;
    });

    const { failed } = await fc.check(holds, { numRuns: 200, endOnFailure: true });

    expect(failed).toBe(true);
    found.push(name);
  },
  120_000,
);

const found: string[] = [];

test('every planted store was found', () => {
  const { FAULT_REPORT: report } = process.env;
  if (report !== undefined)
    writeFileSync(report, JSON.stringify({ ...totals, planted: Object.keys(planted).length, found }));

  expect(found).toEqual(Object.keys(planted));
});

/** Carries a schedule out and compares what everybody was told with the store. */
async function judged(schedule: Schedule, plant?: Spoil): Promise<Verdict> {
  const chance = chanceOf(schedule.seed);
  const store = memoryStore();
  const shared = slow(store, chance, plant);
  const people = Array.from({ length: schedule.people }, (_, index) => new Person(`v${index}`, schedule));
  const told = (to: string, json: string): void => {
    if (chance() >= lossOf(schedule, round)) people.find(({ jid }) => jid === to)?.take(json);
  };
  let round = 0;
  const friends = [new FriendInMemory(shared, told), new FriendInMemory(shared, told)];
  for (const friend of friends) await friend.start();
  for (; round < rounds.all && people.some((person) => person.open.length > 0); round += 1) {
    const deliveries = people.flatMap((person) =>
      [person.opening(), ...person.open].map((action, index) => ({ person, action, index })),
    );
    const arriving = deliveries.flatMap(({ person, action, index }) =>
      Array.from({ length: 1 + Math.floor(chance() * schedule.repeats) }, () => {
        const place = index === 0 ? 0 : index + Math.floor(chance() * (schedule.reorder + 1));
        return { person, action, place, lost: index > 0 && chance() < lossOf(schedule, round) };
      }),
    );
    for (const { person, action, place, lost } of arriving.sort((one, other) => one.place - other.place)) {
      if (lost) continue;
      totals.deliveries += 1;
      const [one, other] = friends;
      if (place === 0) for (const friend of friends) friend.hear(person.jid, action);
      else (chance() < 0.5 ? one : other)?.hear(person.jid, action);
      if (chance() < 0.3) await turn();
    }
    for (let quiet = 0; quiet < 12; quiet += 1) await turn();
  }
  const verdict = await verdictOf(people, store);
  await Promise.all(friends.map((friend) => friend.stop()));
  return verdict;
}

function lossOf({ drop }: Schedule, round: number): number {
  return round < rounds.lossy ? drop : 0;
}

async function verdictOf(people: readonly Person[], store: Store): Promise<Verdict> {
  const ids = [...new Set(people.flatMap(({ sent }) => sent.map(({ log }) => log)))];
  const facts = (await Promise.all(ids.map((log) => store.page({ log, limit: 1_000 })))).flat();
  const heads = await Promise.all(ids.map((log) => store.log(log)));
  const sent = people.flatMap((person) => person.sent);
  totals.operations += sent.length;
  totals.answered += sent.filter(({ answeredAt }) => answeredAt !== undefined).length;
  const stored = facts
    .filter(({ type }) => type === 'message.sent')
    .map(({ log, seq, action, body }) => ({ log, seq, action, text: (JSON.parse(body) as { text: string }).text }));
  const begun = facts.filter(({ type }) => type === 'conversation.created').map(({ log }) => log);
  const twice = begun.length - new Set(begun).size;
  const verdict = check({
    ...{ sent, stored, seen: people.flatMap((person) => person.seen(stored)) },
    logs: heads.flatMap((row) => {
      const seqs = facts.filter(({ log }) => log === row?.id).map(({ seq }) => seq);
      return row === undefined ? [] : [{ log: row.id, lastSeq: row.lastSeq, seqs }];
    }),
  });
  const open = people.flatMap((person) => person.open.map(({ id }) => `never answered: ${id}`));
  const examples = [...verdict.examples, ...open, ...(twice > 0 ? [`${twice} conversations began twice`] : [])];
  return { ...verdict, lost: verdict.lost + open.length, doubled: verdict.doubled + twice, examples };
}

interface Message extends Sent {
  readonly action: { readonly id: string; readonly type: string; readonly at: number; readonly body: object };
}

/** One device that sends again what was not answered, each message naming its unanswered predecessor. */
class Person {
  readonly jid: string;
  readonly sent: readonly Message[];
  readonly #secret: string;
  readonly #told = new Map<string, string>();

  constructor(name: string, { messages, rooms }: Schedule) {
    this.jid = `${name}@visitors.example.com/tab`;
    this.#secret = createHash('sha256').update(name).digest('base64url');
    this.sent = Array.from({ length: messages }, (_, index) => {
      const id = idOf(`${name} ${index}`);
      const text = `${name}-${index}`;
      const room = `r${index % rooms}`;
      const action = { id, type: 'message.send', at: 1, body: { conversation: `room:${room}`, text } };
      return { id, text, action, sender: name, log: `c_room_${room}`, at: index };
    });
  }

  opening(): { readonly id: string } {
    return {
      id: idOf(`${this.jid} opens`),
      ...{ type: 'connection.open', at: 1, body: { versions: [1], secret: this.#secret } },
    };
  }

  get open(): readonly { readonly id: string }[] {
    const waiting = this.sent.filter(({ answeredAt, refused }) => answeredAt === undefined && refused === undefined);
    return waiting.map(({ action, log }, index) => {
      const before = waiting.slice(0, index).findLast((other) => other.log === log);
      return before === undefined ? action : { ...action, after: before.action.id };
    });
  }

  take(json: string): void {
    const read = readFrame(json);
    if (!read.ok) throw new Error(read.code);
    for (const fact of read.frame.events as AnyFact[]) {
      const own = this.sent.find(({ id }) => id === fact.re);
      if (fact.type === 'error' && own !== undefined && !isLater(fact.body.code)) own.refused = fact.body.code;
      if (fact.type !== 'message.sent') continue;
      if (own !== undefined) own.answeredAt ??= 1;
      this.#told.set(`${fact.log} ${fact.seq}`, fact.body.text);
    }
  }

  /** What it was told, by seq; what it was not told it would fetch, as the store has it. */
  seen(stored: readonly { readonly log: string; readonly seq: number; readonly text: string }[]): Seen[] {
    return [...new Set(this.sent.map(({ log }) => log))].map((log) => {
      const bySeq = new Map(stored.filter((row) => row.log === log).map(({ seq, text }) => [seq, text]));
      for (const [key, text] of this.#told) if (key.startsWith(`${log} `)) bySeq.set(Number(key.split(' ')[1]), text);
      return { reader: this.jid, log, texts: [...bySeq].sort(([one], [other]) => one - other).map(([, text]) => text) };
    });
  }
}

/** One friend's process: rules, caches and queues of its own, on a store that it shares. */
class FriendInMemory {
  readonly #friend: Friend;
  #events: TransportEvents | undefined;

  constructor(store: Store, told: (to: string, json: string) => void) {
    const transport: Transport = {
      address: 'friend.example.com',
      start: (events) => {
        this.#events = events;
        events.link({ state: 'up' });
      },
      send: (to, json) => {
        told(to, json);
        return true;
      },
      sendStanza: () => false,
      stop: async () => undefined,
    };
    const newUsers = { perSecond: 1_000, burst: 1_000 };
    const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
    const fatal = (error: unknown): never => {
      throw error;
    };
    this.#friend = composeFriend({ transport, store, clock, random, log, sha256, fatal, newUsers });
  }

  start(): Promise<void> {
    return this.#friend.start();
  }

  hear(from: string, action: object): void {
    this.#events?.frame(from, frameOf([toJson(action)]));
  }

  stop(): Promise<void> {
    return this.#friend.stop();
  }
}

/** Time stands still, so that a schedule is the same at every run. */
const clock: Clock = {
  now: () => 1_800_000_000_000,
  after: () => () => undefined,
  defer: (task) => void setImmediate(task),
};
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const sha256 = (text: string): Promise<string> => Promise.resolve(createHash('sha256').update(text).digest('hex'));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same store with pauses of chance before each call, as between two processes; `plant` spoils its commits. */
function slow(store: Store, chance: () => number, plant: Spoil = (unit) => unit): Store {
  const commit: Store['commit'] = async (units, cursors) => {
    const outcomes: Outcome[] = [];
    for (const unit of units) {
      const planned = unit.device === undefined ? unit : (plant(unit, store) ?? unit);
      if ('kind' in planned) outcomes.push(planned);
      else outcomes.push(...(await store.commit([planned], [])));
    }
    await store.commit([], cursors);
    return outcomes;
  };
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const call = name === 'commit' ? commit : target[name];
      if (name === 'stats') return call;
      return async (...words: unknown[]) => {
        for (let pause = Math.floor(chance() * 4); pause > 0; pause -= 1) await Promise.resolve();
        if (chance() < 0.1) await turn();
        return (call as (...words: unknown[]) => unknown)(...words);
      };
    },
  });
}
