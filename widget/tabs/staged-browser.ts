import type { Clock, Ended, StreamEvents, Transport } from '../core/ports.ts';
import type { Channel, Locks } from './ports.ts';
import { tabTransport } from './transport.ts';

interface Request {
  readonly owner: StagedTab;
  readonly name: string;
  readonly held: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (why: Error) => void;
}

/** One browser as a test plays it: its locks, its channels, its tabs, and the server that they dial. */
export class StagedBrowser {
  readonly clock: Clock;
  readonly tabs: StagedTab[] = [];
  /** Frames that reached the server, each with the tab whose socket it came through. */
  readonly arrived: { readonly json: string; readonly through: StagedTab }[] = [];
  /** How often the server was dialled. */
  dials = 0;
  reachable = true;
  /** Locks are refused, as by a browser that blocks storage. */
  refusesLocks = false;
  readonly #held = new Map<string, Request>();
  #waiting: readonly Request[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  tab(name = 'one'): StagedTab {
    const tab = new StagedTab(this, name, this.tabs.length);
    this.tabs.push(tab);
    return tab;
  }

  /** The tabs that have a socket to the server. */
  get sockets(): readonly StagedTab[] {
    return this.tabs.filter((tab) => tab.socket === 'up');
  }

  /** The server says something to every socket. */
  says(json: string): void {
    for (const tab of this.sockets) tab.hears(json);
  }

  locksOf(owner: StagedTab): Locks {
    return {
      request: (name, how, held) =>
        new Promise<void>((resolve, reject) => {
          if (this.refusesLocks) return reject(named('SecurityError'));
          const request = { owner, name, held, resolve, reject };
          if ('signal' in how) {
            how.signal.addEventListener('abort', () => {
              this.#waiting = this.#waiting.filter((other) => other !== request);
              reject(named('AbortError'));
            });
            this.#waiting = [...this.#waiting, request];
          } else {
            const robbed = this.#held.get(name);
            this.#held.delete(name);
            robbed?.owner.does(() => robbed.reject(named('AbortError')));
            this.#waiting = [request, ...this.#waiting];
          }
          this.#grant(name);
        }),
    };
  }

  /** The browser takes back the locks of a tab that is gone. */
  free(owner: StagedTab): void {
    this.#waiting = this.#waiting.filter((request) => request.owner !== owner);
    for (const [name, request] of this.#held) {
      if (request.owner !== owner) continue;
      this.#held.delete(name);
      this.#grant(name);
    }
  }

  #grant(name: string): void {
    const next = this.#waiting.find((request) => request.name === name);
    if (next === undefined || this.#held.has(name)) return;
    this.#held.set(name, next);
    this.#waiting = this.#waiting.filter((request) => request !== next);
    next.owner.does(() => {
      void next.held().then(() => {
        next.resolve();
        if (this.#held.get(name) !== next) return;
        this.#held.delete(name);
        this.#grant(name);
      });
    });
  }
}

/** One tab: a page that redials five seconds after a loss, and what it has seen. */
export class StagedTab {
  readonly life = new EventTarget();
  readonly transport: Transport;
  socket: 'none' | 'dialling' | 'up' = 'none';
  visible = true;
  /** In a storage that does not show what other tabs have written. Made at the first rise, as the session does. */
  secret: string | undefined;
  /** `open`, `up`, `lost`, `refused`, `bounced`, and the frames that came. */
  readonly seen: string[] = [];
  readonly channels = new Set<StagedChannel>();
  readonly name: string;
  /** The names of the tabs whose leavings it was told to take over, and what the next time waits for. */
  readonly adopted: string[] = [];
  adopting: Promise<void> = Promise.resolve();
  readonly #browser: StagedBrowser;
  #state: 'runs' | 'frozen' | 'dead' = 'runs';
  #later: (() => void)[] = [];
  #redial: (() => void) | undefined;
  #inner: StreamEvents | undefined;
  #isOpen = false;

  constructor(browser: StagedBrowser, name: string, index: number) {
    this.#browser = browser;
    this.name = `tab ${index}`;
    const { clock } = browser;
    this.transport = tabTransport({
      inner: this.#staged(),
      name,
      secret: {
        get: () => this.secret,
        set: (secret) => {
          this.secret = secret;
        },
      },
      clock: { now: () => clock.now(), after: (ms, task) => this.#after(ms, task) },
      random: (count) => new Uint8Array(count).fill(40 * index + 1),
      tab: this.name,
      orphaned: (tab) => {
        this.adopted.push(tab);
        return this.adopting;
      },
      wake: () => this.open(),
      browser: {
        locks: browser.locksOf(this),
        channel: (group) => new StagedChannel(this, group, browser.tabs),
        life: this.life,
        visible: () => this.visible,
      },
    });
  }

  get alive(): boolean {
    return this.#state !== 'dead';
  }

  get up(): boolean {
    return this.alive && this.seen.findLast((entry) => /^(open|up|lost|refused)$/.test(entry)) === 'up';
  }

  /** Runs when the tab runs; a frozen one does it when it thaws, a dead one never. */
  does(task: () => void): void {
    if (this.#state === 'runs') queueMicrotask(() => (this.#state === 'runs' ? task() : this.does(task)));
    else if (this.#state === 'frozen') this.#later.push(task);
  }

  /** What the widget's supervisor does: opens unless a stream is up or on its way. */
  open(): void {
    if (this.#isOpen || !this.alive) return;
    this.#isOpen = true;
    this.#redial?.();
    this.seen.push('open');
    this.transport.open({
      up: () => {
        this.secret ??= `made by tab ${this.#browser.tabs.indexOf(this)}`;
        this.seen.push('up');
      },
      frame: (json) => this.seen.push(json),
      bounced: () => this.seen.push('bounced'),
      down: (why) => this.#ended(why),
    });
  }

  hears(json: string): void {
    this.does(() => this.#inner?.frame(json));
  }

  bounces(): void {
    this.does(() => this.#inner?.bounced());
  }

  /** The server, or the way to it, ends the socket. */
  cut(why: Ended = 'lost'): void {
    const inner = this.#inner;
    this.#inner = undefined;
    this.socket = 'none';
    inner?.down(why);
  }

  /** Without any event before it, as where the browser's process is stopped. */
  freezesSilently(): void {
    this.#state = 'frozen';
  }

  freezes(): void {
    this.life.dispatchEvent(new Event('freeze'));
    this.#state = 'frozen';
  }

  thaws(): void {
    this.#state = 'runs';
    for (const task of this.#later.splice(0)) this.does(task);
    this.life.dispatchEvent(new Event('resume'));
  }

  /** The renderer's process is gone. */
  crashes(): void {
    this.#state = 'dead';
    this.#redial?.();
    this.socket = 'none';
    this.channels.clear();
    this.#browser.free(this);
  }

  /** A timer that is cleared does not run, also where it fell due while the tab was frozen. */
  #after(ms: number, task: () => void): () => void {
    let cleared = false;
    const cancel = this.#browser.clock.after(ms, () => this.does(() => cleared || task()));
    return () => {
      cleared = true;
      cancel();
    };
  }

  #ended(why: Ended): void {
    this.#isOpen = false;
    this.seen.push(why);
    if (why === 'lost') this.#redial = this.#browser.clock.after(5_000, () => this.does(() => this.open()));
  }

  #staged(): Transport {
    return {
      open: (events) => {
        this.#browser.dials += 1;
        this.#inner = events;
        this.socket = 'dialling';
        this.#browser.clock.after(50, () => this.does(() => this.#answered(events)));
      },
      send: (json) => {
        if (this.socket === 'up') this.#browser.arrived.push({ json, through: this });
        return this.socket === 'up';
      },
      ping: () => Promise.resolve(),
      close: async () => this.cut(),
    };
  }

  #answered(events: StreamEvents): void {
    if (this.#inner !== events) return;
    if (!this.#browser.reachable) return this.cut();
    this.socket = 'up';
    events.up();
  }
}

/** A `BroadcastChannel`: what one tab posts, all others of the name get, in order and as a copy. */
export class StagedChannel implements Channel {
  onmessage: ((event: MessageEvent) => void) | null = null;
  readonly #tab: StagedTab;
  readonly #name: string;
  readonly #tabs: readonly StagedTab[];

  constructor(tab: StagedTab, name: string, tabs: readonly StagedTab[]) {
    this.#tab = tab;
    this.#name = name;
    this.#tabs = tabs;
    tab.channels.add(this);
  }

  postMessage(word: unknown): void {
    if (!this.#tab.channels.has(this)) throw new Error('InvalidStateError: the channel is closed');
    for (const tab of this.#tabs) {
      for (const channel of tab.channels) {
        if (channel === this || channel.#name !== this.#name) continue;
        const data: unknown = structuredClone(word);
        tab.does(() => tab.channels.has(channel) && channel.onmessage?.(new MessageEvent('message', { data })));
      }
    }
  }

  close(): void {
    this.#tab.channels.delete(this);
  }
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

/** What was posted, granted and promised has arrived. */
export async function settle(): Promise<void> {
  for (let task = 0; task < 40; task += 1) await Promise.resolve();
}
