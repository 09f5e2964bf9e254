import type { Action } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { AfterCommit } from './after-commit.ts';
import { Asides } from './asides.ts';
import { Asks } from './asks.ts';
import { Committer } from './committer.ts';
import { Connections } from './connections.ts';
import { FriendError } from './errors.ts';
import type { BodySchema, Both, Catalogue, NoEvents } from './events.ts';
import { FactShapes } from './fact-shapes.ts';
import type { FriendOptions, FriendStatus } from './friend-options.ts';
import { isNative } from './gateway.ts';
import { Injections, isInjected } from './injections.ts';
import { LinkWatch } from './link-watch.ts';
import { Liveness } from './liveness.ts';
import { Meter } from './meter.ts';
import { Natives } from './natives.ts';
import type { Plugin } from './plugin.ts';
import { PluginHosts, type PluginHostsOptions, placesBy } from './plugin-hosts.ts';
import { ReactionCarrier } from './reaction-carrier.ts';
import { Reactor } from './reactor.ts';
import { ReadCache } from './reads.ts';
import { registrationOf } from './registration.ts';
import { Router } from './router.ts';
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
  StanzaType,
} from './rule.ts';
import { RuleBook } from './rule-book.ts';
import { Schedules, scheduleDevice } from './schedules.ts';
import { Stanzas } from './stanzas.ts';
import { Teller } from './teller.ts';
import type { Where } from './where.ts';

/** How long what was taken may take to be decided at the end, milliseconds: a part of the 5 s after SIGTERM. */
const stopLimit = 4_000;

/**
 * The friend: one address that every action reaches, and the rules that decide what becomes of it. Runs in a page as
 * it runs in Node.
 */
export class Friend<E extends Catalogue = NoEvents> {
  readonly meter: Meter = new Meter();
  readonly #options: FriendOptions;
  readonly #connections = new Connections();
  readonly #cache: ReadCache;
  readonly #committer: Committer;
  readonly #teller: Teller;
  readonly #afterCommit: AfterCommit;
  readonly #asides: Asides;
  readonly #router: Router;
  readonly #rules = new RuleBook();
  readonly #shapes = new FactShapes();
  readonly #asks: Asks;
  readonly #reactor: Reactor;
  readonly #liveness: Liveness;
  readonly #schedules: Schedules;
  readonly #hosts: PluginHosts;
  readonly #plugins = new Set<string>();
  readonly #injections: Injections;
  readonly #natives: Natives;
  readonly #link: LinkWatch;
  #started = false;
  #stopping = false;

  constructor(options: FriendOptions) {
    const { clock, log, random, store, transport, gateway, fatal, batch, ...watching } = options;
    this.#options = options;
    this.#asks = new Asks(clock, this.#rules);
    this.#cache = new ReadCache(store);
    this.#committer = new Committer({
      store,
      clock,
      settledAll: () => this.#afterCommit.flush(this.#link.isUp, () => transport.flush?.()),
      unknown: fatal,
      threw: (error) => log.error('Telling what was committed failed', { error: String(error) }),
      ...watching,
      ...(batch === undefined ? {} : { batch }),
    });
    const outgoing = { send: (to: string, json: string) => this.#send(to, json) };
    const stanzas = new Stanzas({ transport, meter: this.meter, log });
    const shared = { store, clock, log, meter: this.meter, cache: this.#cache, committer: this.#committer };
    const own = {
      connections: this.#connections,
      shapes: this.#shapes,
      asks: this.#asks,
      flushSoon: () => this.#teller.flushSoon(),
    };
    const parts = { ...shared, ...own, stanzas, random, ...watching };
    this.#teller = new Teller({ ...parts, transport: outgoing, missed: (jid) => this.#liveness.missed(jid) });
    this.#afterCommit = new AfterCommit({
      ...parts,
      teller: this.#teller,
      reacted: (fact) => this.#reactor.committed(fact),
      scheduled: (dueAt) => this.#schedules.set(dueAt),
      kept: (row) => this.#hosts.kept(row),
    });
    this.#asides = new Asides({ ...parts, afterCommit: this.#afterCommit });
    this.#schedules = new Schedules({ ...parts, inject: (user, action) => this.#inject(user, action, scheduleDevice) });
    this.#reactor = new Reactor({
      ...parts,
      carrier: new ReactionCarrier({ ...parts, afterCommit: this.#afterCommit }),
    });
    this.#asks.listen(this.#reactor);
    this.#router = new Router({
      ...parts,
      rules: this.#rules,
      teller: this.#teller,
      afterCommit: this.#afterCommit,
    });
    this.#liveness = new Liveness({
      ...parts,
      teller: this.#teller,
      following: (jid, task) => this.#router.following(jid, task),
    });
    this.#link = new LinkWatch({
      ...parts,
      turned: (isUp) => {
        for (const one of [this.#liveness, this.#natives, this.#hosts]) one.linked(isUp);
      },
    });
    this.#hosts = new PluginHosts({
      ...parts,
      friend: this as unknown as PluginHostsOptions['friend'],
      onOpening: (type, rule, own) => this.#rules.on(type, rule as Rule, true, own?.schema),
      asides: this.#asides,
    });
    this.#injections = new Injections(this.#connections, (jid, action) => this.#router.action(jid, action));
    this.#natives = new Natives({
      ...parts,
      ...{ router: this.#router, transport, gateway },
      heard: (jid) => this.#liveness.heard(jid),
    });
  }

  /**
   * Lets a team's own events in: its actions arrive over XMPP, its facts are checked before they are stored, and the friend
   * that it returns, this one, knows their bodies.
   * @throws FriendError `FRIEND_EVENTS`, `FRIEND_STARTED`
   */
  events<C extends Catalogue>(catalogue: C): Friend<Both<E, C>> {
    this.#notStarted();
    this.#rules.declare(catalogue.actions);
    this.#shapes.add(catalogue.facts);
    return this as unknown as Friend<Both<E, C>>;
  }

  /**
   * Registers the rule for a type of action. A type that the protocol does not have arrives over XMPP only with a
   * `schema` of its body; without one it comes through `inject`.
   * `*` is the rule for every type that has none of its own, and for each stanza that nobody knows more of.
   * With `where` it decides on those actions alone that fit; it stands before the rule for the type, and may ask it.
   * @throws FriendError `FRIEND_FILTER`, `FRIEND_RULE_TWICE`, `FRIEND_STARTED`
   */
  on<T extends '*' | StanzaType>(type: T, rule: OpenRule<T>): this;
  on<T extends ActionName<E>>(type: T, rule: Rule<T, E>): this;
  on<S extends BodySchema>(type: string, rule: OwnRule<S>, options: { readonly schema: S }): this;
  on<T extends ActionName<E>, const W extends Where>(type: T, where: W, rule: PlacedRule<T, W, E>): this;
  on(type: string, first: unknown, second?: unknown): this {
    this.#notStarted();
    if (typeof first !== 'function') this.#rules.filter(type, first as Where, second as PlacedRule);
    else this.#rules.on(type, first as Rule, false, (second as { readonly schema: BodySchema } | undefined)?.schema);
    return this;
  }

  /**
   * Registers a reaction to a type of fact, or to what a filter such as `message:text` lets through; with `where`, to those
   * of a place and an author alone. A string for options is its name.
   * @throws FriendError `FRIEND_FILTER`, `FRIEND_REACTION_TWICE`, `FRIEND_STARTED`
   */
  after<T extends FactName<E>>(type: T, reaction: Reaction<T, E>, options?: ReactionOptions | string): this;
  after<T extends FactName<E>>(
    type: T,
    where: Where,
    reaction: PlacedReaction<T, E>,
    options?: ReactionOptions | string,
  ): this;
  after(name: string, ...given: readonly unknown[]): this {
    this.#notStarted();
    const { type, registration, concurrency } = registrationOf(name, given);
    this.#reactor.add(type, registration, concurrency);
    return this;
  }

  /** Puts a middleware around every rule; the first one registered is the outermost. */
  use(middleware: Middleware): this {
    this.#notStarted();
    this.#rules.use(middleware);
    return this;
  }

  /** Installs a plugin. @throws FriendError `FRIEND_PLUGIN_TWICE`, `FRIEND_PLUGIN_MISSING` */
  plug(plugin: Plugin): this {
    this.#notStarted();
    if (this.#plugins.has(plugin.name)) throw new FriendError('FRIEND_PLUGIN_TWICE', plugin.name);
    for (const need of plugin.needs ?? []) {
      if (!this.#hosts.offers(need)) throw new FriendError('FRIEND_PLUGIN_MISSING', `${plugin.name} needs ${need}`);
    }
    this.#plugins.add(plugin.name);
    plugin.install(this.#hosts.of(plugin.name));
    return this;
  }

  /** Opens the store, takes up interrupted reactions, then starts the link. Resolves before the link is up. */
  async start(): Promise<void> {
    this.#notStarted();
    this.#started = true;
    this.#rules.seal(placesBy(this.#hosts));
    const { store, transport } = this.#options;
    await store.open();
    await this.#asks.open(store);
    await this.#reactor.open();
    this.#schedules.start();
    this.#hosts.started();
    this.#connections.expect(await store.connections());
    transport.start({
      frame: (from, json, stanzaId) => this.#frame(from, json, stanzaId),
      malformed: (from, reason, stanzaId) => this.#stopping || this.#router.refuse(from, reason, stanzaId),
      gone: (from) => {
        this.#liveness.ended(from);
        this.#natives.gone(from);
      },
      bounced: (from, type, condition, stanzaId) => {
        this.#liveness.bounced(from, type, condition);
        this.#natives.bounced(from, type, stanzaId);
      },
      stanza: (stanza, cut) => this.#natives.stanza(stanza, cut),
      link: (status) => this.#link.changed(status),
    });
  }

  /** Stops taking: what arrives is answered `busy`. Finishes what was taken, then closes the link and the store. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#liveness.linked(false);
    this.#reactor.stop();
    this.#schedules.stop();
    this.#asides.stop();
    await this.#router.drained(stopLimit, this.#natives.stop());
    await this.#committer.drained();
    this.#teller.flush();
    this.#committer.stop();
    await this.#options.transport.stop();
    await this.#options.store.close();
  }

  /**
   * Sends an action as if `user` had sent it, without any network, and resolves with its answer: the stored fact, an
   * `ack`, the fact of a reading, or an `error`. For tests and for the site's own back end.
   * @throws FriendError `FRIEND_NOT_STARTED`
   */
  inject(user: string, action: Action): Promise<AnyFact> {
    if (!this.#started) throw new FriendError('FRIEND_NOT_STARTED');
    return this.#inject(user, action);
  }

  #inject(user: string, action: Action, device?: string): Promise<AnyFact> {
    return this.#injections.inject(user, action, (jid, task) => this.#router.following(jid, task), device);
  }

  #frame(from: string, json: string, stanzaId: string | undefined): void {
    this.#liveness.heard(from);
    this.#router.frame(from, json, stanzaId);
  }

  get status(): FriendStatus {
    return { link: this.#link.status, connections: this.#connections.size, store: this.#options.store.stats() };
  }

  #notStarted(): void {
    if (this.#started) throw new FriendError('FRIEND_STARTED');
  }

  #send(to: string, json: string): boolean {
    const { trace, transport } = this.#options;
    if (isInjected(to)) this.#injections.told(to, json);
    else if (isNative(to)) this.#natives.told(to, json);
    else if (!transport.send(to, json)) return false;
    trace?.({ kind: 'told', at: this.#options.clock.now(), to, frame: json });
    return true;
  }
}
