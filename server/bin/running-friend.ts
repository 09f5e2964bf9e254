import type { Action } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import type { Friend } from '../core/friend.ts';
import type { FriendStatus } from '../core/friend-options.ts';
import type { Meter } from '../core/meter.ts';
import type { Clock } from '../core/ports.ts';
import type { KeptTransport } from './kept-transport.ts';

export interface RunningFriendOptions<Logic> {
  /** Makes a friend of logic, without starting it. @throws what the logic throws */
  readonly compose: (logic: Logic, clock: Clock) => Friend;
  readonly logic: Logic;
  readonly transport: KeptTransport;
  readonly clock: Clock;
  /** Neither other logic nor the one from before could start: only a new process can help. */
  readonly lost: (error: unknown) => void;
}

/** The friend that runs now; another one may take its place, on the same store and the same link. */
export class RunningFriend<Logic> {
  readonly #compose: RunningFriendOptions<Logic>['compose'];
  readonly #transport: KeptTransport;
  readonly #clock: Clock;
  readonly #lost: (error: unknown) => void;
  #logic: Logic;
  #friend: Friend;
  #timers: EndingClock;
  #changing: Promise<void> = Promise.resolve();

  /** @throws what the logic throws */
  constructor({ compose, logic, transport, clock, lost }: RunningFriendOptions<Logic>) {
    this.#compose = compose;
    this.#transport = transport;
    this.#clock = clock;
    this.#lost = lost;
    this.#logic = logic;
    this.#timers = endingClock(clock);
    this.#friend = compose(logic, this.#timers);
  }

  get meter(): Meter {
    return this.#friend.meter;
  }

  get status(): FriendStatus {
    return this.#friend.status;
  }

  /** Sends an action as if `user` had sent it, to the friend that runs now. */
  inject(user: string, action: Action): Promise<AnyFact> {
    return this.#friend.inject(user, action);
  }

  /** Resolves when no friend is being changed. */
  settled(): Promise<void> {
    return this.#changing;
  }

  /** Where it cannot start, it has stopped, and the link waits for another. @throws why it could not */
  async start(): Promise<void> {
    try {
      await this.#friend.start();
    } catch (error) {
      await this.#friend.stop().catch(() => undefined);
      this.#timers.end();
      throw error;
    }
  }

  /**
   * Puts a friend with other logic in place of the one that runs, which ends what it has begun. Where the new one cannot be
   * made, nothing has changed; where it cannot start, or the one before does not stop cleanly, the logic from before runs again.
   * @throws what the logic throws, or why it could not start
   */
  change(logic: Logic): Promise<void> {
    const changed = this.#changing.then(() => this.#change(logic));
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  /** Stops the friend, and closes the link. */
  async stop(): Promise<void> {
    await this.#changing;
    await this.#friend.stop();
    await this.#transport.end();
  }

  async #change(logic: Logic): Promise<void> {
    const timers = endingClock(this.#clock);
    const next = this.#compose(logic, timers);
    this.#transport.pause();
    try {
      // What does not stop cleanly is replaced all the same: the link waits for somebody.
      await this.#friend.stop().finally(() => this.#timers.end());
      await next.start();
    } catch (error) {
      await next.stop().catch(() => undefined);
      timers.end();
      await this.#again().catch(this.#lost);
      throw error;
    }
    this.#logic = logic;
    this.#timers = timers;
    this.#friend = next;
  }

  async #again(): Promise<void> {
    this.#timers = endingClock(this.#clock);
    this.#friend = this.#compose(this.#logic, this.#timers);
    await this.#friend.start();
  }
}

interface EndingClock extends Clock {
  /** What waits does not run, nor what is asked for later. */
  end(): void;
}

/** A friend's own clock: with the friend its timers end, also those of a reaction that hangs. */
function endingClock(clock: Clock): EndingClock {
  const cancels = new Set<() => void>();
  let isOver = false;
  return {
    now: () => clock.now(),
    after(ms, task) {
      if (isOver) return () => undefined;
      const cancel = clock.after(ms, () => {
        cancels.delete(cancel);
        task();
      });
      cancels.add(cancel);
      return () => {
        cancels.delete(cancel);
        cancel();
      };
    },
    defer: (task) => clock.defer(() => isOver || task()),
    end() {
      isOver = true;
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}
