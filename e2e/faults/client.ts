import { setTimeout as delay } from 'node:timers/promises';
import { Speaker, type SpeakerOptions } from '../../server/testing/speaker.ts';
import type { Seen, Sent } from './history.ts';

export interface ClientOptions {
  readonly name: string;
  /** The room that it talks in, without `room:`. */
  readonly room: string;
  readonly service: string;
  readonly domain: string;
  readonly friend: string;
  /** How far its clock is off, milliseconds. */
  readonly clockOff?: number;
}

/**
 * One widget without a screen: the product's own core and transport. It writes down what it sent, what it promised its
 * person, and what it showed.
 */
export class HeadlessClient {
  readonly name: string;
  readonly sent: Sent[] = [];
  /** When the link came up or was lost, on the clock of `performance.now()`. */
  readonly turns: { readonly at: number; readonly online: boolean }[] = [];
  /** Resolvers of those who wait for the next ✓. */
  readonly #answered = new Set<(at: number) => void>();
  readonly #options: ClientOptions;
  readonly #keep: NonNullable<SpeakerOptions['keep']>;
  readonly #open = new Map<string, Sent>();
  #speaker: Speaker | undefined;
  #stopWatching: () => void = () => undefined;
  #count = 0;
  #answers = 0;
  #page = 0;

  constructor(options: ClientOptions) {
    this.name = options.name;
    this.#options = options;
    const kept = new Map<string, string>();
    this.#keep = {
      durable: true,
      get: (key) => kept.get(key),
      set: (key, value) => void kept.set(key, value),
      remove: (key) => void kept.delete(key),
      clear: (prefix) => {
        for (const key of kept.keys()) if (key.startsWith(prefix)) kept.delete(key);
      },
    };
  }

  /** Loads the page: the same person, nothing in memory. */
  arrives(): void {
    const { name, room, clockOff = 0, ...addresses } = this.#options;
    this.#page += 1;
    const speaker = new Speaker({
      ...addresses,
      ...{ name, conversation: `room:${room}`, keep: this.#keep },
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      clock: clockOf(clockOff),
    });
    this.#speaker = speaker;
    this.#stopWatching = speaker.chat.subscribe(() => this.#watch());
  }

  get online(): boolean {
    return this.#speaker?.view.link.state === 'online';
  }

  /** Messages without a ✓. */
  get open(): number {
    return this.#open.size;
  }

  /** Messages with a ✓. */
  get answered(): number {
    return this.#answers;
  }

  /** What it thinks of its link, for reports of failures. */
  get situation(): string {
    const { link, waiting } = this.#speaker?.view ?? {};
    return `${this.name}: ${link?.state}, ${this.open} without ✓ (${waiting?.map((one) => one.code ?? one.state)})`;
  }

  /** Sends the next message and returns its text. */
  says(words = ''): string {
    const { name, room } = this.#options;
    const text = `${name}-${this.#count++}${words}`;
    const one: Sent = { text, sender: `${name} ${this.#page}`, log: `c_room_${room}`, at: performance.now() };
    this.sent.push(one);
    this.#open.set(text, one);
    this.#speaker?.says(text);
    return text;
  }

  /** Does something beside sending: types, reads, looks at the list or back. */
  fidgets(turn: number): void {
    const speaker = this.#speaker;
    const act = [
      () => speaker?.types(),
      () => speaker?.reads(),
      () => speaker?.chat.act('screen.show', { at: 'list' }),
      () => speaker?.opens(`room:${this.#options.room}`),
    ][turn % 4];
    act?.();
  }

  /** Looks at the list and back; returns whether it came. */
  async lists(withinMs: number): Promise<boolean> {
    const { chat } = this.#speaker ?? {};
    const listed = new Promise<boolean>((resolve) => {
      const stop = chat?.on('conversation.listed', () => {
        stop?.();
        resolve(true);
      });
    });
    chat?.act('screen.show', { at: 'list' });
    const came = await Promise.race([listed, delay(withinMs, false)]);
    this.#speaker?.opens(`room:${this.#options.room}`);
    return came;
  }

  /** Leaves the page as a reload does: nothing is said, nothing is waited for. */
  async vanishes(): Promise<void> {
    for (const one of this.#open.values()) one.forgotten = true;
    this.#open.clear();
    this.#stopWatching();
    const speaker = this.#speaker;
    this.#speaker = undefined;
    await speaker?.leaves();
  }

  /** Resolves with the time of the next ✓. */
  nextAnswer(): Promise<number> {
    return new Promise((resolve) => this.#answered.add(resolve));
  }

  /** Waits until all has its ✓, at most `withinMs`. Returns whether it has. */
  async settles(withinMs: number): Promise<boolean> {
    const until = performance.now() + withinMs;
    while (this.open > 0 || !this.online) {
      if (performance.now() > until) return false;
      await delay(20);
    }
    return true;
  }

  /** Everything of its room from the first message on, as its screen shows it once `count` messages are there. */
  async reads(count: number, withinMs: number): Promise<Seen> {
    const { name, room } = this.#options;
    const until = performance.now() + withinMs;
    this.#speaker?.opens(`room:${room}`);
    while (performance.now() < until) {
      const { conversation } = this.#speaker ?? {};
      if (conversation?.more && !conversation.fetching) {
        this.#speaker?.chat.act('history.older', { ref: `room:${room}` });
      }
      if (conversation?.ready && !conversation.more && this.#texts().length >= count) break;
      await delay(20);
    }
    return { reader: name, log: `c_room_${room}`, texts: this.#texts() };
  }

  #texts(): string[] {
    const { items = [] } = this.#speaker?.conversation ?? {};
    return items.flatMap((item) => (item.kind === 'message' ? [item.text] : []));
  }

  #watch(): void {
    const { online } = this;
    if ((this.turns.at(-1)?.online ?? false) !== online) this.turns.push({ at: performance.now(), online });
    if (this.#open.size === 0) return;
    const waiting = new Set<string>();
    for (const { id, text, state, code } of this.#speaker?.view.waiting ?? []) {
      waiting.add(text);
      const one = this.#open.get(text);
      if (one === undefined) continue;
      one.id ??= id;
      if (state !== 'failed') continue;
      one.refused = code ?? 'failed';
      this.#open.delete(text);
    }
    const now = performance.now();
    for (const [text, one] of this.#open) {
      if (one.id === undefined || waiting.has(text)) continue;
      one.answeredAt = now;
      this.#answers += 1;
      this.#open.delete(text);
      for (const resolve of this.#answered) resolve(now);
      this.#answered.clear();
    }
  }
}

function clockOf(off: number): SpeakerOptions['clock'] {
  return {
    now: () => Date.now() + off,
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
  };
}
