import type { Person, Told } from '../growth/line.ts';

/** How long something took, milliseconds. */
export interface Took {
  readonly wall: number;
  /** Processor time that this process used meanwhile, for whomever: what other work on the machine changes least. */
  readonly cpu: number;
}

/** What somebody waited for after a message, from sending. */
export interface Turn {
  /** Until the ✓: it is on disk. */
  readonly stored: Took;
  /** Until the site's logic has answered. */
  readonly answered: Took;
}

/** How long an answer may take, milliseconds. */
const patience = 20_000;

/** Somebody who asks for support, and counts what comes of it. */
export class Visitor {
  /** Messages that were answered with their own fact. */
  ticks = 0;
  /** Answers of the site's logic. */
  answers = 0;
  readonly #person: Person;
  #heard: (() => void) | undefined;

  constructor(person: Person) {
    this.#person = person;
    person.onTold = (fact) => this.#hears(fact);
  }

  get user(): string {
    return this.#person.user;
  }

  /** Resolves with how long the ✓ took. @throws Error where the message is refused */
  async says(text: string): Promise<Took> {
    const took = watch();
    await this.asks('message.send', { conversation: 'support', text });
    this.ticks += 1;
    return took();
  }

  /** Sends any action. @throws Error where it is refused */
  async asks(type: string, body: unknown): Promise<void> {
    await this.#person.asks(type, body);
  }

  /** Resolves once the logic has answered. @throws Error where it does not within 20 s */
  async turn(text: string): Promise<Turn> {
    const took = watch();
    const { promise, resolve, reject } = Promise.withResolvers<Took>();
    const timer = setTimeout(() => reject(new Error(`Nothing answered “${text}”.`)), patience);
    this.#heard = () => resolve(took());
    // One wait for both: an answer that fails first would be a rejection that nobody handles.
    const [stored, answered] = await Promise.all([this.says(text), promise]);
    clearTimeout(timer);
    this.answers += 1;
    return { stored, answered };
  }

  #hears({ type, by }: Told): void {
    if (type === 'message.sent' && by !== this.user) this.#heard?.();
  }
}

/** Begins to measure. */
function watch(): () => Took {
  const sent = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - sent, cpu: (user + system) / 1_000 };
  };
}

/** The value that `share` of all are not above; NaN where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Resolves after `ms`. */
export function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
