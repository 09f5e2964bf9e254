import type { AnyAction } from '../../protocol/actions.ts';
import type { AnyFact, Facts, FactType, Head } from '../../protocol/facts.ts';
import { frameOf, toJson } from '../../protocol/frame.ts';
import type { Ended, Keep, Random, StreamEvents, Transport } from './ports.ts';

/** The friend as a test plays it: takes what the widget sends, and says what the test wants said. */
export class StagedFriend {
  /** How often it was dialled. */
  dials = 0;
  /** Frames that arrived on the stream that is up, each as its events. */
  readonly frames: (readonly AnyAction[])[] = [];
  /** How often the XMPP server was asked for a sign of life, and whether it gives one. */
  pings = 0;
  answersPings = true;
  #events: StreamEvents | undefined;
  #up = false;

  readonly transport: Transport = {
    open: (events) => {
      this.dials += 1;
      this.#events = events;
    },
    send: (json) => {
      if (!this.#up) return false;
      this.frames.push((JSON.parse(json) as { events: AnyAction[] }).events);
      return true;
    },
    ping: () => {
      this.pings += 1;
      return this.answersPings ? Promise.resolve() : new Promise(() => undefined);
    },
    close: async () => this.ends('lost'),
  };

  /** Everything that arrived since the last `forget`, in order. */
  get actions(): readonly AnyAction[] {
    return this.frames.flat();
  }

  get types(): readonly string[] {
    return this.actions.map(({ type }) => type);
  }

  /** The newest action of a type. @throws Error where none has come */
  last<T extends AnyAction['type']>(type: T): Extract<AnyAction, { type: T }> {
    const found = this.actions.findLast((action) => action.type === type);
    if (found === undefined) throw new Error(`no ${type} has come, only ${this.types.join(', ')}`);
    return found as Extract<AnyAction, { type: T }>;
  }

  forget(): void {
    this.frames.length = 0;
  }

  /** Lets the stream come up. */
  up(): void {
    this.#up = true;
    this.#events?.up();
  }

  ends(ended: Ended): void {
    this.#up = false;
    const events = this.#events;
    this.#events = undefined;
    events?.down(ended);
  }

  bounces(): void {
    this.#events?.bounced();
  }

  /** Sends one frame. */
  tells(...facts: readonly object[]): void {
    this.#events?.frame(frameOf(facts.map(toJson)));
  }

  /** Comes up and answers the opening. */
  async welcomes(): Promise<void> {
    this.up();
    await tick();
    const { id } = this.last('connection.open');
    this.tells(fact('connection.opened', { version: 1, user: person('u_me'), now: 0 }, id));
    await tick();
  }

  /** Refuses an action. */
  refuses(re: string, code: string, retryAfter?: number): void {
    const body = { code, advice: '', ...(retryAfter === undefined ? {} : { retryAfter }) };
    this.tells(fact('error', body, re));
  }
}

/** What was begun in this tick has left: frames, and the dialling after a closing. */
export async function tick(): Promise<void> {
  for (let task = 0; task < 4; task += 1) await Promise.resolve();
}

/** A passing fact; with `re`, an answer. */
export function fact<T extends FactType>(type: T, body: Facts[T], re?: string): AnyFact {
  return { type, at: 1, body, ...(re === undefined ? {} : { re }) } as AnyFact;
}

/** A stored message. `prev` is the seq before it where the test says nothing else. */
export function message(seq: number, more: Partial<AnyFact> = {}): AnyFact {
  const plain = { type: 'message.sent', at: seq, by: 'u_bob', log: 'c_1', seq, prev: seq - 1 };
  return { ...plain, body: { text: `text ${seq}` }, ...more } as AnyFact;
}

/** The head of the conversation `c_1`, whose newest fact is `last`. */
export function head(last: number, more: Partial<Head> = {}): Head {
  return { id: 'c_1', kind: 'group', last, read: 0, unread: 0, at: last, member: true, people: [], marks: [], ...more };
}

/** A page in one frame: its head, and the facts behind it. */
export function openedPage(
  page: Partial<Facts['conversation.opened']['page']> & { readonly to: number },
  facts: readonly AnyFact[] = [],
  more: { readonly re?: string; readonly head?: Partial<Head> } = {},
): AnyFact[] {
  const whole = { after: 0, more: false, snapshot: true, ...page };
  const body = { conversation: head(page.to, more.head), page: whole, people: [] };
  return [fact('conversation.opened', body, more.re), ...facts];
}

/** A visitor whose name is what follows `u_` in his id. */
export function person(id: string): { id: string; name: string; kind: 'visitor'; verified: boolean } {
  return { id, name: id.slice(2), kind: 'visitor', verified: false };
}

/** Keeps in memory, and shows what was kept. */
export function keepIn(kept: Map<string, string>): Keep {
  return {
    durable: true,
    get: (key) => kept.get(key),
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    clear: (prefix) => {
      for (const key of kept.keys()) if (key.startsWith(prefix)) kept.delete(key);
    },
  };
}

/** Chance that always falls on the same share of the span, 0 to 1. */
export function chance(share: number): Random {
  const value = Math.floor(share * 65_536);
  return (count) => Uint8Array.from({ length: count }, (_, index) => (index % 2 === 0 ? value >> 8 : value & 255));
}

/** Different bytes at every call, the same in every run. */
export function countingRandom(): Random {
  let calls = 0;
  return (count) => {
    calls += 1;
    return Uint8Array.from({ length: count }, (_, index) => (calls * 31 + index * 7) & 255);
  };
}
