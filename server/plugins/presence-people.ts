import type { Aside } from '../core/effect.ts';
import type { PluginHost } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import type { Grace } from './presence-grace.ts';
import { Last } from './presence-last.ts';
import { isSame, type Show, type Shown, type Statement, shownOf, standing, statementIn } from './presence-state.ts';

/** One user, while he is connected or somebody looks at him. */
interface Somebody {
  readonly user: string;
  /** What each live connection says of itself. */
  readonly connections: Map<string, Show>;
  /** Absent until it was read. */
  stated?: Statement;
  /** When he was last there. Absent until it was read; null where he never was. */
  seen?: number | null;
  /** What others see. */
  shown: Shown;
  /** When he went, as long as he may come back. */
  wentAt?: number;
}

export interface PeopleOptions {
  readonly host: Pick<PluginHost, 'clock' | 'soon'>;
  /** `user` looks different now: to all, or to himself alone. */
  readonly changed: (user: string, whom: 'all' | 'himself') => void;
  readonly isWatched: (user: string) => boolean;
  readonly grace: Pick<Grace, 'over'>;
}

/** How long is waited at most before it is looked who is taken for gone, milliseconds. */
const patience = 5_000;

/** How long is read at a stretch, milliseconds. */
const stretch = 8;

/** Who is there: what people have set, over their live connections. Somebody who goes is shown a little longer. */
export class People {
  readonly #options: PeopleOptions;
  readonly #last: Last;
  readonly #people = new Map<string, Somebody>();
  readonly #byJid = new Map<string, Somebody>();
  readonly #unread = new Set<string>();
  /** In the order in which they went, and are taken for gone. */
  readonly #leaving: { readonly somebody: Somebody; readonly at: number }[] = [];

  constructor(options: PeopleOptions) {
    this.#options = options;
    this.#last = new Last(options.host);
  }

  /** Users that are held in memory. */
  get size(): number {
    return this.#people.size;
  }

  isOpen(jid: string): boolean {
    return this.#byJid.has(jid);
  }

  isConnected(user: string): boolean {
    return (this.#people.get(user)?.connections.size ?? 0) > 0;
  }

  /** A connection begins; it is available until it says something else. */
  began(user: string, jid: string): void {
    const somebody = this.#of(user);
    this.#byJid.set(jid, somebody);
    somebody.connections.set(jid, 'available');
    if (isRead(somebody)) return this.#moved(somebody);
    this.#unread.add(user);
    this.#options.host.soon('read', 0, (read) => this.#readSome(read));
  }

  /** Returns what is to be stored. */
  ended(jid: string): readonly Aside[] {
    const somebody = this.#byJid.get(jid);
    if (somebody === undefined) return [];
    this.#byJid.delete(jid);
    somebody.connections.delete(jid);
    const now = this.#options.host.clock.now();
    // Whose statement was not read yet has not been shown to anybody.
    const wasShown = somebody.stated !== undefined && standing(somebody.stated, now).show !== 'invisible';
    const isLast = somebody.connections.size === 0 && wasShown;
    if (isLast) somebody.seen = now;
    this.#moved(somebody);
    this.release(somebody.user);
    return isLast ? this.#last.was(somebody.user, now) : [];
  }

  /** What a connection says of itself from now on; nothing where it does not live. */
  says(jid: string, show: Show): void {
    const somebody = this.#byJid.get(jid);
    if (somebody === undefined || somebody.connections.get(jid) === show) return;
    somebody.connections.set(jid, show);
    this.#moved(somebody);
  }

  /** `user` has set something else. */
  stated(user: string, stated: Statement): void {
    this.#stored(user, (somebody) => Object.assign(somebody, { stated }));
  }

  /** It was stored when `user` was last there. */
  lastSeen(user: string, seen: number): void {
    this.#stored(user, (somebody) => Object.assign(somebody, { seen }));
  }

  /** What others may see of `user` at most; undefined where it has to be read first. */
  shown(user: string): Shown | undefined {
    const somebody = this.#of(user);
    if (somebody.wentAt !== undefined) this.#takeLeave(true);
    return isRead(somebody) ? somebody.shown : undefined;
  }

  /** What `user` sees of himself, at once and with what he has set; undefined where it has to be read first. */
  own(user: string): Shown | undefined {
    const somebody = this.#of(user);
    const { stated } = somebody;
    if (stated === undefined || !isRead(somebody)) return undefined;
    return { ...this.#actual(somebody), own: standing(stated, this.#options.host.clock.now()) };
  }

  async read(user: string, read: Reads): Promise<void> {
    const [stated, seen] = await Promise.all([
      read.state('presence', user, 'stated'),
      read.state('presence', user, 'seen'),
    ]);
    const somebody = this.#of(user);
    if (isRead(somebody)) return;
    somebody.stated ??= statementIn(stated);
    somebody.seen ??= this.#last.waiting(user) ?? (seen === undefined ? null : Number(seen));
    this.#moved(somebody);
  }

  /** Forgets `user` where nothing needs him any more. */
  release(user: string): void {
    const somebody = this.#people.get(user);
    if (somebody === undefined || somebody.connections.size > 0 || somebody.wentAt !== undefined) return;
    if (!this.#options.isWatched(user)) this.#people.delete(user);
  }

  #of(user: string): Somebody {
    const known = this.#people.get(user);
    if (known !== undefined) return known;
    const somebody: Somebody = { user, connections: new Map(), shown: { show: 'offline' } };
    this.#people.set(user, somebody);
    return somebody;
  }

  async #readSome(read: Reads): Promise<readonly Aside[]> {
    const { clock, soon } = this.#options.host;
    const begin = clock.now();
    for (const user of this.#unread) {
      this.#unread.delete(user);
      if (this.#people.has(user)) await this.read(user, read);
      if (clock.now() - begin >= stretch) break;
    }
    if (this.#unread.size > 0) soon('read', 0, (later) => this.#readSome(later));
    return [];
  }

  #stored(user: string, change: (somebody: Somebody) => void): void {
    const somebody = this.#people.get(user);
    if (somebody === undefined) return;
    change(somebody);
    this.#moved(somebody);
  }

  #actual({ stated, connections, seen }: Somebody): Shown {
    const now = this.#options.host.clock.now();
    return shownOf(standing(stated ?? { show: 'invisible' }, now), connections.values(), seen ?? undefined);
  }

  /** Coming is shown at once, going after the grace. */
  #moved(somebody: Somebody): void {
    if (!isRead(somebody)) return;
    const { changed } = this.#options;
    const { shown, user } = somebody;
    const actual = this.#actual(somebody);
    if (shown.show !== 'offline' && actual.show === 'offline') {
      if (somebody.wentAt === undefined) this.#leaves(somebody);
      return changed(user, 'himself');
    }
    delete somebody.wentAt;
    if (isSame(shown, actual)) return changed(user, 'himself');
    somebody.shown = actual;
    changed(user, 'all');
  }

  #leaves(somebody: Somebody): void {
    const at = this.#options.host.clock.now();
    somebody.wentAt = at;
    this.#leaving.push({ somebody, at });
    this.#takeLeave(this.#options.isWatched(somebody.user));
  }

  /** Takes for gone whose time is over. Whom nobody looks at, nobody waits for. */
  #takeLeave(waits: boolean): void {
    const { changed, grace, host } = this.#options;
    const now = host.clock.now();
    // A clock that was set back makes nobody stay.
    const staying = this.#leaving.findIndex(({ at }) => at <= now && grace.over(at) > now);
    for (const { somebody, at } of this.#leaving.splice(0, staying === -1 ? this.#leaving.length : staying)) {
      // Who came back meanwhile has another time, or none.
      if (somebody.wentAt !== at) continue;
      delete somebody.wentAt;
      somebody.shown = this.#actual(somebody);
      changed(somebody.user, 'all');
      this.release(somebody.user);
    }
    const [next] = this.#leaving;
    if (next === undefined || !waits) return;
    host.soon('leave', Math.min(patience, grace.over(next.at) - now), async () => {
      this.#takeLeave(true);
      return [];
    });
  }
}

function isRead({ stated, seen }: Somebody): boolean {
  return stated !== undefined && seen !== undefined;
}
