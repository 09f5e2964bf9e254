import type { Action, Actions } from '../../protocol/actions.ts';
import type { Facts } from '../../protocol/facts.ts';
import type { Effect } from './effect.ts';
import type { Signal } from './ending.ts';
import type { BodySchema, Catalogue, NoEvents, Output } from './events.ts';
import type { FactFilters } from './filtered-facts.ts';
import type { Answered, Asking, Log, StanzaTree } from './ports.ts';
import type { Reads } from './reads.ts';
import type { ConversationRow, UserRow } from './rows.ts';
import type { Placed, Where } from './where.ts';

export type Effects = readonly Effect[];
export type MaybePromise<T> = T | Promise<T>;

/** What a rule decides on. It may read the store and nothing else. */
export interface Context<B = unknown> {
  readonly action: Action<string, B>;
  /** Who sent it, as the server's stamp and the device's login prove. */
  readonly user: UserRow;
  readonly device: string;
  /** The full JID it came from; an address, never an identity. */
  readonly jid: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** 1 for the first decision on this arrival, more where it is taken again. */
  readonly attempt: number;
  readonly read: Reads;
  /** `count` random bytes. */
  random(count: number): Uint8Array;
}

/**
 * The type of the action that a native stanza passes the rules as: `stanza.message`, `stanza.presence` and `stanza.iq`, and
 * by what a request asks, such as `stanza.ping`.
 */
export type StanzaType = `stanza.${string}`;

/** Before `connection.open` has succeeded nobody is known yet. */
export type OpenContext<B = unknown> = Omit<Context<B>, 'user' | 'device'> & {
  readonly user?: UserRow;
  readonly device?: string;
};

/** What a rule for this type of action finds in its body. */
export type ActionBody<T extends string, E extends Catalogue = NoEvents> = T extends keyof E['actions']
  ? Output<E['actions'][T]>
  : T extends keyof Actions
    ? Actions[T]
    : T extends StanzaType
      ? StanzaTree
      : unknown;

/** What a reaction to this type of fact finds in its body. */
export type FactBody<T extends string, E extends Catalogue = NoEvents> = T extends keyof E['facts']
  ? Output<E['facts'][T]>
  : T extends keyof Facts
    ? Facts[T]
    : T extends keyof FactFilters
      ? FactFilters[T]['body']
      : unknown;

/** Any type; the team's own and the protocol's are known by name. */
export type ActionName<E extends Catalogue> = Extract<keyof E['actions'], string> | keyof Actions | Other;
export type FactName<E extends Catalogue> = Extract<keyof E['facts'], string> | keyof Facts | keyof FactFilters | Other;
type Other = string & Record<never, never>;

/**
 * Decides whether and how an action is stored. Reads the store only, within 50 ms, and may run again when something
 * that it read has changed before the commit.
 */
export type Rule<T extends string = string, E extends Catalogue = NoEvents> = (
  context: Context<ActionBody<T, E>>,
) => MaybePromise<Effects>;

/** A rule for actions of connections that nobody has opened yet. */
export type OpenRule<T extends string = string> = (context: OpenContext<ActionBody<T>>) => MaybePromise<Effects>;

/** A rule for a type of a team's own; the body is what its schema makes of it. */
export type OwnRule<S extends BodySchema> = (context: Context<Output<S>>) => MaybePromise<Effects>;

/** Stands around every rule: may refuse, add, drop or replace effects. Calls `next` at most once. */
export type Middleware = (context: OpenContext, next: () => Promise<Effects>) => Promise<Effects>;

/** A fact that is on disk, with its body read. */
export interface CommittedFact<T extends string = string, E extends Catalogue = NoEvents> {
  readonly log: string;
  readonly seq: number;
  readonly type: T extends keyof FactFilters ? FactFilters[T]['type'] : T;
  readonly at: number;
  readonly by: string;
  readonly body: FactBody<T, E>;
  /** The device and the id of what has stored it: an action's, or a reaction's. */
  readonly origin?: { readonly device: string; readonly action: string };
}

/** What a reaction works with. */
export interface ReactionContext<T extends string = string, E extends Catalogue = NoEvents> {
  readonly fact: CommittedFact<T, E>;
  readonly now: number;
  readonly read: Reads;
  /** Each line says which reaction it was, and to what. */
  readonly log: Log;
  /** Tells that its 30 s are over, or that a newer fact has ended it. */
  readonly signal: Signal;
  /**
   * Asks the web, http or https, 10 s long where `asking` says nothing, and never longer than the reaction may take.
   * @throws Error that says why there is no answer
   */
  fetch(url: string, asking?: Asking): Promise<Answered>;
}

/**
 * Runs once the fact is on disk: bots, hand-off, webhooks. In the log's order, at least once, at most 30 s; may do
 * I/O. Its effects are a commit of their own and are stored once however often it runs.
 */
export type Reaction<T extends string = string, E extends Catalogue = NoEvents> = (
  context: ReactionContext<T, E>,
) => MaybePromise<Effects>;

/** A reaction to facts of a place: it is given the conversation and the author. */
export type PlacedReaction<T extends string = string, E extends Catalogue = NoEvents> = (
  context: ReactionContext<T, E> & Placed,
) => MaybePromise<Effects>;

/** What a filtered rule decides on. `conversation` is there where the filter names one, by `in` or `role`. */
export type PlacedContext<T extends string, W extends Where, E extends Catalogue = NoEvents> = Context<
  ActionBody<T, E>
> & {
  readonly conversation: W extends { readonly in: string } | { readonly role: string }
    ? ConversationRow
    : ConversationRow | undefined;
};

/** A rule for some actions of a type alone; `next` gives what would be decided without it, once. */
export type PlacedRule<T extends string = string, W extends Where = Where, E extends Catalogue = NoEvents> = (
  context: PlacedContext<T, W, E>,
  next: () => Promise<Effects>,
) => MaybePromise<Effects>;

/**
 * How the runs of a reaction in one log stand to each other. `queue`: one after the other, in one queue with all other
 * reactions of this kind · `latest`: a newer fact ends the run for the one before, and nothing comes of that · `parallel`: up
 * to 16 at once, in no order
 */
export type Concurrency = 'queue' | 'latest' | 'parallel';

export interface ReactionOptions {
  /** Makes repeats recognisable, so it stays the same over restarts; the type where absent. */
  readonly name?: string;
  /** `queue` where absent. */
  readonly concurrency?: Concurrency;
}

/** A reaction as it is registered. */
export interface Registration {
  readonly name: string;
  readonly reaction: Reaction;
  /** What the reaction is given beside its fact; undefined where the fact does not concern it. Absent: all do. */
  readonly fits?: (fact: CommittedFact, read: Reads) => MaybePromise<object | undefined>;
}
