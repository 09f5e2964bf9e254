import type { Action, Actions } from '../../protocol/actions.ts';
import type { Facts } from '../../protocol/facts.ts';
import type { ActionSchemas } from '../../protocol/read-action.ts';
import type { Effect } from './effect.ts';
import type { Log, StanzaTree } from './ports.ts';
import type { Reads } from './reads.ts';
import type { UserRow } from './rows.ts';

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

type BodyOf<T extends string> = T extends keyof Actions ? Actions[T] : T extends StanzaType ? StanzaTree : unknown;

/**
 * Decides whether and how an action is stored. Reads the store only, within 50 ms, and may run again when something
 * that it read has changed before the commit.
 */
export type Rule<T extends string = string> = (context: Context<BodyOf<T>>) => MaybePromise<Effects>;

/** A rule for actions of connections that nobody has opened yet. */
export type OpenRule<T extends string = string> = (context: OpenContext<BodyOf<T>>) => MaybePromise<Effects>;

/** The shape of an action's body, a valibot schema: what does not fit is refused with `schema` before any rule runs. */
export type BodySchema = ActionSchemas[string];

/** A rule for a type of a team's own; the body is what its schema makes of it. */
export type OwnRule<S extends BodySchema> = (
  context: Context<NonNullable<S['~types']>['output']>,
) => MaybePromise<Effects>;

/** Stands around every rule: may refuse, add, drop or replace effects. Calls `next` at most once. */
export type Middleware = (context: OpenContext, next: () => Promise<Effects>) => Promise<Effects>;

/** A fact that is on disk, with its body read. */
export interface CommittedFact<T extends string = string> {
  readonly log: string;
  readonly seq: number;
  readonly type: T;
  readonly at: number;
  readonly by: string;
  readonly body: T extends keyof Facts ? Facts[T] : unknown;
}

/** What a reaction works with. `signal` tells that its 30 s are over. */
export interface ReactionContext<T extends string = string> {
  readonly fact: CommittedFact<T>;
  readonly now: number;
  readonly read: Reads;
  readonly log: Log;
  readonly signal: { readonly aborted: boolean };
}

/**
 * Runs once the fact is on disk: bots, hand-off, webhooks. In the log's order, at least once, at most 30 s; may do
 * I/O. Its effects are a commit of their own and are stored once however often it runs.
 */
export type Reaction<T extends string = string> = (context: ReactionContext<T>) => MaybePromise<Effects>;
