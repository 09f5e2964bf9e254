import type { Presence } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { limits, utf8Length } from '../../protocol/limits.ts';
import type { Aside } from '../core/effect.ts';
import { tell } from '../core/effect.ts';
import type { PluginHost } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import type { Services } from '../core/services.ts';
import type { Grace } from './presence-grace.ts';
import type { People } from './presence-people.ts';
import { look, rightsOf } from './presence-sight.ts';
import type { Shown } from './presence-state.ts';
import type { Watchers, Watching } from './presence-watchers.ts';

/** How long is waited at most before it is looked again whether somebody is to look gone, milliseconds. */
const patience = 5_000;

/** How long changes are gathered, milliseconds: a connection gets one frame in that time. */
const gathering = 150;

/** How long is looked and told at a stretch, milliseconds: what arrives meanwhile waits no longer. */
const stretch = 8;

/** How long one list is looked up, milliseconds; a rule has 50. */
const listing = 16;

/** Bytes of JSON after which no more people are put into one answer; ten more still fit an event. */
const listBytes = 20_000;

/** People that are looked up beside each other. */
const beside = 10;

export interface TellingOptions {
  readonly host: Pick<PluginHost, 'clock' | 'soon'>;
  readonly relations: Services['relations'];
  readonly people: People;
  readonly watchers: Watchers;
  readonly grace: Pick<Grace, 'over'>;
}

/** Tells each connection what has changed in its sight: gathered, in stretches, and nothing twice. */
export class Telling {
  readonly #options: TellingOptions;
  /** What gathers, and what is being told: of each connection, the users that may look different. */
  #gathered = new Map<Watching, Set<string>>();
  readonly #due = new Map<Watching, Set<string>>();
  /** People that the lists of this turn of the event loop have asked for. */
  #listed = 0;

  constructor(options: TellingOptions) {
    this.#options = options;
  }

  /** `user` may look different to this connection. */
  mark(watching: Watching, user: string): void {
    const users = this.#gathered.get(watching);
    if (users === undefined) this.#gathered.set(watching, new Set([user]));
    else users.add(user);
    this.#options.host.soon('gathered', gathering, (read) => this.#begin(read));
  }

  /** `user` may look different to everybody, or to himself. */
  changed(user: string, whom: 'all' | 'himself'): void {
    const { watchers } = this.#options;
    for (const watching of whom === 'all' ? watchers.of(user) : watchers.by(user, user)) this.mark(watching, user);
  }

  /** What stands between two people is different. */
  related(one: string, other: string): void {
    const { watchers } = this.#options;
    for (const [viewer, user] of [[one, other] as const, [other, one] as const]) {
      for (const watching of watchers.by(viewer, user)) this.reconsider(watching, user);
    }
  }

  /** What this connection may know of `user` is different. */
  reconsider(watching: Watching, user: string): void {
    const { rights: _, ...sight } = watching.sights.get(user) ?? {};
    // Another object: a look that is on its way does not count any more.
    watching.sights.set(user, sight);
    this.mark(watching, user);
  }

  /**
   * Looks at `users` for this connection: at as many as all lists of this turn of the event loop may name together. The
   * others follow by themselves.
   */
  async list(read: Reads, watching: Watching, users: readonly string[]): Promise<Presence[]> {
    const { clock } = this.#options.host;
    if (this.#listed === 0) {
      clock.defer(() => {
        this.#listed = 0;
      });
    }
    const until = clock.now() + listing;
    const people: Presence[] = [];
    let bytes = 0;
    for (let from = 0; from < users.length; from += beside) {
      const some = users.slice(from, from + beside);
      this.#listed += some.length;
      if (bytes >= listBytes || this.#listed > limits.watched || clock.now() >= until) {
        for (const user of some) this.mark(watching, user);
        continue;
      }
      const seen = await this.#look(read, watching, some);
      bytes += utf8Length(toJson(seen));
      people.push(...seen);
    }
    return people;
  }

  #begin(read: Reads): Promise<readonly Aside[]> {
    for (const [watching, users] of this.#gathered) {
      const waiting = this.#due.get(watching);
      this.#due.set(watching, waiting === undefined ? users : new Set([...waiting, ...users]));
    }
    this.#gathered = new Map();
    return this.#tellSome(read);
  }

  /** Who sees the same is told together, so that it is encoded once. */
  async #tellSome(read: Reads): Promise<readonly Aside[]> {
    const { host, watchers } = this.#options;
    const told = new Map<string, { readonly presence: Presence; readonly connections: string[] }>();
    const begin = host.clock.now();
    for (const [watching, users] of this.#due) {
      this.#due.delete(watching);
      if (!watchers.holds(watching)) continue;
      if (!watching.ready) for (const user of users) this.mark(watching, user);
      else {
        for (const presence of await this.#look(read, watching, [...users])) {
          const key = JSON.stringify(presence);
          const same = told.get(key);
          if (same === undefined) told.set(key, { presence, connections: [watching.jid] });
          else same.connections.push(watching.jid);
        }
      }
      if (host.clock.now() - begin >= stretch) break;
    }
    if (this.#due.size > 0) host.soon('due', 0, (later) => this.#tellSome(later));
    return Array.from(told.values(), ({ presence, connections }) =>
      tell({ connections }, 'presence.changed', presence),
    );
  }

  async #look(read: Reads, watching: Watching, users: readonly string[]): Promise<Presence[]> {
    const unknown = users.filter((user) => {
      const sight = watching.sights.get(user);
      return sight?.rights === undefined || this.#shown(watching, user) === undefined;
    });
    for (let from = 0; from < unknown.length; from += beside) {
      await Promise.all(unknown.slice(from, from + beside).map((user) => this.#learn(read, watching, user)));
    }
    return users.flatMap((user) => this.#seen(watching, user) ?? []);
  }

  async #learn(read: Reads, watching: Watching, user: string): Promise<void> {
    const { host, people, relations, watchers } = this.#options;
    if (this.#shown(watching, user) === undefined) await people.read(user, read);
    const sight = watching.sights.get(user);
    if (sight === undefined || sight.rights !== undefined) return;
    const between = await relations.between(read, watching.viewer, user, host.clock.now());
    sight.rights = rightsOf(between, watchers.shows(watching.jid, user));
  }

  #seen(watching: Watching, user: string): Presence | undefined {
    const { grace, host } = this.#options;
    const sight = watching.sights.get(user);
    const shown = this.#shown(watching, user);
    // What has just changed was marked, and is looked at again.
    if (sight?.rights === undefined || shown === undefined) return undefined;
    const now = host.clock.now();
    const { presence, again } = look(user, shown, sight, sight.rights, { now, grace });
    if (again !== undefined) {
      host.soon(`again ${watching.viewer} ${user}`, Math.min(patience, again - now), async () => {
        for (const one of this.#options.watchers.by(watching.viewer, user)) this.mark(one, user);
        return [];
      });
    }
    return presence;
  }

  #shown({ viewer }: Watching, user: string): Shown | undefined {
    const { people } = this.#options;
    return user === viewer ? people.own(user) : people.shown(user);
  }
}
