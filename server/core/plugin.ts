import type { Aside, Tell } from './effect.ts';
import type { BodySchema, Both, Catalogue, NoEvents } from './events.ts';
import type { Counter } from './meter.ts';
import type { PluginState } from './plugin-state.ts';
import type { Clock, Fetch, Log, Random } from './ports.ts';
import type { Reads } from './reads.ts';
import type {
  ActionName,
  FactName,
  Middleware,
  OpenRule,
  OwnRule,
  PlacedReaction,
  PlacedRule,
  Reaction,
  ReactionOptions,
  Rule,
} from './rule.ts';
import type { Services } from './services.ts';
import type { Put } from './store.ts';
import type { Where } from './where.ts';

/** A row of a plugin's own state; `value` is null where it was removed. */
export type KeptRow = Extract<Put, { table: 'state' }>['row'];

/**
 * A part of the business logic. It sees its host and nothing else: no transport, no store, no other plugin.
 */
export interface Plugin {
  readonly name: string;
  /** Services that other plugins must have provided before this one is installed. */
  readonly needs?: readonly (keyof Services)[];
  install(host: PluginHost): void;
}

/** What a plugin may do. */
export interface PluginHost<E extends Catalogue = NoEvents> {
  /** Lets types of the plugin's own in; the host that it returns knows their bodies. @throws FriendError `FRIEND_EVENTS` */
  events<C extends Catalogue>(catalogue: C): PluginHost<Both<E, C>>;
  /** What the plugin keeps, by user, by conversation, or once. */
  readonly state: PluginState;
  /** A type that the protocol does not have needs the `schema` of its body. @throws FriendError `FRIEND_RULE_TWICE` */
  on<T extends ActionName<E>>(type: T, rule: Rule<T, E>): void;
  on<S extends BodySchema>(type: string, rule: OwnRule<S>, options: { readonly schema: S }): void;
  /** A rule for those actions of a type that fit; it stands before the type's own. @throws FriendError `FRIEND_FILTER` */
  on<T extends ActionName<E>, const W extends Where>(type: T, where: W, rule: PlacedRule<T, W, E>): void;
  /**
   * A rule for connections that nobody has opened yet. A type that the protocol does not have arrives over XMPP only with the
   * `schema` of its body. @throws FriendError `FRIEND_RULE_TWICE`
   */
  onOpening<T extends string>(type: T, rule: OpenRule<T>, options?: { readonly schema: BodySchema }): void;
  /** Its name begins with the plugin's: a plugin may react to one type several times under names of its own. */
  after<T extends FactName<E>>(type: T, reaction: Reaction<T, E>, options?: ReactionOptions): void;
  after<T extends FactName<E>>(type: T, where: Where, reaction: PlacedReaction<T, E>, options?: ReactionOptions): void;
  use(middleware: Middleware): void;
  /** Offers a service to plugins that are installed later. */
  provide<K extends keyof Services>(name: K, service: Services[K]): void;
  /** @throws FriendError `FRIEND_PLUGIN_MISSING` */
  service<K extends keyof Services>(name: K): Services[K];
  /** A service that the friend can do without; undefined where no plugin offers it. To be asked for when it is needed. */
  offered<K extends keyof Services>(name: K): Services[K] | undefined;
  /** How many connections hear a topic now and have somebody there. */
  hearing(topic: string): number;
  /** Calls `changed` each time another number of connections hears `topic`; what it returns is carried out. */
  whenHearing(topic: string, changed: (count: number) => readonly Tell[]): void;
  /**
   * Calls `changed` when a connection begins and when it ends; what it returns is carried out. One from before the
   * start of the process is there until it has ended, or did not answer the greeting. One that opens anew has not ended.
   */
  whenConnected(changed: (user: string, jid: string, present: boolean) => readonly Aside[]): void;
  /** Calls `changed`, which must not throw, when the link to the XMPP server is up, and when it is not. */
  whenLinked(changed: (isUp: boolean) => void): void;
  /** Calls `changed` with each row of this plugin's own state that an action has stored. */
  whenKept(changed: (row: KeptRow) => readonly Aside[]): void;
  /**
   * Tells and stores after `ms`, at 0 in the next macrotask, what `made` returns then, once for all who ask under this
   * name meanwhile. It is lost where the process ends before: for what is true only now. A rule that runs again may ask
   * again.
   */
  soon(name: string, ms: number, made: (read: Reads) => Promise<readonly Aside[]>): void;
  /**
   * Calls `begin` once, when the store is open and before anything arrives: what a process before has left is taken up
   * then, with `soon`.
   */
  whenStarted(begin: () => void): void;
  /** How this friend reaches the web; undefined where it does not. */
  readonly fetch: Fetch | undefined;
  /** Counts for `/metrics`. */
  count(counter: Counter, by?: number): void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}
