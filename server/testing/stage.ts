import { composeFriend } from '../bin/compose.ts';
import { memoryBlobs } from '../blobs/memory.ts';
import { type BuiltinServer, builtinServer } from '../builtin/server.ts';
import { unremembered } from '../core/after-commit.ts';
import type { FileDoor } from '../core/file-door.ts';
import type { Friend } from '../core/friend.ts';
import type { Blobs, Fetch, Log } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { Config } from '../package/config.ts';
import { fileDoor } from '../plugins/file-door.ts';
import { memoryStore } from '../stores/memory.ts';
import { memoryTransport } from '../transports/memory.ts';
import { hmac, sha256 } from './hashes.ts';
import type { Life } from './life.ts';
import { type Seeded, seeded } from './seeded.ts';
import { Steps } from './steps.ts';
import { TestTime } from './test-time.ts';
import { testTokens } from './test-tokens.ts';
import { waitedFor } from './waited-for.ts';

export interface StageOptions {
  /** When it begins, milliseconds since 1970; real time where it is `real`. */
  readonly now: number | 'real';
  readonly seed: number;
  readonly fetch: Fetch;
}

/** Steps that are kept to be looked at, and complaints. */
const kept = { steps: 10_000, complaints: 1_000 } as const;

/** Nobody is slowed down by limits that are meant for the open net: a test knows nothing of a real second. */
const unhurried = { stanzasPerSecond: 1_000_000, burst: 1_000_000, sessions: 10_000 } as const;

const domain = 'chat.test';

/** A friend, its store and its XMPP server, all in this page or process; the friend can go and come. */
export class Stage {
  /** What a tag says in `data-service`, `data-friend` and `data-domain`. */
  readonly addresses = {
    service: `wss://xmpp.${domain}/xmpp-websocket`,
    friend: `friend.${domain}`,
    domain: `visitors.${domain}`,
  } as const;
  readonly time: TestTime;
  readonly store: Store = memoryStore();
  readonly blobs: Blobs = memoryBlobs();
  /** What stands behind the addresses of files. */
  readonly door: FileDoor;
  readonly builtin: BuiltinServer;
  readonly steps = new Steps(kept.steps);
  /** What the friend and the XMPP server warned of, the newest thousand. */
  readonly complaints: string[] = [];
  readonly #options: StageOptions;
  readonly #log: Log;
  readonly #chance: Seeded;
  #running: { readonly friend: Friend; readonly life: Life; readonly close: () => void } | undefined;

  constructor(options: StageOptions) {
    this.#options = options;
    this.time = new TestTime(options.now === 'real' ? undefined : options.now);
    this.#chance = seeded(options.seed, 'friend');
    const complain = (message: string, fields: object = {}): void => {
      this.complaints.push(`${message} ${JSON.stringify(fields)}`);
      if (this.complaints.length > kept.complaints) this.complaints.shift();
    };
    this.#log = { info: () => undefined, warn: complain, error: complain };
    const { store, blobs, time } = this;
    const whole = time.life();
    this.door = fileDoor({
      ...{ store: whole.tracked(store), blobs, hmac, clock: whole },
      count: (counter, by) => this.#running?.friend.meter.count(counter, by),
    });
    const random = seeded(options.seed, 'server');
    this.builtin = builtinServer({
      ...{ host: this.addresses.domain, clock: time, random, log: this.#log, limits: unhurried },
    });
  }

  /** @throws Error where the friend is away */
  get friend(): Friend {
    if (this.#running === undefined) throw new Error('The friend is away: await chat.restart() first.');
    return this.#running.friend;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Starts a friend on the same store, with nothing in its memory. Resolves when it can be reached. */
  async start(config: Config): Promise<void> {
    const { addresses, blobs, steps, store, time } = this;
    const { fetch } = this.#options;
    const life = time.life();
    const link = this.builtin.component(addresses.friend);
    const friend = composeFriend({
      ...waitedFor(config, life),
      transport: life.tracked(memoryTransport({ address: addresses.friend, link, log: this.#log })),
      store: life.tracked(store),
      clock: life,
      random: this.#chance,
      log: this.#log,
      sha256: (text) => life.track(sha256(text)),
      tokens: testTokens,
      files: { blobs, hmac: (key, text) => life.track(hmac(key, text)) },
      newUsers: { perSecond: 1_000, burst: 10_000 },
      trace: (step) => steps.add(step),
      fetch: (url, asking) => life.track(fetch(url, asking), true),
      fatal: (error) => this.#log.error('A commit’s outcome is unknown', { error: String(error) }),
    });
    this.#running = { friend, life, close: () => link.close() };
    await friend.start();
    await time.settle();
  }

  /** Lets it finish what it has taken, and go; the XMPP server stays. */
  async stop(): Promise<void> {
    const { friend, life } = this.#running ?? {};
    this.#running = undefined;
    await friend?.stop();
    life?.end();
  }

  /** Ends it in the midst of all that it does: what is not on disk is lost. */
  crash(): void {
    const { life, close } = this.#running ?? {};
    this.#running = undefined;
    life?.end();
    close?.();
  }

  /** A one-time token that makes a colleague of whoever accepts it first. */
  async invite(): Promise<string> {
    const digits = (byte: number): string =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[byte & 63] ?? '';
    const token = Array.from(this.#chance.bytes(43), digits).join('');
    const whole = this.time.life();
    const row = { kind: 'invite', subject: await whole.track(sha256(token)), user: '', device: '' };
    await whole.track(this.store.commit([unremembered('invite', [{ table: 'login', row, expect: 'absent' }])], []));
    return token;
  }

  /** Ends everything. */
  async end(): Promise<void> {
    await this.stop();
    this.builtin.close();
    await this.time.settle();
    this.time.stop();
  }
}
