import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Device, Stage } from '../../bin/contract-stage.ts';
import type { Store } from '../../core/store.ts';
import { memoryStore } from '../../stores/memory.ts';
import { sqliteStore } from '../../stores/sqlite.ts';
import { type CaseRow, caseIn, seatIn } from './case-row.ts';
import { supportOf } from './contract-desk.ts';

const capacity = 2;
const minute = 60_000;
const verbs = ['asks', 'asks', 'asks', 'answers', 'takes', 'robs', 'assigns', 'moves', 'snoozes', 'closes'] as const;
const more = ['reopens', 'leaves', 'comes', 'rests', 'works', 'time', 'long', 'restarts', 'both'] as const;

/** One thing that happens: who does it, and with whose conversation. */
const event = fc.record({ verb: fc.constantFrom(...verbs, ...more), by: fc.nat(2), of: fc.nat(4) });
type Happening = {
  readonly verb: (typeof verbs)[number] | (typeof more)[number];
  readonly by: number;
  readonly of: number;
};

/** A desk with three colleagues and five visitors, who stay the same over restarts. */
class Desk {
  readonly store: Store;
  #stage: Stage | undefined;
  colleagues: Device[] = [];
  visitors: Device[] = [];
  /** Visitors who have asked. */
  readonly asked = new Set<number>();
  #now = 0;

  constructor(store: Store) {
    this.store = store;
  }

  get stage(): Stage {
    if (this.#stage === undefined) throw new Error('The desk was not started.');
    return this.#stage;
  }

  async start(): Promise<void> {
    this.#stage = await Stage.open({
      store: this.store,
      desk: {
        capacity,
        queues: [
          { id: 'one', name: 'One' },
          { id: 'two', name: 'Two', assignment: 'round-robin' },
        ],
      },
    });
    this.stage.clock.advance(this.#now);
    const isFirst = this.colleagues.length === 0;
    const names = ['bob', 'eve', 'kim'];
    this.colleagues = [];
    for (const name of names) {
      this.colleagues.push(await (isFirst ? this.stage.colleague(name) : this.stage.person(name)));
    }
    this.visitors = [];
    for (const name of ['ann', 'dan', 'fay', 'gil', 'hal']) this.visitors.push(await this.stage.person(name));
    await this.settled();
  }

  async restart(): Promise<void> {
    this.#now = this.stage.clock.now() + 1;
    await this.stage.friend.stop();
    await this.start();
  }

  /** Everything that was begun has come to its end, also what the desk does by itself. */
  async settled(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      this.stage.clock.advance(1);
      await (this.visitors[0] ?? this.colleagues[0])?.quiet();
    }
  }

  async rows(): Promise<(CaseRow | undefined)[]> {
    const texts = this.visitors.map((visitor) => this.store.state('desk', 'case', supportOf(visitor)));
    return (await Promise.all(texts)).map((text) => (text === undefined ? undefined : caseIn(text)));
  }
}

async function happens(desk: Desk, { verb, by, of }: Happening): Promise<void> {
  const [device, other] = [desk.colleagues[by], desk.colleagues[(by + 1) % 3]] as [Device, Device];
  const visitor = desk.visitors[of] as Device;
  const conversation = supportOf(visitor);
  const wishes = (type: string, body: object = {}): Promise<unknown> =>
    device.answers(device.action(type, { conversation, ...body }));
  const assignee = (await desk.rows())[of]?.assignee;
  switch (verb) {
    case 'asks':
      desk.asked.add(of);
      return void (await visitor.says('support', 'Help'));
    case 'answers':
      return void (await device.says(conversation, 'Here'));
    case 'takes':
      return void (await wishes('desk.take'));
    case 'robs':
      return void (await wishes('desk.take', assignee === undefined ? {} : { from: assignee }));
    case 'assigns':
      return void (await wishes('desk.assign', { to: other.user }));
    case 'moves':
      return void (await wishes('desk.move', { queue: of % 2 === 0 ? 'one' : 'two' }));
    case 'snoozes':
      return void (await wishes('desk.snooze', { until: desk.stage.clock.now() + 5 * minute }));
    case 'closes':
      return void (await wishes('desk.close'));
    case 'reopens':
      return void (await wishes('desk.reopen'));
    case 'rests':
    case 'works':
      return void (await device.answers(device.action('desk.available', { available: verb === 'works' })));
    case 'leaves':
      return device.leave();
    case 'comes':
      return void (await device.open());
    case 'time':
      return desk.stage.clock.advance(minute);
    case 'long':
      return desk.stage.clock.advance(11 * minute);
    case 'restarts':
      return desk.restart();
    case 'both':
      return void (await Promise.all([
        wishes('desk.take'),
        other.answers(other.action('desk.take', { conversation })),
        visitor.says('support', 'Anybody?'),
      ]).then(() => desk.asked.add(of)));
    default:
      return verb satisfies never;
  }
}

/** Who has it by his own or another's hand may have more than the desk would give him. */
const byHand: readonly string[] = ['answers', 'takes', 'robs', 'reopens', 'both', 'long', 'time'];

async function holds(desk: Desk, before: readonly (CaseRow | undefined)[], { verb }: Happening): Promise<void> {
  const rows = await desk.rows();
  const seats = await Promise.all(desk.colleagues.map(({ user }) => desk.store.state('desk', 'seat', user)));
  const has = seats.map((text) => seatIn(text).has);
  const open = ['waiting', 'assigned', 'snoozed', 'away', 'bot', 'closed'];
  for (const of of desk.asked) expect(open).toContain(rows[of]?.state);
  for (const [index, { user }] of desk.colleagues.entries()) {
    const assigned = rows.flatMap((row) =>
      row?.state === 'assigned' && row.assignee === user ? row.conversation : [],
    );
    // Nobody has what another has, and what he has is what is said to be his.
    expect([...(has[index] ?? [])].toSorted()).toEqual(assigned.toSorted());
    const had = before.filter((row) => row?.state === 'assigned' && row.assignee === user).length;
    const given = rows.filter(
      (row, of) => row?.assignee === user && row.state === 'assigned' && before[of]?.state === 'waiting',
    );
    if (given.length > 0 && !byHand.includes(verb))
      expect(assigned.length).toBeLessThanOrEqual(Math.max(capacity, had));
  }
  for (const row of rows) {
    if (row === undefined) continue;
    expect(row.state === 'assigned' || row.state === 'snoozed').toBe(row.assignee !== undefined);
    expect(row.state === 'waiting').toBe(row.turn !== undefined);
  }
}

/** Those whom a free colleague could have do not wait. */
async function nobodyIsForgotten(desk: Desk): Promise<void> {
  for (const colleague of desk.colleagues) {
    await colleague.open();
    await colleague.answers(colleague.action('desk.available', { available: true }));
  }
  for (const row of await desk.rows()) {
    if (row === undefined || row.state === 'closed') continue;
    const [bob] = desk.colleagues as [Device];
    await bob.answers(bob.action('desk.close', { conversation: row.conversation }));
  }
  for (const visitor of desk.visitors) await visitor.says('support', 'Once more');
  await desk.settled();
  await desk.settled();
  const rows = await desk.rows();
  expect(rows.map((row) => row?.state)).toEqual(desk.visitors.map(() => 'assigned'));
  const has = await Promise.all(
    desk.colleagues.map(async ({ user }) => seatIn(await desk.store.state('desk', 'seat', user)).has),
  );
  expect(Math.max(...has.map(({ length }) => length))).toBeLessThanOrEqual(capacity);
}

const stores: readonly [name: string, make: () => Store, runs: number][] = [
  ['memory', memoryStore, 60],
  ['SQLite', () => sqliteStore({ path: ':memory:' }), 10],
];

test.each(stores)(
  'loses no case, gives none to two, and nobody more than he may have, whatever happens: %s',
  async (name, make, numRuns) => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), async (happenings) => {
        const desk = new Desk(make());
        await desk.start();

        // What SQLite keeps in memory ends with the friend.
        for (const happening of happenings.filter(({ verb }) => name === 'memory' || verb !== 'restarts')) {
          const before = await desk.rows();
          await happens(desk, happening);
          await desk.settled();
          await holds(desk, before, happening);
        }

        await nobodyIsForgotten(desk);
      }),
      { numRuns },
    );
  },
  120_000,
);
