import type { Action } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { readFact } from '../../protocol/facts.ts';
import { readFrame, toJson } from '../../protocol/frame.ts';
import { AfterCommit, unremembered } from './after-commit.ts';
import { Committer } from './committer.ts';
import { Connections } from './connections.ts';
import type { Effect } from './effect.ts';
import { FriendError } from './errors.ts';
import { Greeter } from './greeter.ts';
import { Meter } from './meter.ts';
import { planOf, unitOf } from './plan.ts';
import type { Plugin, PluginHost } from './plugin.ts';
import type { Clock, LinkStatus, Log, Random, Transport } from './ports.ts';
import { type CarryOut, Reactor } from './reactor.ts';
import { ReadCache } from './reads.ts';
import { Router } from './router.ts';
import type { Middleware, Reaction, Rule } from './rule.ts';
import type { Services } from './services.ts';
import type { Outcome, Store } from './store.ts';
import { Teller } from './teller.ts';

export interface FriendOptions {
  readonly transport: Transport;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /**
   * A commit's outcome is unknown (a failed fsync): nobody was answered, and only a new process can read what is on
   * disk. The program ends itself.
   */
  readonly fatal: (error: unknown) => void;
  /** Units of one transaction; 64 where absent. */
  readonly batch?: number;
}

/** The state of the friend for `/healthz`. */
export interface FriendStatus {
  readonly link: LinkStatus;
  readonly connections: number;
  readonly store: { readonly writable: boolean; readonly facts: number; readonly commits: number };
}

const injected = 'inject:';

/**
 * The friend: one address that every action reaches, and the rules that decide what becomes of it. Runs in a page as
 * it runs in Node.
 */
export class Friend {
  readonly meter: Meter = new Meter();
  readonly #options: FriendOptions;
  readonly #connections = new Connections();
  readonly #cache: ReadCache;
  readonly #committer: Committer;
  readonly #teller: Teller;
  readonly #afterCommit: AfterCommit;
  readonly #router: Router;
  readonly #reactor: Reactor;
  readonly #greeter: Greeter;
  readonly #services = new Map<keyof Services, unknown>();
  readonly #plugins = new Set<string>();
  readonly #injections = new Map<string, (answer: AnyFact) => void>();
  #link: LinkStatus = { state: 'down', reason: 'The friend has not been started.' };
  #started = false;
  #flushing = false;
  #injectedSoFar = 0;

  constructor(options: FriendOptions) {
    const { clock, log, random, store } = options;
    this.#options = options;
    this.#cache = new ReadCache(store);
    this.#committer = new Committer({
      store,
      clock,
      settledAll: () => this.#afterCommit.flush(this.#link.state === 'up'),
      unknown: options.fatal,
      ...(options.batch === undefined ? {} : { batch: options.batch }),
    });
    const outgoing = { send: (to: string, json: string) => this.#send(to, json) };
    this.#teller = new Teller(outgoing, this.#connections, store, this.meter);
    const parts = { store, clock, log, meter: this.meter, cache: this.#cache, committer: this.#committer };
    this.#reactor = new Reactor({ ...parts, carryOut: (...call) => this.#carryOut(...call) });
    this.#afterCommit = new AfterCommit({
      ...parts,
      connections: this.#connections,
      teller: this.#teller,
      reacted: (fact) => this.#reactor.committed(fact),
    });
    this.#router = new Router({
      ...parts,
      random,
      connections: this.#connections,
      teller: this.#teller,
      afterCommit: this.#afterCommit,
      flushSoon: () => this.#flushSoon(),
    });
    this.#greeter = new Greeter({ clock, store, hello: (jid) => this.#hello(jid) });
  }

  /** Registers the rule for a type of action. @throws FriendError `FRIEND_RULE_TWICE`, `FRIEND_STARTED` */
  on<T extends string>(type: T, rule: Rule<T>): this {
    this.#notStarted();
    this.#router.on(type, rule as Rule, false);
    return this;
  }

  /** Registers a reaction. `name` makes its repeats recognisable, so it stays the same over restarts. */
  after<T extends string>(type: T, reaction: Reaction<T>, name: string = type): this {
    this.#notStarted();
    this.#reactor.add(type, name, reaction as unknown as Reaction);
    return this;
  }

  /** Puts a middleware around every rule; the first one registered is the outermost. */
  use(middleware: Middleware): this {
    this.#notStarted();
    this.#router.use(middleware);
    return this;
  }

  /** Installs a plugin. @throws FriendError `FRIEND_PLUGIN_TWICE`, `FRIEND_PLUGIN_MISSING` */
  plug(plugin: Plugin): this {
    this.#notStarted();
    if (this.#plugins.has(plugin.name)) throw new FriendError('FRIEND_PLUGIN_TWICE', plugin.name);
    for (const need of plugin.needs ?? []) {
      if (!this.#services.has(need)) throw new FriendError('FRIEND_PLUGIN_MISSING', `${plugin.name} needs ${need}`);
    }
    this.#plugins.add(plugin.name);
    plugin.install(this.#host(plugin.name));
    return this;
  }

  /** Opens the store, takes up interrupted reactions, then starts the link. Resolves before the link is up. */
  async start(): Promise<void> {
    this.#notStarted();
    this.#started = true;
    this.#router.seal();
    const { store, transport } = this.#options;
    await store.open();
    for (const log of await store.due(10_000)) {
      if (log.reactedSeq < log.lastSeq) this.#reactor.resume(log.id, log.reactedSeq);
    }
    transport.start({
      frame: (from, json, stanzaId) => this.#router.frame(from, json, stanzaId),
      malformed: (from, reason, stanzaId) => this.#router.refuse(from, reason, stanzaId),
      gone: (from) => this.#ended(from),
      bounced: (from, type, condition) => this.#bounced(from, type, condition),
      link: (status) => this.#linked(status),
    });
  }

  /** Stops taking, finishes what was taken, closes the link and the store. */
  async stop(): Promise<void> {
    this.#greeter.stop();
    await this.#committer.drained();
    await this.#options.transport.stop();
    await this.#options.store.close();
  }

  /**
   * Sends an action as if `user` had sent it, without any network, and resolves with its answer: the stored fact, an
   * `ack`, the fact of a reading, or an `error`. For tests and for the site's own back end.
   */
  inject(user: string, action: Action): Promise<AnyFact> {
    const jid = `${injected}${this.#injectedSoFar++}`;
    this.#connections.open({ jid, user, device: 'inject' }, []);
    return new Promise((resolve) => {
      this.#injections.set(jid, (answer) => {
        if (answer.re !== action.id) return;
        this.#injections.delete(jid);
        this.#connections.end(jid);
        resolve(answer);
      });
      this.#router.action(jid, action);
    });
  }

  get status(): FriendStatus {
    return { link: this.#link, connections: this.#connections.size, store: this.#options.store.stats() };
  }

  #notStarted(): void {
    if (this.#started) throw new FriendError('FRIEND_STARTED');
  }

  #host(plugin: string): PluginHost {
    const { clock, log, random } = this.#options;
    return {
      on: (type, rule) => void this.on(type, rule),
      onOpening: (type, rule) => this.#router.on(type, rule as Rule, true),
      after: (type, reaction) => void this.after(type, reaction, `${plugin}/${type}`),
      use: (middleware) => void this.use(middleware),
      provide: (name, service) => void this.#services.set(name, service),
      service: (name) => this.#service(name),
      hearing: (topic) => this.#connections.hearing(topic).size,
      whenHearing: (topic, changed) =>
        this.#connections.watch(topic, (count) => {
          this.#afterCommit.tell(changed(count), clock.now());
          this.#flushSoon();
        }),
      clock,
      random,
      log,
    };
  }

  #service<K extends keyof Services>(name: K): Services[K] {
    const service = this.#services.get(name) as Services[K] | undefined;
    if (service === undefined) throw new FriendError('FRIEND_PLUGIN_MISSING', name);
    return service;
  }

  #send(to: string, json: string): boolean {
    if (!to.startsWith(injected)) return this.#options.transport.send(to, json);
    const frame = readFrame(json);
    for (const event of frame.ok ? frame.frame.events : []) {
      const fact = readFact(event);
      if (fact !== undefined && 'known' in fact) this.#injections.get(to)?.(fact.known);
    }
    return true;
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#options.clock.defer(() => {
      this.#flushing = false;
      this.#teller.flush();
    });
  }

  /** Stores and tells what a reaction returned. */
  async #carryOut(...[effects, origin]: Parameters<CarryOut>): ReturnType<CarryOut> {
    const plan = planOf(effects, this.#options.clock.now(), origin.by);
    if (plan.refused !== undefined) return 'stored';
    if (plan.appends.length + plan.puts.length === 0) {
      this.#afterCommit.tell(plan.then, this.#options.clock.now());
      this.#flushSoon();
      return 'stored';
    }
    const unit = unitOf(plan, {
      ...origin,
      content: [effects.map((effect: Effect) => effect.do)],
      reads: origin.read.notes,
    });
    const outcome = await new Promise<Outcome | { kind: 'storage' }>((resolve) => {
      const settled = (result: Outcome | { kind: 'storage' }): void => {
        if (result.kind === 'stored') this.#afterCommit.stored(unit, result.appended, plan.then);
        resolve(result);
      };
      if (!this.#committer.submit({ unit, settled })) resolve({ kind: 'storage' });
    });
    if (outcome.kind === 'stale') for (const { log } of unit.reads) this.#cache.forget(log);
    if (outcome.kind === 'stale') return 'stale';
    return outcome.kind === 'stored' || outcome.kind === 'repeat' ? 'stored' : 'later';
  }

  #linked(status: LinkStatus): void {
    this.#link = status;
    const fields = status.reason === undefined ? {} : { reason: status.reason };
    if (status.state === 'up') this.#greeter.greet();
    if (status.state === 'refused') this.#options.log.error('The XMPP server refuses the friend', fields);
    else this.#options.log.info(`XMPP link ${status.state}`, fields);
  }

  #hello(jid: string): void {
    const event = { type: 'friend.hello', at: this.#options.clock.now(), body: {} };
    this.#teller.queue(jid, toJson(event));
    this.#flushSoon();
  }

  #bounced(from: string, type: string, condition: string): void {
    this.meter.count('bounced');
    if (type === 'cancel') this.#ended(from);
    else this.#options.log.info('A stanza bounced', { type, condition });
  }

  #ended(jid: string): void {
    const connection = this.#connections.end(jid);
    const goneAt = this.#options.clock.now();
    const row = { jid, user: connection?.user ?? '', device: connection?.device ?? '', seenAt: goneAt, goneAt };
    this.#committer.submit({ unit: unremembered('gone', [{ table: 'connection', row }]), settled: () => undefined });
  }
}
