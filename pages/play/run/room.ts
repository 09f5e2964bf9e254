import { first, longestName, type Somebody, withOneMore } from './people.ts';
import type { Playing, Ran } from './playing.ts';

/** Who sits in front of which chat, and what runs behind them. Replaced and told with every change. */
export class Room {
  readonly playing: Playing;
  readonly #listeners = new Set<() => void>();
  #people = first;
  #said = '';

  constructor(playing: Playing) {
    this.playing = playing;
  }

  get people(): readonly Somebody[] {
    return this.#people;
  }

  /** What happened last, for everybody who looks or listens. */
  get said(): string {
    return this.#said;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** See `Playing.run`. */
  async run(js: string, conversation: string): Promise<Ran> {
    const ran = await this.playing.run(js, conversation);
    this.#tell();
    return ran;
  }

  /** Lets time pass at once. */
  async later(span: string): Promise<void> {
    await this.playing.later(span);
    this.say(`It is ${span} later.`);
  }

  /** Begins anew with the same logic and people. */
  async reset(): Promise<void> {
    await this.playing.reset();
    this.#people = this.#people.map((one) => ({ ...one, isOffline: false }));
    for (const { id } of this.#people) this.playing.cut(id, false);
    this.say('Everything begins anew.');
  }

  rename(id: string, name: string): void {
    const short = name.trim().slice(0, longestName);
    if (short === '') return;
    this.#people = this.#people.map((one) => (one.id === id ? { ...one, name: short } : one));
    this.#tell();
  }

  /** Somebody's network goes, or comes back. */
  cut(id: string, isOffline: boolean): void {
    this.playing.cut(id, isOffline);
    this.#people = this.#people.map((one) => (one.id === id ? { ...one, isOffline } : one));
    this.#tell();
  }

  add(): void {
    this.#people = withOneMore(this.#people);
    this.#tell();
  }

  remove(id: string): void {
    this.#people = this.#people.filter((one) => one.id !== id);
    this.playing.forget(id);
    this.#tell();
  }

  say(text: string): void {
    this.#said = text;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
