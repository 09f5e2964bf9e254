import type { Ended, StreamEvents, Transport } from '../core/ports.ts';
import { Timers } from '../core/timers.ts';
import { election } from './election.ts';
import { ownAnswers } from './own-answers.ts';
import type { Channel, TabOptions } from './ports.ts';
import { isWord, type Word } from './words.ts';

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
  const { inner, name, secret, clock, random, browser, wake, tab, orphaned } = options;
  const timers = new Timers(clock);
  const own = ownAnswers();
  /** The `open` that is being served. */
  let events: StreamEvents | undefined;
  let up = false;
  /** There while this tab takes part. */
  let channel: Channel | undefined;
  /** Ends the tab's own lock, and the waiting for those of the others. */
  let present: AbortController | undefined;
  /** Ends the hearing of the page's life. */
  let deaf: AbortController | undefined;
  /** In the back/forward cache, or frozen. */
  let away = false;
  let leads = false;
  /** The leader's own stream, from dialling on; 0 where there is none. */
  let attempt = 0;
  let term = 0;
  /** The shared stream that is up. */
  let stream = 0;
  /** The stream that this tab has given up. */
  let dead = 0;
  let pings: (() => void)[] = [];

  const { stand, heard, withdraw } = election({
    ...{ locks: browser.locks, name, timers, patience: robAfter + 2 * (random(1)[0] ?? 0) },
    ask: wish,
    elected() {
      leads = true;
      stream = 0;
      raise();
      lead();
      if (up) end('lost');
      if (!events) wake();
      else dial();
    },
    deposed() {
      void stepDown();
      stand();
      wish();
    },
  });

  function lead(): void {
    say('lead', stream > 0 ? secret.get() : '');
  }

  function say(what: string, text = '', about = stream): void {
    channel?.postMessage([what, text, term, about] satisfies Word);
  }

  /** Rises also over leaders that this tab never heard of: tabs of one machine have one clock. */
  function raise(): number {
    term = Math.max(term + 1, clock.now());
    return term;
  }

  /** Asks for a stream now where a person looks; in hidden tabs the leader's own time is soon enough. */
  function wish(): void {
    if (!leads) say(events !== undefined && (dead > 0 || browser.visible()) ? 'dial' : 'ask', '', dead);
  }

  /** Brings an open call a stream: the one that is there, or a new one. */
  function serve(): void {
    if (!channel) join();
    else if (leads && attempt === 0) dial();
    else if (stream > 0 && stream !== dead) rise();
    else wish();
  }

  function join(): void {
    present = new AbortController();
    const { signal } = present;
    const met = new Set<string>();
    // A tab holds the lock of its name as long as it is there: who gets another's takes over from it.
    const lock = (of: string, held: () => Promise<void>): void => {
      browser.locks.request(`${name} ${of}`, { signal }, held).catch(() => undefined);
    };
    const meet = (other: string): void => {
      if (met.has(other)) return;
      met.add(other);
      say('here', tab);
      lock(other, () => {
        met.delete(other);
        return orphaned(other);
      });
    };
    channel = browser.channel(name);
    channel.onmessage = ({ data }) => {
      if (!isWord(data)) return;
      const [what, text] = data;
      if (what === 'here') meet(text);
      if (what === 'send') hand(own.marks(text));
      if (leads) asked(data);
      else told(data);
    };
    lock(tab, () => {
      say('here', tab);
      return new Promise((resolve) => {
        signal.onabort = () => resolve();
        // Granted while it was being taken back.
        if (signal.aborted) resolve();
      });
    });
    stand();
    wish();
  }

  function dial(): void {
    const mine = raise();
    // Of an attempt that was given up nothing is heard any more.
    const current =
      <A extends unknown[]>(task: (...args: A) => void) =>
      (...args: A): void => {
        if (attempt === mine) task(...args);
      };
    attempt = mine;
    inner.open({
      up: current(() => {
        stream = mine;
        // The leader first: it makes the device secret where there is none yet.
        if (!events) wake();
        else rise();
        lead();
      }),
      frame: current((json: string) => pass('frame', json)),
      bounced: current(() => pass('bounced')),
      down: current(lost),
    });
  }

  function pass(what: string, text = ''): void {
    say(what, text);
    take(what, text);
  }

  function lost(why: Ended): void {
    attempt = 0;
    stream = 0;
    say('lead', why);
    end(why);
  }

  /** Ends the leader's own stream without a word. */
  async function hangUp(): Promise<void> {
    if (attempt === 0) return;
    attempt = 0;
    await inner.close();
  }

  /** A follower speaks to its leader. */
  function asked([what, text, , about]: Word): void {
    const mine = about > 0 && about === stream;
    if (what === 'send' && mine) inner.send(text);
    if (what === 'ping') ping();
    if (what === 'dial' && mine) {
      void hangUp();
      lost('lost');
    }
    if (what === 'dial' || what === 'ask') lead();
    if (what === 'dial' && attempt === 0) wake();
  }

  /** The leader speaks to those who follow. */
  function told([what, text, since, about]: Word): void {
    if (!['lead', 'frame', 'bounced', 'pong'].includes(what) || since < term) return;
    term = since;
    heard();
    if (what !== 'lead') {
      if (about === stream) take(what, text);
      return;
    }
    if (about === 0 && text) end(text === 'refused' || text === 'broken' ? text : 'lost');
    if (up && about !== stream) end('lost');
    stream = about;
    if (stream === 0 || stream === dead || up) return;
    if (text && text !== secret.get()) secret.set(text);
    if (!events) wake();
    else rise();
  }

  function take(what: string, text: string): void {
    if (what === 'pong') for (const answered of pings.splice(0)) answered();
    if (!up) return;
    if (what === 'bounced') events?.bounced();
    if (what === 'frame') hand(own.of(text));
  }

  function hand(json: string | undefined): void {
    if (up && json !== undefined) events?.frame(json);
  }

  /** One answer of the server is a sign of life for all tabs. */
  function ping(): void {
    void inner.ping().then(() => pass('pong'));
  }

  function rise(): void {
    up = true;
    dead = 0;
    timers.cancel('open');
    events?.up();
  }

  function end(why: Ended): void {
    const ended = events;
    events = undefined;
    up = false;
    pings = [];
    timers.cancel('open');
    ended?.down(why);
  }

  /** Without leader and stream; resolves when the own socket is gone. */
  function stepDown(): Promise<void> {
    const gone = hangUp();
    leads = false;
    stream = 0;
    end('lost');
    return gone;
  }

  /** Out of the group at once. */
  function leave(): Promise<void> {
    withdraw();
    present?.abort();
    channel?.close();
    channel = undefined;
    return stepDown();
  }

  function live({ type }: { readonly type: string }): void {
    if (type === 'visibilitychange') {
      if (channel && !up) wish();
    } else if (type === 'freeze' || type === 'pagehide') {
      // A lock survives in the back/forward cache and in a frozen tab, and would block all others.
      away = true;
      void leave();
    } else if (away) {
      away = false;
      if (!events) wake();
      else serve();
    }
  }

  function listen(): void {
    if (deaf) return;
    deaf = new AbortController();
    for (const type of ['freeze', 'pagehide', 'resume', 'pageshow', 'visibilitychange']) {
      browser.life.addEventListener(type, live, { capture: true, signal: deaf.signal });
    }
  }

  return {
    open(opened) {
      end('lost');
      events = opened;
      timers.again('open', openLimit, () => end('lost'));
      listen();
      if (!away) serve();
    },
    send(json) {
      if (!up) return false;
      own.sent(json);
      say('send', json);
      return !leads || inner.send(json);
    },
    ping: () =>
      new Promise((resolve) => {
        pings.push(resolve);
        if (leads) ping();
        else say('ping');
      }),
    close() {
      if (up && !leads) dead = stream;
      deaf?.abort();
      deaf = undefined;
      away = false;
      return leave();
    },
  };
}
