import { toJson } from '../../protocol/frame.ts';
import { tombstone } from './after-commit.ts';
import type { Committer } from './committer.ts';
import type { Connections } from './connections.ts';
import { Greeter } from './greeter.ts';
import { isInjected } from './injections.ts';
import type { Meter } from './meter.ts';
import type { Clock, Log } from './ports.ts';
import type { Store } from './store.ts';
import type { Teller } from './teller.ts';

export interface LivenessOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly log: Log;
  readonly meter: Meter;
  readonly connections: Connections;
  readonly committer: Committer;
  readonly teller: Teller;
  /** Runs a task when everything that has arrived from this JID so far is decided. */
  readonly following: (jid: string, task: () => void) => void;
  /** Asks for a flush soon: something was queued outside a commit. */
  readonly flushSoon: () => void;
}

/**
 * Which connections live. One ends by its `unavailable` presence, by a bounce of type `cancel` (RFC 6120 §8.3.2), or by
 * silence after a greeting; its end stands in the store as a tombstone for ten minutes. Frames of an ended connection
 * are answered `not_open` until it opens again.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #greeter: Greeter;

  constructor(options: LivenessOptions) {
    this.#options = options;
    const { clock, connections, log, store } = options;
    const known = async (): Promise<string[]> => (await store.connections()).map((row) => row.jid);
    this.#greeter = new Greeter({
      ...{ clock, log, known },
      live: () => connections.jids().filter((jid) => !isInjected(jid)),
      hello: (jid) => this.#hello(jid),
      silent: (jid) => this.#silent(jid),
    });
  }

  /**
   * The link is up, or is not. No connection from before is trusted until it has answered a greeting; without a link nobody
   * is greeted, and nobody's silence means anything.
   */
  linked(isUp: boolean): void {
    if (isUp) this.#greeter.greet();
    else this.#greeter.stop();
  }

  /** Something arrived from `jid`: it lives. */
  heard(jid: string): void {
    this.#greeter.answered(jid);
  }

  /** A frame for `jid` was dropped. */
  missed(jid: string): void {
    if (this.#options.connections.get(jid) !== undefined) this.#greeter.missed(jid);
  }

  /** A stanza of ours came back: only `cancel` says that nobody is there. */
  bounced(jid: string, type: string, condition: string): void {
    this.#options.meter.count('bounced');
    if (type === 'cancel') this.ended(jid);
    else this.#options.log.info('A stanza bounced', { type, condition });
  }

  /** What the connection sent before its end is decided first, its opening above all. */
  ended(jid: string): void {
    const { clock, committer, connections, following } = this.#options;
    following(jid, () => {
      const connection = connections.end(jid);
      // Anybody may send bounces: one of a connection that nobody knew costs no row.
      if (!this.#greeter.ended(jid) && connection === undefined) return;
      const { user = '', device = '' } = connection ?? {};
      committer.submit({ unit: tombstone({ jid, user, device }, clock.now()), settled: () => undefined });
    });
  }

  #silent(jid: string): void {
    this.#options.log.info('A connection did not answer the greeting');
    this.ended(jid);
  }

  #hello(jid: string): void {
    const event = { type: 'friend.hello', at: this.#options.clock.now(), body: {} };
    this.#options.teller.queue(jid, toJson(event));
    this.#options.flushSoon();
  }
}
