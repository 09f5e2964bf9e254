import type { Outbox } from './outbox.ts';
import type { Clock } from './ports.ts';

export interface LogoutOptions {
  /** Forgets also what could not be sent. */
  readonly force?: boolean;
}

/** What came of logging out. */
export interface LoggedOut {
  /** Nothing of this user is left here, and his secret opens nothing any more. */
  readonly done: boolean;
  /** What would be lost; only where nothing was done. */
  readonly unsent: readonly Unsent[];
}

/** Something that was written and not stored. */
export interface Unsent {
  /** Where it was written to: `support`, `room:lobby`, `c_…`; empty for an event of the team's own. */
  readonly ref: string;
  /** What was written; of an event its type. */
  readonly text: string;
}

/** How long what waits may take to be sent, and how often that is looked at, milliseconds. */
const patience = 5_000;
const pause = 250;

/** Gives what waits the time to be sent, in whichever tab it was written; resolves with what is left. */
export async function unsentIn(outbox: Outbox, clock: Clock, connect: () => void): Promise<readonly Unsent[]> {
  for (let waited = 0; ; waited += pause) {
    const kept = (await outbox.store?.load()) ?? [];
    const left = [...kept, ...outbox.entries.filter(({ action }) => !kept.some((one) => one.action.id === action.id))];
    const isOver = waited >= patience || left.every(({ code }) => code !== undefined);
    if (isOver) return left.map(({ action, ref, text = action.type }) => ({ ref, text }));
    connect();
    await new Promise<void>((resolve) => clock.after(pause, resolve));
  }
}
