import { createHash } from 'node:crypto';
import type { AnyFact, Presence } from '../../protocol/facts.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import { composeFriend } from '../../server/bin/compose.ts';
import { clock, random, sha256 } from '../../server/bin/platform.ts';
import type { Friend } from '../../server/core/friend.ts';
import type { Transport, TransportEvents } from '../../server/core/ports.ts';
import { sqliteStore } from '../../server/stores/sqlite.ts';
import { problemsOnly } from '../problems-only.ts';

/** One connection of the crowd, and what it was told. */
export interface Member {
  readonly jid: string;
  readonly secret: string;
  user: string;
  /** By user: what it knows of those it looks at. */
  readonly knows: Map<string, Presence>;
}

/** What was handed to the transport since the last `count`. */
export interface Counted {
  /** Frames with at least one `presence.changed`, and the events in them. */
  readonly frames: number;
  readonly events: number;
  /** Events that say that somebody has gone. */
  readonly offline: number;
  /** Of one connection, at most. */
  readonly most: number;
  /** When the last of them was handed over, as `performance.now()` says. */
  readonly lastAt: number;
}

/** A friend as production composes it, on a SQLite file, and people who speak to it without any server in between. */
export class Crowd {
  readonly members: readonly Member[];
  readonly friend: Friend;
  readonly #byJid: ReadonlyMap<string, Member>;
  #events: TransportEvents | undefined;
  #frames = new Map<string, number>();
  #changes = 0;
  #offline = 0;
  #lastAt = 0;
  /** Called for each frame: who got it, and what is in it. */
  heard: (member: Member, events: readonly AnyFact[]) => void = () => undefined;

  constructor(path: string, size: number) {
    this.members = Array.from({ length: size }, (_, index) => {
      const secret = createHash('sha256').update(`crowd ${index}`).digest('base64url');
      return { jid: `p${index}@visitors.example.com/tab`, secret, user: '', knows: new Map() };
    });
    this.#byJid = new Map(this.members.map((member) => [member.jid, member]));
    const transport: Transport = {
      address: 'friend.example.com',
      start: (events) => {
        this.#events = events;
        events.link({ state: 'up' });
      },
      send: (to, json) => this.#take(to, json),
      sendStanza: () => false,
      stop: () => Promise.resolve(),
    };
    this.friend = composeFriend({
      ...{ transport, clock, random, sha256, log: problemsOnly },
      store: sqliteStore({ path, log: problemsOnly }),
      newUsers: { perSecond: 100_000, burst: 100_000 },
      fatal: (error) => {
        throw error;
      },
    });
  }

  /** Sends actions of one member in one frame. */
  send(member: Member, ...actions: readonly (readonly [type: string, body: unknown])[]): void {
    const at = Date.now();
    const events = actions.map(([type, body]) => ({ id: uuidv7(at, random.bytes(10)), type, at, body }));
    this.#events?.frame(member.jid, JSON.stringify({ v: 1, events }));
  }

  opening({ secret }: Member): readonly [string, unknown] {
    return ['connection.open', { versions: [1], secret }];
  }

  gone(member: Member): void {
    this.#events?.gone(member.jid);
  }

  /** What was told of presence since it was asked last. */
  count(): Counted {
    const frames = [...this.#frames.values()];
    const counted = {
      frames: frames.reduce((sum, one) => sum + one, 0),
      events: this.#changes,
      offline: this.#offline,
      most: Math.max(0, ...frames),
      lastAt: this.#lastAt,
    };
    this.#frames = new Map();
    this.#changes = 0;
    this.#offline = 0;
    return counted;
  }

  #take(to: string, json: string): boolean {
    const member = this.#byJid.get(to);
    if (member === undefined) return true;
    const { events } = JSON.parse(json) as { events: AnyFact[] };
    let changes = 0;
    for (const fact of events) {
      if (fact.type === 'connection.opened') member.user = fact.body.user.id;
      if (fact.type === 'presence.listed') for (const one of fact.body.people) member.knows.set(one.user, one);
      if (fact.type !== 'presence.changed') continue;
      member.knows.set(fact.body.user, fact.body);
      changes += 1;
      if (fact.body.show === 'offline') this.#offline += 1;
    }
    if (changes > 0) {
      this.#frames.set(to, (this.#frames.get(to) ?? 0) + 1);
      this.#changes += changes;
      this.#lastAt = performance.now();
    }
    this.heard(member, events);
    return true;
  }
}
