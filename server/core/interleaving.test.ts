import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action } from '../../protocol/actions.ts';
import { type Device, Stage, textsOf } from '../bin/contract-stage.ts';

const names = ['ann', 'bob', 'eve'] as const;
const rooms = ['room:one', 'room:two'] as const;

type Step =
  | { readonly do: 'send'; readonly who: number; readonly room: number; readonly linked: boolean }
  | { readonly do: 'repeat'; readonly who: number; readonly pick: number }
  | { readonly do: 'drop'; readonly who: number }
  | { readonly do: 'turn' };

const who = fc.nat({ max: names.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send'), who, room: fc.nat({ max: 1 }), linked: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('repeat'), who, pick: fc.nat({ max: 99 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop'), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('turn') }) },
);

/** A person who writes through whatever connection he has, and counts what he sent through it. */
interface Writer {
  device: Device;
  readonly sent: Action[];
  /** Arrivals of each action through the connection he has now. */
  arrivals: Map<string, number>;
  /** What arrived through a connection before. */
  readonly earlier: Set<string>;
}

class Run {
  readonly stage: Stage;
  readonly writers: Writer[] = [];
  #connections = 0;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  async begin(): Promise<void> {
    for (const name of names) {
      const device = await this.stage.person(name);
      for (const conversation of rooms) await device.ask('conversation.open', { conversation });
      this.writers.push({ device, sent: [], arrivals: new Map(), earlier: new Set() });
    }
  }

  async take(next: Step): Promise<void> {
    if (next.do === 'turn') return new Promise((resolve) => setImmediate(resolve));
    const writer = this.writers[next.who];
    if (writer === undefined) return;
    if (next.do === 'drop') return this.#drop(writer);
    const action = next.do === 'send' ? this.#fresh(writer, next) : writer.sent[next.pick % (writer.sent.length || 1)];
    if (action !== undefined) this.#send(writer, action);
  }

  /** Sends everything once more: whatever was lost is stored now, whatever was stored is answered. */
  async finish(): Promise<void> {
    for (let pass = 0; pass < 2; pass += 1) {
      for (const writer of this.writers) for (const action of writer.sent) this.#send(writer, action);
      for (let rounds = 0; rounds < 100 && this.#isOpen(); rounds += 1) await this.writers[0]?.device.quiet();
      await this.writers[0]?.device.quiet();
    }
  }

  #isOpen(): boolean {
    return this.writers.some(({ device, arrivals }) =>
      [...arrivals].some(([id, count]) => answersOf(device, id) < count),
    );
  }

  #fresh(writer: Writer, { room, linked }: { room: number; linked: boolean }): Action {
    const conversation = rooms[room] ?? rooms[0];
    const after = linked ? writer.sent.at(-1)?.id : undefined;
    const action = writer.device.message(conversation, `${writer.sent.length}`, after);
    writer.sent.push(action);
    return action;
  }

  #send(writer: Writer, action: Action): void {
    writer.arrivals.set(action.id, (writer.arrivals.get(action.id) ?? 0) + 1);
    writer.device.send(action);
  }

  async #drop(writer: Writer): Promise<void> {
    writer.device.leave();
    writer.device = await this.stage.person(`again${this.#connections++}`, writer.device.secret);
    for (const id of writer.arrivals.keys()) writer.earlier.add(id);
    writer.arrivals = new Map();
    for (const conversation of rooms) await writer.device.ask('conversation.open', { conversation });
  }
}

test('stores every message once and gapless, in one order for all, and answers every arrival once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.constantFrom(1, 3, 64), async (steps, batch) => {
      const run = new Run(await Stage.open({ batch }));
      await run.begin();

      for (const next of steps) await run.take(next);
      await run.finish();

      const stored = (await Promise.all(rooms.map((room) => factsOf(run.stage, room)))).flat();
      const messages = stored.filter(({ type }) => type === 'message.sent').map(({ action }) => action);
      expect([...messages].sort()).toEqual(run.writers.flatMap(({ sent }) => sent.map(({ id }) => id)).sort());
      for (const { device, arrivals, earlier } of run.writers) {
        for (const [id, count] of arrivals) {
          // What an earlier connection sent may be stored only now: its one answer comes to the new one, too.
          const most = earlier.has(id) ? count + 1 : count;
          expect(answersOf(device, id)).toBeGreaterThanOrEqual(count);
          expect(answersOf(device, id)).toBeLessThanOrEqual(most);
        }
      }
      await run.stage.friend.stop();
    }),
    { numRuns: 60 },
  );
});

test('tells every reader the stored order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const run = new Run(await Stage.open());
      await run.begin();

      for (const next of steps) await run.take(next);
      await run.finish();

      for (const { device } of run.writers) {
        for (const room of rooms) {
          const stored = await factsOf(run.stage, room);
          const told = new Map(device.facts(logOf(room)).map((fact) => [fact.seq, textsOf([fact])[0]]));
          const expected = stored
            .filter(({ seq }) => told.has(seq))
            .map(({ seq, type, body }) => [seq, textOf(type, body)]);
          expect([...told].sort(([one = 0], [other = 0]) => one - other)).toEqual(expected);
          expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
        }
      }
      await run.stage.friend.stop();
    }),
    { numRuns: 40 },
  );
});

function logOf(room: string): string {
  return `c_room_${room.slice(5)}`;
}

function factsOf(stage: Stage, room: string) {
  return stage.store.page({ log: logOf(room), limit: 1_000 });
}

function textOf(type: string, body: string): string | undefined {
  return type === 'message.sent' ? (JSON.parse(body) as { text: string }).text : undefined;
}

/** Answers that came live; what a page brings once more is not counted, it follows the page's head. */
function answersOf(device: Device, id: string): number {
  return device.answered.filter((re) => re === id).length;
}
