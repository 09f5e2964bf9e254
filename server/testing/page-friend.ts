import { composeFriend } from '../bin/compose.ts';
import { memoryBlobs } from '../blobs/memory.ts';
import { type BuiltinServer, builtinServer } from '../builtin/server.ts';
import { unremembered } from '../core/after-commit.ts';
import type { FileDoor } from '../core/file-door.ts';
import type { Friend } from '../core/friend.ts';
import type { Blobs, Hmac, Log, Random, Sha256 } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { webFetch } from '../fetch/web.ts';
import { type FileDoorOptions, fileDoor } from '../plugins/file-door.ts';
import { memoryStore } from '../stores/memory.ts';
import { memoryTransport } from '../transports/memory.ts';
import { type Interception, interceptBuiltin } from './intercept.ts';
import { type PageClock, pageClock } from './page-clock.ts';
import { Speaker, type SpeakerOptions } from './speaker.ts';

export interface PageFriendOptions {
  /** Adds rules, reactions, middleware and plugins; called before every start of the friend. */
  readonly prepare?: (friend: Friend) => void;
}

/** How somebody comes: see `SpeakerOptions`. */
export type Coming = Partial<Pick<SpeakerOptions, 'conversation' | 'keep'>>;

const domain = 'page.test';

/**
 * Puts a whole friend into this page: the product's plugins, a store in memory, and an XMPP server behind an
 * intercepted WebSocket. One at a time in a page; resolves when people can come.
 *
 * ```ts
 * const page = await friendInPage({ prepare: (friend) => friend.after('message.sent', bot) });
 * const { ann, bob } = page.people('ann', 'bob');
 * ann.says('Anybody here?');
 * await bob.hears('Anybody here?');
 * await page.stop();
 * ```
 */
export async function friendInPage(options: PageFriendOptions = {}): Promise<PageFriend> {
  const page = new PageFriend(options);
  await page.startFriend();
  return page;
}

/** A friend in this page, its XMPP server, and the people who came. */
export class PageFriend {
  /** What a tag says in `data-service`, `data-friend` and `data-domain`. */
  readonly addresses = {
    service: `wss://xmpp.${domain}/xmpp-websocket`,
    friend: `friend.${domain}`,
    domain: `visitors.${domain}`,
  } as const;
  /** Outlives the friend's stop and start. */
  readonly store: Store = memoryStore();
  /** The bytes of files; they outlive it, too. */
  readonly blobs: Blobs = memoryBlobs();
  /** What stands behind the addresses of files. A page has no HTTP of its own: hand bytes in and take them out here. */
  readonly door: FileDoor;
  /** What the friend and the XMPP server warned of. */
  readonly complaints: string[] = [];
  readonly #options: PageFriendOptions;
  readonly #clock: PageClock = pageClock();
  readonly #log: Log;
  readonly #builtin: BuiltinServer;
  readonly #interception: Interception;
  readonly #speakers = new Set<Speaker>();
  #friend: Friend | undefined;
  #stopped = false;

  constructor(options: PageFriendOptions) {
    this.#options = options;
    const complain = (message: string, fields: object = {}): void => {
      this.complaints.push(`${message} ${JSON.stringify(fields)}`);
    };
    this.#log = { info: () => undefined, warn: complain, error: complain };
    const count: FileDoorOptions['count'] = (counter, by) => this.#friend?.meter.count(counter, by);
    this.door = fileDoor({ store: this.store, blobs: this.blobs, hmac, clock: this.#clock, count });
    this.#builtin = builtinServer({ host: this.addresses.domain, clock: this.#clock, random, log: this.#log });
    this.#interception = interceptBuiltin(this.addresses.service, this.#builtin);
  }

  /** Streams that the XMPP server holds. */
  get connected(): number {
    return this.#builtin.sessions;
  }

  /** Somebody new, or with `keep` somebody who comes back. Looks at `room:lobby` unless told otherwise. */
  person(name: string, { conversation = 'room:lobby', ...coming }: Coming = {}): Speaker {
    const clock = this.#clock;
    const speaker = new Speaker({ ...this.addresses, ...coming, clock, random: random.bytes, name, conversation });
    this.#speakers.add(speaker);
    return speaker;
  }

  /** Several new people, each under the name asked for: `const { ann, bob } = page.people('ann', 'bob')`. */
  people<N extends string>(...names: readonly N[]): Record<N, Speaker> {
    return Object.fromEntries(names.map((name) => [name, this.person(name)])) as Record<N, Speaker>;
  }

  /** A one-time token that makes a colleague of whoever accepts it first. */
  async invite(): Promise<string> {
    const token = btoa(String.fromCharCode(...random.bytes(32))).replace(
      /[+/=]/g,
      (digit) => ({ '+': '-', '/': '_' })[digit] ?? '',
    );
    const row = { kind: 'invite', subject: await sha256(token), user: '', device: '' };
    await this.store.commit([unremembered('invite', [{ table: 'login', row, expect: 'absent' }])], []);
    return token;
  }

  /** Starts a friend on the same store, with nothing in its memory, as after a crash. */
  async startFriend(): Promise<void> {
    const { friend: address } = this.addresses;
    const friend = composeFriend({
      transport: memoryTransport({ address, link: this.#builtin.component(address), log: this.#log }),
      store: this.store,
      clock: this.#clock,
      random,
      log: this.#log,
      sha256,
      fetch: webFetch(),
      files: { blobs: this.blobs, hmac },
      rate: { perSecond: 20, burst: 100 },
      fatal: (error) => this.#log.error('A commit’s outcome is unknown', { error: String(error) }),
    });
    this.#options.prepare?.(friend);
    await friend.start();
    this.#friend = friend;
    await this.#macrotask();
  }

  /** Stops the friend and leaves the XMPP server running: what is sent to it bounces. */
  async stopFriend(): Promise<void> {
    await this.#friend?.stop();
    this.#friend = undefined;
  }

  /** Ends everything: people, friend, XMPP server, interception and timers. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await Promise.all(Array.from(this.#speakers, (speaker) => speaker.leaves()));
    await this.stopFriend();
    this.#builtin.close();
    await this.#macrotask();
    this.#interception.dispose();
    this.#clock.stop();
  }

  /** What was deferred before this has run. */
  #macrotask(): Promise<void> {
    return new Promise((resolve) => this.#clock.defer(resolve));
  }
}

const random: Random = { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) };

const hmac: Hmac = async (secret, text) => {
  const name = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), name, false, ['sign']);
  return hex(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)));
};

const sha256: Sha256 = async (text) => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return hex(hash);
};

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
