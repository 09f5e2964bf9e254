import type { Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import type { Attend, Clock, Keep, OutboxStore, PageEvents, Random, Transport } from './ports.ts';

/** What a session is made of; all that differs between a page, a test and a person without a screen. */
export interface SessionOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly keep: Keep;
  /** Where what was written waits for its ✓; absent, a reload forgets it. */
  readonly outbox?: OutboxStore | undefined;
  /** Absent where there is no page. */
  readonly page?: PageEvents;
  /** Absent where nobody sits in front of it: then nobody is idle. */
  readonly attend?: Attend;
  /** Users whom the page shows besides the chat's own screens: their presence is looked at, too. */
  readonly shows?: () => readonly string[];
  /** Where the device secret is kept: one for each site, friend and scope. */
  readonly secretKey: string;
  readonly name?: string | undefined;
  /** Tells the developer of the page what only he can put right. */
  readonly warn?: (text: string) => void;
}

/** The body of an action as it is written down: what is undefined in it may be left out, and does not travel. */
export type Asked<T extends ActionType> = {
  readonly [K in keyof Actions[T]]: Actions[T][K] | (object extends Pick<Actions[T], K> ? undefined : never);
};

/** What a session tells the chat. */
export interface SessionEvents {
  /** A fact that is new to this page. */
  fact(fact: AnyFact): void;
  /** The action `re` has its last answer; `page` is what belongs to the page that it heads. */
  settled(re: string, fact: AnyFact, page: readonly AnyFact[]): void;
  /** What was asked and not answered never will be. */
  lost(): void;
  /** Whether the page that answers `re` is for who asked alone. */
  asked(re: string | undefined): boolean;
  /** What waits has files that have to leave first. */
  held(): void;
  /** The secret opens nothing any more. */
  shut(): void;
  /** The view was dropped: somebody else sits here. */
  reset(): void;
}
