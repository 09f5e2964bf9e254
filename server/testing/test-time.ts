import { FakeClock } from './fake-clock.ts';
import { type Ledger, Life } from './life.ts';
import { type RealClock, realClock } from './real-clock.ts';
import { macrotask, realPause } from './turn.ts';

/** Turns of the event loop without any work after which everything counts as settled. */
const quietTurns = 2;
/** Rounds of promises without any work after which a timer counts as done, and the most that are waited for. */
const quietRounds = 16;
const mostRounds = 200;
/** Timers after which the event loop has its turn, whatever they did. */
const yieldEvery = 256;
/** How long a reaction that waits for something outside may hold up settling, milliseconds of real time. */
const outsideGrace = 100;
/** How long settling may take, milliseconds of real time. */
const settleLimit = 15_000;
/** Timers that may fall due at one instant: beyond it, one sets itself again and again. */
const mostAtOnce = 20_000;

/**
 * The time of one chat. Fake time passes only when a test says so, and nothing that is under way is skipped: before each
 * timer everything settles. In real time it is the page's own clock with the same words.
 */
export class TestTime implements Ledger {
  readonly isFake: boolean;
  readonly #clock: FakeClock | RealClock;
  #pending = 0;
  #outside = 0;
  /** Timers of plugins. */
  #awaited = 0;
  #strangers = 0;
  #activity = 0;
  #steps = 0;
  /** All that is under way outside was given its time. */
  #isGraced = false;

  /** @param start milliseconds since 1970; real time where absent */
  constructor(start?: number) {
    this.isFake = start !== undefined;
    this.#clock = start === undefined ? realClock() : new FakeClock(start);
  }

  now(): number {
    return this.#clock.now();
  }

  after(ms: number, task: () => void): () => void {
    // Clocks of pages and of Node know whole milliseconds only.
    return this.#clock.after(Math.max(0, Math.ceil(ms)), () => {
      this.#activity += 1;
      task();
    });
  }

  defer(task: () => void): void {
    this.begins();
    macrotask(() => {
      this.ends();
      task();
    });
  }

  begins(outside = false): void {
    this.#activity += 1;
    if (outside) {
      this.#outside += 1;
      this.#isGraced = false;
    } else this.#pending += 1;
  }

  ends(outside = false): void {
    this.#activity += 1;
    if (outside) this.#outside -= 1;
    else this.#pending -= 1;
  }

  /** Somebody takes part who lives in real time, such as a widget in the page: whoever waits gives him that, too. */
  joinedByReal(): () => void {
    this.#strangers += 1;
    return () => {
      this.#strangers -= 1;
    };
  }

  /** A timer that something outside may wait for: `over` when it fires or is cancelled. */
  awaited(over: boolean): void {
    this.#awaited += over ? -1 : 1;
  }

  /** Whether something runs that waits for what no clock here knows of. */
  get isOutside(): boolean {
    return this.#outside > this.#awaited;
  }

  /** A part of the whole whose timers and work end together. */
  life(): Life {
    return new Life(this);
  }

  /** Whether somebody takes part who lives in real time. */
  get isJoined(): boolean {
    return this.#strangers > 0;
  }

  /** Whether waiting in real time can bring anything. */
  get isOpen(): boolean {
    return !this.isFake || this.#strangers > 0 || this.#outside > 0;
  }

  /** Resolves when nothing is under way but what waits for its time. @throws Error where that does not end */
  async settle(quiet = quietTurns): Promise<void> {
    const began = performance.now();
    let since = began;
    for (let still = 0, turns = 0; still < quiet; turns += 1) {
      const before = this.#activity;
      await (turns > 500 ? realPause(1) : new Promise<void>(macrotask));
      const now = performance.now();
      if (this.#activity !== before) since = now;
      const isQuiet = this.#activity === before && this.#pending === 0;
      const isOutside = this.isOutside && !this.#isGraced;
      if (isQuiet && isOutside && now - since < outsideGrace) {
        await realPause(1);
        continue;
      }
      // What has kept still for so long may wait for a time that only passes afterwards.
      if (isQuiet) this.#isGraced = true;
      still = isQuiet ? still + 1 : 0;
      if (now - began > settleLimit)
        throw new Error(`Nothing settles: ${this.#pending} steps are under way without end.`);
    }
  }

  /** Lets what falls due next happen, where that is by `end`, and settles. False where nothing is due by then. */
  async step(end: number): Promise<boolean> {
    if (!(this.#clock instanceof FakeClock)) {
      if (this.now() >= end) return false;
      await realPause(Math.min(5, end - this.now()));
      return true;
    }
    if (!this.#clock.step(end)) return false;
    this.#steps += 1;
    if (this.#steps % yieldEvery === 0 || !(await this.#settlesAtOnce())) await this.settle(1);
    return true;
  }

  /** Whether promises alone bring everything to rest: most timers find nothing to do, and a day has thousands. */
  async #settlesAtOnce(): Promise<boolean> {
    let before = this.#activity;
    for (let still = 0, rounds = 0; still < quietRounds; rounds += 1) {
      if (rounds > mostRounds || (this.isOutside && !this.#isGraced)) return false;
      await undefined;
      still = this.#pending === 0 && this.#activity === before ? still + 1 : 0;
      before = this.#activity;
    }
    return true;
  }

  /** Lets `ms` pass: all that falls due happens in order, each at its own time and settled before the next. */
  async pass(ms: number): Promise<void> {
    const end = this.now() + ms;
    await this.settle();
    for (let steps = 0, at = this.now(); await this.step(end); steps += 1) {
      if (this.now() !== at) [steps, at] = [0, this.now()];
      if (steps > mostAtOnce)
        throw new Error(`More than ${mostAtOnce} timers fell due at once: one of them never rests.`);
    }
    if (this.#clock instanceof FakeClock) this.#clock.pass(Math.max(0, end - this.now()));
    await this.settle();
  }

  /** Forgets all that waits. */
  stop(): void {
    if (!(this.#clock instanceof FakeClock)) this.#clock.stop();
  }
}
