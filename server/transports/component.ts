import type { Clock, Log, Random } from '../core/ports.ts';
import { openComponentStream } from './component-stream.ts';
import { placeOf } from './stream.ts';
import { type CountedTransport, supervisedTransport } from './supervised.ts';

/** How the friend becomes a component of an XMPP server. */
export interface ComponentTransportOptions {
  /** The server's component listener, `xmpp://127.0.0.1:5347`. Plain TCP: loopback or a private network only. */
  readonly service: string;
  /** The component's domain, which is the friend's address. */
  readonly domain: string;
  /** The secret shared with the server's configuration (XEP-0114 §3). */
  readonly secret: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * The friend as a component (XEP-0114), its link supervised.
 * @throws TypeError where `service` is not `xmpp://host:port`.
 */
export function componentTransport(options: ComponentTransportOptions): CountedTransport {
  return supervisedTransport({
    ...options,
    address: options.domain,
    place: placeOf(options.service),
    open: (events) => openComponentStream(options, events),
  });
}
