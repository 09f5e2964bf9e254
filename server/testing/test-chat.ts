import type { Action } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import type { FileDoor } from '../core/file-door.ts';
import type { Friend } from '../core/friend.ts';
import type { StoredFact } from '../core/rows.ts';
import type { Store } from '../core/store.ts';
import type { Config } from '../package/config.ts';
import { fetchOf, type Web } from './answering.ts';
import type { Handling, Interception } from './intercept.ts';
import { mounted, type WidgetOptions } from './mounting.ts';
import { conditionsOf, type Network } from './network.ts';
import { Person, type Who } from './person.ts';
import { type Recording, record } from './recording.ts';
import { seeded } from './seeded.ts';
import { type Span, spanOf } from './spans.ts';
import { Stage } from './stage.ts';
import type { Steps } from './steps.ts';
import { newDevice, Tab, type TabOptions } from './tab.ts';
import type { Mount, Mounted, TestWidget } from './test-widget.ts';

export interface TestChatOptions {
  /**
   * When it begins, milliseconds since 1970 or a date; the fifteenth of January 2027 at eight, UTC, where absent. Time then
   * passes only by `later` and by waiting. `real`: the clock of the machine.
   */
  readonly now?: number | string | Date | 'real';
  /** All chance comes of it; the same in every run where absent. */
  readonly seed?: number;
  /** What reactions reach by `context.fetch`; nothing where absent. */
  readonly web?: Web;
  /** What people look at first: `support`, `room:NAME`, or `inbox`; the room `lobby` where absent. */
  readonly conversation?: string;
  /** How bad the network is from the start. */
  readonly network?: Network;
}

/** How somebody comes. */
export interface Coming {
  /** What he looks at first. */
  readonly conversation?: string;
  /** The site has signed who he is. */
  readonly signedIn?: boolean;
}

const start = 1_800_000_000_000;

/**
 * A whole friend with a team's own logic, its store and its XMPP server, in this page or this process: the same in both.
 *
 * ```ts
 * await using chat = await testChat(config);
 * const { ann, bob } = chat.people('ann', 'bob');
 * await ann.says('Anybody here?');
 * await bob.hears('Anybody here?');
 * ```
 * @throws what a wrong configuration throws: FriendError, RangeError
 */
export async function testChat(config: Config = {}, options: TestChatOptions = {}): Promise<TestChat> {
  const chat = new TestChat(config, options);
  await chat.restart();
  return chat;
}

/** A friend, and the people who speak to it. */
export class TestChat implements AsyncDisposable {
  readonly #stage: Stage;
  readonly #options: TestChatOptions;
  readonly #people = new Set<Person>();
  #config: Config;
  #conditions: ReturnType<typeof conditionsOf>;
  readonly #widgets = new Set<TestWidget<Mounted>>();
  #interception: Interception | undefined;
  #isHandled = false;
  #isOver = false;

  constructor(config: Config, options: TestChatOptions) {
    const { network = {}, now = start, seed = 1, web } = options;
    this.#config = config;
    this.#options = options;
    this.#stage = new Stage({ now: now === 'real' ? now : new Date(now).getTime(), seed, fetch: fetchOf(web) });
    this.#conditions = conditionsOf(network, seeded(network.seed ?? seed, 'network'));
  }

  /** The friend that runs now. @throws Error while it is away */
  get friend(): Friend {
    return this.#stage.friend;
  }

  /** What all friends of this chat have stored. */
  get store(): Store {
    return this.#stage.store;
  }

  /** What stands behind the addresses of files: a test has no HTTP. */
  get door(): FileDoor {
    return this.#stage.door;
  }

  /** What the friend did, step by step: the newest ten thousand, and a place to listen. */
  get trace(): Steps {
    return this.#stage.steps;
  }

  /** What the friend warned of: reactions that failed, rules that took too long. */
  get complaints(): readonly string[] {
    return this.#stage.complaints;
  }

  /** What a tag says in `data-service`, `data-friend` and `data-domain`. */
  get addresses(): Stage['addresses'] {
    return this.#stage.addresses;
  }

  /** The chat's time, milliseconds since 1970. */
  get now(): number {
    return this.#stage.time.now();
  }

  /** Friend, server and store, for what the kit itself adds. */
  get stage(): Stage {
    return this.#stage;
  }

  /** Somebody new, who comes at once. */
  person(name: string, { signedIn = false, ...coming }: Coming = {}): Person {
    return this.#comes({ name, ...coming }, signedIn ? (person) => person.signsIn() : undefined);
  }

  /** Several new people, each under the name asked for: `const { ann, bob } = chat.people('ann', 'bob')`. */
  people<N extends string>(...names: readonly N[]): Record<N, Person> {
    return Object.fromEntries(names.map((name) => [name, this.person(name)])) as Record<N, Person>;
  }

  /** Somebody who answers for the site. He looks at the list of conversations first. */
  colleague(name: string, { conversation = 'inbox' }: Pick<Coming, 'conversation'> = {}): Person {
    return this.#comes({ name, conversation }, async (person) => person.takesInvite(await this.#stage.invite()));
  }

  /** Sends an action as if `who` had sent it, without any network. Resolves with the answer when all has settled. */
  async inject(who: Who, type: string, body: unknown): Promise<AnyFact> {
    const user = who instanceof Tab ? await who.id() : who;
    const id = uuidv7(this.now, crypto.getRandomValues(new Uint8Array(10)));
    const action: Action = { id, type, at: this.now, body };
    const answer = await this.friend.inject(user, action);
    await this.settled();
    return answer;
  }

  /** Lets time pass: all that falls due happens in order, and settles. `later('24h')`, `later('2 days')`, `later(500)` */
  async later(span: Span): Promise<void> {
    await this.#stage.time.pass(spanOf(span));
  }

  /** Resolves when nothing is under way any more but what waits for its time. */
  async settled(): Promise<void> {
    await this.#stage.time.settle();
  }

  /** From now on the network is this bad; without a word it is good again. @throws RangeError */
  network(network: Network = {}): void {
    const { seed = this.#options.seed ?? 1 } = network;
    this.#conditions = conditionsOf(network, seeded(seed, 'network'));
  }

  /** Ends the friend in the midst of what it does; what is sent to it bounces until `restart`. */
  async crash(): Promise<void> {
    this.#stage.crash();
    await this.settled();
  }

  /** Starts the friend anew on what is stored; one that runs finishes first. */
  async restart(): Promise<void> {
    await this.#stage.stop();
    await this.#stage.start(this.#config);
  }

  /** Goes on with other logic on the same store, and with the same people. @throws what a wrong configuration throws */
  async reload(config: Config): Promise<void> {
    this.#config = config;
    await this.restart();
  }

  /** What a conversation or a user's own log holds, the oldest first, at most `limit`. `room:NAME` names a room. */
  async stored(log: string, limit = 1_000): Promise<readonly StoredFact[]> {
    await this.settled();
    return this.#stage.store.page({ log: log.replace(/^room:/, 'c_room_'), after: 0, limit });
  }

  /**
   * Puts the real widget into a page, with `mount` of the package: `await chat.widget(mount, document.body)`. Its WebSocket
   * is intercepted by MSW, which has to be installed.
   */
  async widget<W extends Mounted>(
    mount: Mount<W>,
    element: Element,
    options: WidgetOptions = {},
  ): Promise<TestWidget<W>> {
    const { interceptBuiltin } = await import('./intercept.ts');
    const { addresses, builtin } = this.#stage;
    if (!this.#isHandled) this.#interception ??= interceptBuiltin(addresses.service, builtin);
    const widget = await mounted(this.#stage, mount, element, options);
    this.#widgets.add(widget);
    return widget;
  }

  /** Handlers that lead `chat.addresses.service` here, for a page that has MSW running already. */
  async handlers(): Promise<Handling['handlers']> {
    const { handling } = await import('./intercept.ts');
    const { close, handlers } = handling(this.addresses.service, this.#stage.builtin);
    this.#isHandled = true;
    this.#interception = { dispose: close };
    return handlers;
  }

  /** Records what people do from now on, for `replay`. */
  record(): Recording {
    return record(this.#stage);
  }

  /** Ends everything: people, friend, server, timers. */
  async stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await Promise.all([
      ...Array.from(this.#widgets, (one) => one.stop()),
      ...Array.from(this.#people, (one) => one.leaves()),
    ]);
    this.#interception?.dispose();
    await this.#stage.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #comes(options: Partial<TabOptions> & { readonly name: string }, first?: (person: Person) => Promise<void>): Person {
    const { conversation = 'room:lobby', seed = 1 } = this.#options;
    const all: TabOptions = {
      stage: this.#stage,
      conditions: () => this.#conditions,
      chance: seeded(seed, `${options.name} ${this.#people.size}`),
      device: newDevice(),
      conversation,
      ...options,
    };
    const person = new Person(all, (more) => this.#comes({ name: options.name, ...more }), first);
    this.#people.add(person);
    return person;
  }
}
