import type { LinkStatus, Log, Transport, TransportEvents } from '../core/ports.ts';

/** What may wait for the next friend; over it, stanzas are dropped, and who sent them sends them again. */
const waitingLimit = 10_000;

/** A transport that outlives its friend. */
export interface KeptTransport extends Transport {
  /** What arrives waits from now on, for the friend that starts next. */
  pause(): void;
  /** Closes the link itself. */
  end(): Promise<void>;
}

/**
 * Keeps the link to the XMPP server while one friend stops and another one starts: no connection ends, nothing bounces,
 * and what arrives meanwhile is the next friend's.
 */
export function keptTransport(inner: Transport, log: Log): KeptTransport {
  let status: LinkStatus | undefined;
  let events: TransportEvents | undefined;
  let waiting: ((to: TransportEvents) => void)[] = [];

  function hand(arrived: (to: TransportEvents) => void): void {
    if (events !== undefined) arrived(events);
    else if (waiting.length < waitingLimit) waiting.push(arrived);
    else log.warn('A stanza came while the friend was changed, and is left out', { waiting: waitingLimit });
  }

  return {
    address: inner.address,
    start(to) {
      events = to;
      if (status !== undefined) {
        to.link(status);
        const arrived = waiting;
        waiting = [];
        for (const one of arrived) one(to);
        return;
      }
      status = { state: 'connecting' };
      inner.start({
        frame: (...words) => hand((next) => next.frame(...words)),
        malformed: (...words) => hand((next) => next.malformed(...words)),
        gone: (from) => hand((next) => next.gone(from)),
        bounced: (...words) => hand((next) => next.bounced(...words)),
        stanza: (...words) => hand((next) => next.stanza(...words)),
        link: (changed) => {
          status = changed;
          events?.link(changed);
        },
      });
    },
    send: (to, json) => inner.send(to, json),
    sendStanza: (stanza) => inner.sendStanza(stanza),
    flush: () => inner.flush?.(),
    pause() {
      events = undefined;
    },
    async stop() {
      events = undefined;
    },
    end: () => inner.stop(),
  };
}
