import type { Presence } from '../../protocol/facts.ts';
import type { Sight } from './presence-sight.ts';

/** One connection that looks at people. */
export interface Watching {
  readonly jid: string;
  readonly viewer: string;
  /** By user. */
  readonly sights: Map<string, Sight>;
  /** False until its list was answered: nothing may overtake that. */
  ready: boolean;
}

/** A list that nobody has looked at yet. */
export function watchingOf(jid: string, viewer: string, users: readonly string[]): Watching {
  return { jid, viewer, sights: new Map(users.map((user) => [user, {}])), ready: false };
}

const nobody: ReadonlySet<Watching> = new Set();

/** Who looks at whom: one list for each connection, which ends with it. */
export class Watchers {
  readonly #byJid = new Map<string, Watching>();
  readonly #byUser = new Map<string, Set<Watching>>();
  readonly #byViewer = new Map<string, Set<Watching>>();
  /** By JID. */
  readonly #besides = new Map<string, ReadonlySet<string>>();
  readonly #limit: number;
  #pairs = 0;

  /** @param limit people that all connections together look at */
  constructor(limit = 500_000) {
    this.#limit = limit;
  }

  /** Whether `users` more can be looked at. */
  hasRoom(users: number): boolean {
    return this.#pairs + users <= this.#limit;
  }

  /** Begins a list in place of the connection's former one. */
  begin(jid: string, viewer: string, users: readonly string[]): Watching {
    this.end(jid);
    const watching = watchingOf(jid, viewer, users);
    this.#byJid.set(jid, watching);
    add(this.#byViewer, viewer, watching);
    for (const user of watching.sights.keys()) add(this.#byUser, user, watching);
    this.#pairs += watching.sights.size;
    return watching;
  }

  /** Returns the users that nobody looks at any more. */
  end(jid: string): string[] {
    const watching = this.#byJid.get(jid);
    if (watching === undefined) return [];
    this.#byJid.delete(jid);
    remove(this.#byViewer, watching.viewer, watching);
    for (const user of watching.sights.keys()) remove(this.#byUser, user, watching);
    this.#pairs -= watching.sights.size;
    return [...watching.sights.keys()].filter((user) => !this.#byUser.has(user));
  }

  /** Whether this list is its connection's still. */
  holds(watching: Watching): boolean {
    return this.#byJid.get(watching.jid) === watching;
  }

  /** Besides whom relations show it, a connection may see these people from now on. Returns of whom that is different. */
  show(jid: string, users: ReadonlySet<string>): string[] {
    const before = this.#besides.get(jid) ?? new Set();
    if (users.size === 0) this.#besides.delete(jid);
    else this.#besides.set(jid, users);
    return [...new Set([...users, ...before])].filter((user) => users.has(user) !== before.has(user));
  }

  /** Whether a connection sees `user` besides. */
  shows(jid: string, user: string): boolean {
    return this.#besides.get(jid)?.has(user) === true;
  }

  /** The list of a connection, where it names `user`. */
  at(jid: string, user: string): Watching | undefined {
    const watching = this.#byJid.get(jid);
    return watching?.sights.has(user) ? watching : undefined;
  }

  /** What a connection was told of somebody last. */
  told(jid: string, user: string): Presence | undefined {
    return this.#byJid.get(jid)?.sights.get(user)?.told;
  }

  /** Everybody who looks at `user`. */
  of(user: string): ReadonlySet<Watching> {
    return this.#byUser.get(user) ?? nobody;
  }

  /** The lists of `viewer` that name `user`. */
  by(viewer: string, user: string): Watching[] {
    return [...(this.#byViewer.get(viewer) ?? nobody)].filter(({ sights }) => sights.has(user));
  }
}

function add(index: Map<string, Set<Watching>>, key: string, watching: Watching): void {
  const set = index.get(key);
  if (set === undefined) index.set(key, new Set([watching]));
  else set.add(watching);
}

function remove(index: Map<string, Set<Watching>>, key: string, watching: Watching): void {
  const set = index.get(key);
  set?.delete(watching);
  if (set?.size === 0) index.delete(key);
}
