import type { Ended, StreamEvents, Transport } from '../core/ports.ts';
import { Timers } from '../core/timers.ts';
import { Candidate } from './candidate.ts';
import { LedStream } from './led-stream.ts';
import { hearLife } from './life.ts';
import { OwnAnswers } from './own-answers.ts';
import type { Channel, TabOptions } from './ports.ts';
import { readWord, type Word } from './words.ts';

/** From `open` until it is given up, milliseconds: the inner transport's own limit comes first. */
const openLimit = 19_500;
/** A leader that was asked and stays silent this long is robbed; up to 510 more so that two tabs do not rob at once. */
const robAfter = 800;

/**
 * One stream for all tabs of a browser, at the level of frames. Whoever holds a Web Lock leads: it dials, hands on what
 * comes in, and sends what the others hand to it. A leader that ends, freezes or falls silent is replaced. Nothing is
 * asked of the browser before the first `open`, and `close` leaves the group.
 */
export function tabTransport(options: TabOptions): Transport {
  return new Tab(options);
}

class Tab implements Transport {
  readonly #options: TabOptions;
  readonly #timers: Timers;
  readonly #candidate: Candidate;
  readonly #own = new OwnAnswers();
  readonly #led: LedStream;
  readonly #id: string;
  /** The `open` that is being served. */
  #events: StreamEvents | undefined;
  #up = false;
  /** There while this tab takes part. */
  #channel: Channel | undefined;
  #deafen: (() => void) | undefined;
  /** In the back/forward cache, or frozen. */
  #away = false;
  #leads = false;
  #leader: string | undefined;
  #term = 0;
  /** The shared stream that is up, 0 where none is. */
  #stream = 0;
  #pings: (() => void)[] = [];
  /** The stream that this tab has given up. */
  #dead = 0;

  constructor(options: TabOptions) {
    const { browser, clock, name, random } = options;
    const chance = random(8);
    this.#options = options;
    this.#timers = new Timers(clock);
    this.#led = new LedStream(options.inner);
    this.#id = chance.join('.');
    this.#candidate = new Candidate({
      ...{ locks: browser.locks, name, clock, patience: robAfter + 2 * (chance[0] ?? 0) },
      ask: () => this.#say({ do: 'ask', by: this.#id }),
      elected: () => this.#elected(),
      deposed: () => this.#deposed(),
    });
  }

  open(events: StreamEvents): void {
    this.#end('lost');
    this.#events = events;
    this.#timers.again('open', openLimit, () => this.#end('lost'));
    this.#deafen ??= hearLife(this.#options.browser.life, {
      away: () => this.#goAway(),
      back: () => this.#comeBack(),
      turned: () => this.#channel !== undefined && !this.#up && this.#wish(),
    });
    if (!this.#away) this.#serve();
  }

  send(json: string): boolean {
    if (!this.#up) return false;
    this.#own.sent(json);
    if (this.#leads) return this.#led.send(json);
    this.#say({ do: 'send', by: this.#id, stream: this.#stream, json });
    return true;
  }

  ping(): Promise<void> {
    return new Promise((resolve) => {
      this.#pings.push(resolve);
      if (this.#leads) this.#ping();
      else this.#say({ do: 'ping', by: this.#id });
    });
  }

  close(): Promise<void> {
    if (this.#up && !this.#leads) this.#dead = this.#stream;
    this.#deafen?.();
    this.#deafen = undefined;
    this.#away = false;
    const gone = this.#leave();
    this.#timers.stop();
    return gone;
  }

  /** Brings an open call a stream: the one that is there, or a new one. */
  #serve(): void {
    if (this.#channel === undefined) this.#join();
    else if (this.#leads && !this.#led.begun) this.#dial();
    else if (this.#stream > 0 && this.#stream !== this.#dead) this.#rise();
    else this.#wish();
  }

  #join(): void {
    const { browser, name } = this.#options;
    this.#channel = browser.channel(name);
    this.#channel.onmessage = ({ data }) => this.#heard(readWord(data));
    this.#candidate.stand();
    this.#wish();
  }

  /** Out of the group at once; resolves when the socket is gone. */
  #leave(): Promise<void> {
    this.#candidate.withdraw();
    this.#channel?.close();
    this.#channel = undefined;
    return this.#stepDown();
  }

  /** Without leader and stream; resolves when the own socket is gone. */
  #stepDown(): Promise<void> {
    const gone = this.#led.hangUp();
    this.#leads = false;
    this.#leader = undefined;
    this.#stream = 0;
    this.#end('lost');
    return gone;
  }

  /** Asks for a stream now where a person looks; in hidden tabs the leader's own time is soon enough. */
  #wish(): void {
    if (this.#leads) return;
    const dial = this.#events !== undefined && (this.#dead > 0 || this.#options.browser.visible());
    this.#say(dial ? { do: 'dial', by: this.#id, dead: this.#dead } : { do: 'ask', by: this.#id });
  }

  #say(word: Word): void {
    this.#channel?.postMessage(word);
  }

  #announce(): void {
    this.#say({ do: 'lead', by: this.#id, term: this.#term, stream: this.#stream });
  }

  #elected(): void {
    this.#leads = true;
    this.#leader = this.#id;
    this.#stream = 0;
    this.#nextTerm();
    this.#announce();
    if (this.#up) this.#end('lost');
    if (this.#events !== undefined) this.#dial();
    else this.#options.wake();
  }

  #deposed(): void {
    void this.#stepDown();
    this.#candidate.stand();
    this.#wish();
  }

  /** Rises also over leaders that this tab never heard of: tabs of one machine have one clock. */
  #nextTerm(): number {
    this.#term = Math.max(this.#term + 1, this.#options.clock.now());
    return this.#term;
  }

  #dial(): void {
    const stream = this.#nextTerm();
    this.#led.dial({
      up: () => this.#opened(stream),
      frame: (json) => {
        this.#say({ do: 'frame', by: this.#id, json });
        this.#take(json);
      },
      bounced: () => {
        this.#say({ do: 'bounced', by: this.#id });
        this.#events?.bounced();
      },
      down: (why) => this.#lost(why),
    });
  }

  #opened(stream: number): void {
    this.#stream = stream;
    // The leader first: it makes the device secret where there is none yet.
    if (this.#events !== undefined) this.#rise();
    this.#announce();
    if (this.#events === undefined) this.#options.wake();
  }

  #lost(why: Ended): void {
    this.#stream = 0;
    this.#say({ do: 'ended', by: this.#id, why });
    this.#end(why);
  }

  #heard(word: Word | undefined): void {
    if (word === undefined || word.by === this.#id) return;
    if (this.#leads) return this.#asked(word);
    if (word.do === 'lead') return this.#follow(word);
    if (word.by !== this.#leader) return;
    this.#candidate.heard();
    if (word.do === 'ended') {
      this.#stream = 0;
      this.#end(word.why === 'refused' ? 'refused' : 'lost');
    } else if (word.do === 'frame') this.#take(word.json);
    else if (word.do === 'pong') this.#pong();
    else if (word.do === 'bounced' && this.#up) this.#events?.bounced();
  }

  /** A follower speaks to its leader. */
  #asked(word: Word): void {
    if (word.do === 'send') {
      if (word.stream > 0 && word.stream === this.#stream) this.#led.send(word.json);
    } else if (word.do === 'ping') this.#ping();
    else if (word.do === 'dial' && word.dead > 0 && word.dead === this.#stream) this.#renew();
    else if (word.do === 'dial' || word.do === 'ask') {
      this.#announce();
      if (word.do === 'dial' && !this.#led.begun) this.#options.wake();
    }
  }

  /** A follower has found that the stream answers no more. */
  #renew(): void {
    void this.#led.hangUp();
    this.#lost('lost');
    this.#options.wake();
  }

  #follow({ by, term, stream }: Extract<Word, { do: 'lead' }>): void {
    if (term < this.#term) return;
    this.#term = term;
    this.#candidate.heard();
    if (this.#up && (by !== this.#leader || stream !== this.#stream)) this.#end('lost');
    this.#leader = by;
    this.#stream = stream;
    if (stream === 0 || stream === this.#dead || this.#up) return;
    if (this.#events !== undefined) this.#rise();
    else this.#options.wake();
  }

  /** One answer of the server is a sign of life for all tabs. */
  #ping(): void {
    void this.#led.ping().then(() => {
      this.#say({ do: 'pong', by: this.#id });
      this.#pong();
    });
  }

  #pong(): void {
    for (const answered of this.#pings.splice(0)) answered();
  }

  #take(json: string): void {
    const own = this.#up ? this.#own.of(json) : undefined;
    if (own !== undefined) this.#events?.frame(own);
  }

  #rise(): void {
    this.#up = true;
    this.#dead = 0;
    this.#timers.cancel('open');
    this.#events?.up();
  }

  #end(why: Ended): void {
    const events = this.#events;
    this.#events = undefined;
    this.#up = false;
    this.#pings = [];
    this.#timers.cancel('open');
    events?.down(why);
  }

  /** A lock survives in the back/forward cache and in a frozen tab, and would block all others. */
  #goAway(): void {
    if (this.#away) return;
    this.#away = true;
    void this.#leave();
  }

  #comeBack(): void {
    if (!this.#away) return;
    this.#away = false;
    if (this.#events === undefined) this.#options.wake();
    else this.#serve();
  }
}
