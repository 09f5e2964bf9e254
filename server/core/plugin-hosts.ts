import type { Asides } from './asides.ts';
import type { Connections } from './connections.ts';
import { FriendError } from './errors.ts';
import type { Both, Catalogue, NoEvents } from './events.ts';
import { isInjected } from './injections.ts';
import type { Meter } from './meter.ts';
import type { KeptRow, PluginHost } from './plugin.ts';
import { pluginState } from './plugin-state.ts';
import type { Clock, Fetch, Log, Random } from './ports.ts';
import type { Middleware, ReactionOptions } from './rule.ts';
import type { PlaceOf } from './rule-book.ts';
import type { Services } from './services.ts';

type Loose = (type: string, ...given: readonly unknown[]) => unknown;

export interface PluginHostsOptions {
  /** Overloads of `on` and `after` are sorted out by the friend. */
  readonly friend: { on: Loose; after: Loose; use(middleware: Middleware): unknown; events(own: Catalogue): unknown };
  readonly onOpening: PluginHost['onOpening'];
  readonly connections: Connections;
  readonly asides: Asides;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly fetch?: Fetch;
}

/** What each plugin sees of the friend, and the services that they offer each other. */
export class PluginHosts {
  readonly #options: PluginHostsOptions;
  readonly #services = new Map<keyof Services, unknown>();
  /** What plugins do with their own rows once they are stored. */
  readonly #keeping = new Map<string, (row: KeptRow) => void>();

  /** What plugins do once the store is open. */
  readonly #beginnings = new Map<string, () => void>();

  /** Who is told how the link to the XMPP server stands. */
  readonly #linked: ((isUp: boolean) => void)[] = [];

  constructor(options: PluginHostsOptions) {
    this.#options = options;
  }

  /** Whether a plugin has provided it. */
  offers(name: keyof Services): boolean {
    return this.#services.has(name);
  }

  /** What a plugin has provided under this name. */
  offered<K extends keyof Services>(name: K): Services[K] | undefined {
    return this.#services.get(name) as Services[K] | undefined;
  }

  /** Tells its plugin of a row that was stored. */
  kept(row: KeptRow): void {
    this.#keeping.get(row.plugin)?.(row);
  }

  /** The store is open. */
  started(): void {
    for (const [plugin, begin] of this.#beginnings) {
      this.#options.asides.now(`${plugin} started`, () => {
        begin();
        return [];
      });
    }
  }

  /** The link to the XMPP server is up, or is not. */
  linked(isUp: boolean): void {
    for (const changed of this.#linked) changed(isUp);
  }

  /** The host of one plugin. */
  of(plugin: string): PluginHost {
    const { friend, onOpening, connections, asides, meter, clock, random, log, fetch } = this.#options;
    const host: PluginHost = {
      events: <C extends Catalogue>(catalogue: C) => {
        friend.events(catalogue);
        return host as unknown as PluginHost<Both<NoEvents, C>>;
      },
      state: pluginState(plugin),
      on: (type: string, ...given: readonly unknown[]) => void friend.on(type, ...given),
      onOpening,
      after: (type: string, ...given: readonly unknown[]) => {
        const options = given[typeof given[0] === 'function' ? 1 : 2] as ReactionOptions | undefined;
        const isPlaced = typeof given[0] !== 'function';
        const named = { ...options, name: `${plugin}/${options?.name ?? type}` };
        friend.after(type, ...given.slice(0, isPlaced ? 2 : 1), named);
      },
      use: (middleware) => void friend.use(middleware),
      provide: (name, service) => void this.#services.set(name, service),
      service: (name) => this.#service(name),
      offered: (name) => this.offered(name),
      hearing: (topic) => connections.presentAt(topic),
      whenHearing: (topic, changed) =>
        connections.watch(topic, (count) => asides.now(`${plugin} ${topic}`, () => changed(count))),
      whenConnected: (changed) =>
        connections.observe((user, jid, present) => {
          if (!isInjected(jid)) asides.now(`${plugin} connected`, () => changed(user, jid, present));
        }),
      whenKept: (changed) => this.#keeping.set(plugin, (row) => asides.now(`${plugin} kept`, () => changed(row))),
      whenLinked: (changed) => void this.#linked.push(changed),
      soon: (name, ms, made) => asides.soon(plugin, name, ms, made),
      whenStarted: (begin) => void this.#beginnings.set(plugin, begin),
      fetch,
      count: (counter, by) => meter.count(counter, by),
      clock,
      random,
      log,
    };
    return host;
  }

  #service<K extends keyof Services>(name: K): Services[K] {
    const service = this.#services.get(name) as Services[K] | undefined;
    if (service === undefined) throw new FriendError('FRIEND_PLUGIN_MISSING', name);
    return service;
  }
}

/** Finds the conversation that an action names by the plugin that knows them. */
export function placesBy(hosts: PluginHosts): PlaceOf {
  return async ({ read, user, now }, ref) => {
    const access = await hosts.offered('conversations')?.access(read, user, ref, now);
    if (access === undefined) return undefined;
    return access.member === undefined ? { row: access.row } : { row: access.row, role: access.member.role };
  };
}
