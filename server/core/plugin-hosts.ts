import type { Asides } from './asides.ts';
import type { Connections } from './connections.ts';
import { FriendError } from './errors.ts';
import type { BodySchema } from './events.ts';
import type { Friend } from './friend.ts';
import { isInjected } from './injections.ts';
import type { Meter } from './meter.ts';
import type { KeptRow, PluginHost } from './plugin.ts';
import type { Clock, Fetch, Log, Random } from './ports.ts';
import type { Rule } from './rule.ts';
import type { Services } from './services.ts';

export interface PluginHostsOptions {
  readonly friend: Pick<Friend, 'on' | 'after' | 'use'>;
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

  constructor(options: PluginHostsOptions) {
    this.#options = options;
  }

  /** Whether a plugin has provided it. */
  offers(name: keyof Services): boolean {
    return this.#services.has(name);
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

  /** The host of one plugin. */
  of(plugin: string): PluginHost {
    const { friend, onOpening, connections, asides, meter, clock, random, log, fetch } = this.#options;
    return {
      on: (type: string, rule: Rule, options?: { readonly schema: BodySchema }) =>
        void (options === undefined ? friend.on(type, rule) : friend.on(type, rule, options)),
      onOpening,
      after: (type, reaction, options) =>
        void friend.after(type, reaction, { ...options, name: `${plugin}/${options?.name ?? type}` }),
      use: (middleware) => void friend.use(middleware),
      provide: (name, service) => void this.#services.set(name, service),
      service: (name) => this.#service(name),
      offered: (name) => this.#services.get(name) as Services[typeof name] | undefined,
      hearing: (topic) => connections.presentAt(topic),
      whenHearing: (topic, changed) =>
        connections.watch(topic, (count) => asides.now(`${plugin} ${topic}`, () => changed(count))),
      whenConnected: (changed) =>
        connections.observe((user, jid, present) => {
          if (!isInjected(jid)) asides.now(`${plugin} connected`, () => changed(user, jid, present));
        }),
      whenKept: (changed) => this.#keeping.set(plugin, (row) => asides.now(`${plugin} kept`, () => changed(row))),
      soon: (name, ms, made) => asides.soon(`${plugin} ${name}`, ms, made),
      whenStarted: (begin) => void this.#beginnings.set(plugin, begin),
      fetch,
      count: (counter, by) => meter.count(counter, by),
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
}
