import type { FileDoor } from '../core/file-door.ts';
import type { Friend } from '../core/friend.ts';
import type { Store } from '../core/store.ts';
import { fetchOf } from './answering.ts';
import { type Interception, interceptBuiltin } from './intercept.ts';
import { Speaker, type SpeakerOptions } from './speaker.ts';
import { Stage } from './stage.ts';

export interface PageFriendOptions {
  /** Adds rules, reactions, middleware and plugins; called before every start of the friend. */
  readonly prepare?: (friend: Friend) => void;
}

/** How somebody comes: see `SpeakerOptions`. */
export type Coming = Partial<Pick<SpeakerOptions, 'conversation' | 'keep'>>;

/**
 * Puts a whole friend into this page, in real time and with real sockets: for pages that show the widget, and for the
 * widget's own tests. Tests of logic take `testChat`. One at a time in a page; resolves when people can come.
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
  readonly #options: PageFriendOptions;
  readonly #stage = new Stage({
    now: 'real',
    seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    fetch: fetchOf('web'),
  });
  readonly #interception: Interception;
  readonly #speakers = new Set<Speaker>();
  #stopped = false;

  constructor(options: PageFriendOptions) {
    this.#options = options;
    this.#interception = interceptBuiltin(this.addresses.service, this.#stage.builtin);
  }

  /** What a tag says in `data-service`, `data-friend` and `data-domain`. */
  get addresses(): Stage['addresses'] {
    return this.#stage.addresses;
  }

  /** Outlives the friend's stop and start. */
  get store(): Store {
    return this.#stage.store;
  }

  /** What stands behind the addresses of files. A page has no HTTP of its own: hand bytes in and take them out here. */
  get door(): FileDoor {
    return this.#stage.door;
  }

  /** What the friend and the XMPP server warned of. */
  get complaints(): readonly string[] {
    return this.#stage.complaints;
  }

  /** Streams that the XMPP server holds. */
  get connected(): number {
    return this.#stage.builtin.sessions;
  }

  /** Somebody new, or with `keep` somebody who comes back. Looks at `room:lobby` unless told otherwise. */
  person(name: string, { conversation = 'room:lobby', ...coming }: Coming = {}): Speaker {
    const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
    const clock = this.#stage.time;
    const speaker = new Speaker({ ...this.addresses, ...coming, clock, random, name, conversation });
    this.#speakers.add(speaker);
    return speaker;
  }

  /** Several new people, each under the name asked for: `const { ann, bob } = page.people('ann', 'bob')`. */
  people<N extends string>(...names: readonly N[]): Record<N, Speaker> {
    return Object.fromEntries(names.map((name) => [name, this.person(name)])) as Record<N, Speaker>;
  }

  /** A one-time token that makes a colleague of whoever accepts it first. */
  invite(): Promise<string> {
    return this.#stage.invite();
  }

  /** Starts a friend on the same store, with nothing in its memory, as after a crash. */
  async startFriend(): Promise<void> {
    const { prepare } = this.#options;
    await this.#stage.start(prepare === undefined ? {} : { setup: (friend) => prepare(friend) });
  }

  /** Stops the friend and leaves the XMPP server running: what is sent to it bounces. */
  async stopFriend(): Promise<void> {
    await this.#stage.stop();
  }

  /** Ends everything: people, friend, XMPP server, interception and timers. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await Promise.all(Array.from(this.#speakers, (speaker) => speaker.leaves()));
    await this.#stage.end();
    this.#interception.dispose();
  }
}
