import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../../protocol/ids.ts';
import { clock, random } from '../../server/bin/platform.ts';
import type { Transport, TransportEvents } from '../../server/core/ports.ts';

/** A fact as a person hears it. */
export interface Told {
  readonly type: string;
  readonly re?: string;
  readonly by?: string;
  readonly body: { readonly code?: string; readonly text?: string; readonly user?: { readonly id: string } };
}

/** A transport without any server: what the friend sends goes to the person at once, what a person sends comes a turn later. */
export class Line implements Transport {
  readonly address = 'friend.localhost';
  readonly people = new Map<string, Person>();
  #events: TransportEvents | undefined;

  start(events: TransportEvents): void {
    this.#events = events;
    events.link({ state: 'up' });
  }

  send(to: string, json: string): boolean {
    this.people.get(to)?.hears(json);
    return true;
  }

  takes(from: string, json: string): void {
    setImmediate(() => this.#events?.frame(from, json));
  }

  sendStanza(): boolean {
    return false;
  }

  async stop(): Promise<void> {
    this.#events = undefined;
  }
}

/** One connection that waits for its answers. */
export class Person {
  user = '';
  /** Is given what answers nothing that this person has asked. */
  onTold: ((fact: Told) => void) | undefined;
  readonly #line: Line;
  readonly #jid: string;
  readonly #waiting = new Map<string, (fact: Told) => void>();

  private constructor(line: Line, index: number) {
    this.#line = line;
    this.#jid = `p${index}@visitors.localhost/tab`;
    line.people.set(this.#jid, this);
  }

  static async comes(line: Line, index: number): Promise<Person> {
    const person = new Person(line, index);
    const secret = randomBytes(32).toString('base64url');
    const { body } = await person.asks('connection.open', { versions: [1], secret });
    person.user = body.user?.id ?? '';
    return person;
  }

  /** @throws Error where it is refused */
  async asks(type: string, body: unknown): Promise<Told> {
    const id = uuidv7(clock.now(), random.bytes(10));
    const answer = new Promise<Told>((resolve) => this.#waiting.set(id, resolve));
    this.#line.takes(this.#jid, JSON.stringify({ v: 1, events: [{ id, type, at: clock.now(), body }] }));
    const fact = await answer;
    if (fact.type === 'error') throw new Error(`${type} was refused: ${fact.body.code}`);
    return fact;
  }

  hears(json: string): void {
    const { events } = JSON.parse(json) as { readonly events: readonly Told[] };
    for (const fact of events) {
      const resolve = fact.re === undefined ? undefined : this.#waiting.get(fact.re);
      if (resolve === undefined || fact.re === undefined) {
        this.onTold?.(fact);
        continue;
      }
      this.#waiting.delete(fact.re);
      resolve(fact);
    }
  }
}
