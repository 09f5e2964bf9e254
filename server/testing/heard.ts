import { Extras } from '../../protocol/extras.ts';
import { type Fact, readFact } from '../../protocol/facts.ts';
import { readFrame } from '../../protocol/frame.ts';

/** A message as somebody heard it. */
export interface Message {
  readonly conversation: string;
  readonly seq: number;
  readonly text: string;
  /** The user who said it; `friend` for a reaction's own words. */
  readonly by: string;
  readonly at: number;
  readonly extras: Extras;
}

/** What is waited for: the whole text, a pattern, a part of the message, or whatever a function says. */
export type Expected = string | RegExp | Partial<Omit<Message, 'extras'>> | ((message: Message) => boolean);

/** Whether a message is what was expected. */
export function fits(message: Message, expected: Expected): boolean {
  if (typeof expected === 'string') return message.text === expected;
  if (expected instanceof RegExp)
    return new RegExp(expected.source, expected.flags.replace('g', '')).test(message.text);
  if (typeof expected === 'function') return expected(message);
  return Object.entries(expected).every(([key, value]) => message[key as keyof Message] === value);
}

/** What is expected, in words. */
export function said(expected: Expected): string {
  if (typeof expected === 'string') return `“${expected}”`;
  if (expected instanceof RegExp) return `${expected}`;
  if (typeof expected === 'function') return `a message that fits ${expected.name || 'a function'}`;
  return JSON.stringify(expected);
}

/** Facts that are kept for each person; the oldest go first. */
const limit = 5_000;

interface Arrival {
  readonly fact: Fact;
  /** It was told when it happened; otherwise it was read later, as history. */
  readonly isNews: boolean;
  isTaken: boolean;
  /** He has looked at the screen that shows it. */
  isSeen: boolean;
}

/** All that one person was told, in the order in which it came; each fact of a log once. */
export class Hearing {
  #arrivals: Arrival[] = [];
  readonly #known = new Set<string>();

  /** Takes a frame as it arrived. */
  take(json: string): void {
    const read = readFrame(json);
    const events = read.ok ? read.frame.events : [];
    const facts = events.flatMap((event) => {
      const fact = readFact(event);
      return fact === undefined ? [] : ['known' in fact ? (fact.known as Fact) : fact.unknown];
    });
    const isPage = facts.some(({ type }) => type === 'conversation.opened' || type === 'log.paged');
    for (const fact of facts) this.#add(fact, !isPage);
    if (this.#arrivals.length > limit * 1.25) this.#arrivals = this.#arrivals.slice(-limit);
  }

  get facts(): readonly Fact[] {
    return this.#arrivals.map(({ fact }) => fact);
  }

  /** All messages that came, without those by `me`. */
  messages(me: string | undefined): readonly Message[] {
    return this.facts.flatMap((fact) => messageOf(fact, me) ?? []);
  }

  /** The first message that fits and was not taken yet; it is taken then. */
  message(expected: Expected, me: string | undefined): Message | undefined {
    for (const arrival of this.#arrivals) {
      const message = arrival.isTaken ? undefined : messageOf(arrival.fact, me);
      if (message === undefined || !fits(message, expected)) continue;
      arrival.isTaken = true;
      return message;
    }
    return undefined;
  }

  /** News that came after what was taken last, and was neither taken nor seen. */
  untaken(me: string | undefined): readonly Message[] {
    const last = this.#arrivals.findLastIndex(({ isTaken }) => isTaken);
    const newer = this.#arrivals.slice(last + 1).filter(({ isNews, isSeen }) => isNews && !isSeen);
    return newer.flatMap(({ fact }) => messageOf(fact, me) ?? []);
  }

  /** He has seen all that one conversation shows. */
  saw(conversation: string): void {
    for (const arrival of this.#arrivals) if (arrival.fact.log === conversation) arrival.isSeen = true;
  }

  /** The first fact of a type that fits and was not taken yet; it is taken then. */
  fact(type: string, test: (fact: Fact) => boolean): Fact | undefined {
    const found = this.#arrivals.find(({ fact, isTaken }) => !isTaken && fact.type === type && test(fact));
    if (found !== undefined) found.isTaken = true;
    return found?.fact;
  }

  #add(fact: Fact, isNews: boolean): void {
    const key = `${fact.log} ${fact.seq}`;
    if (fact.log !== undefined && fact.seq !== undefined) {
      if (this.#known.has(key)) return;
      this.#known.add(key);
    }
    this.#arrivals.push({ fact, isNews, isTaken: false, isSeen: false });
  }
}

/** Undefined where the fact is no message, or is by `me`. */
function messageOf({ type, log, seq, by = '', at, body }: Fact, me: string | undefined): Message | undefined {
  if (type !== 'message.sent' || log === undefined || seq === undefined || by === me) return undefined;
  const { text, extras } = body as { readonly text: string; readonly extras?: unknown };
  return { conversation: log, seq, text, by, at, extras: Extras.read(extras ?? {}) ?? {} };
}
