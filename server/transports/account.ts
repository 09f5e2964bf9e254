import type { Clock, Log, Random } from '../core/ports.ts';
import { openAccountStream } from './account-stream.ts';
import { placeOf } from './stream.ts';
import { type CountedTransport, supervisedTransport } from './supervised.ts';

/** How the friend logs in as an ordinary account. */
export interface AccountTransportOptions {
  /** The server's listener for clients, `xmpp://127.0.0.1:5222`: on loopback, or with STARTTLS. */
  readonly service: string;
  /** The full JID, `friend@example.com/server`, which is the friend's address. */
  readonly address: string;
  readonly password: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * The friend as an account of an XMPP server (RFC 6120), its link supervised: the way in where the server takes no
 * component. One process; no presence is sent, so the account looks offline and gets what is sent to its full JID only.
 * Visitors that sent directed presence to it are told gone as to a component (RFC 6121 §4.6.3).
 * @throws TypeError where `service` is not `xmpp://host:port`, or `address` no full JID.
 */
export function accountTransport(options: AccountTransportOptions): CountedTransport {
  const { address } = options;
  const [, name, domain, resource] = /^([^@/]+)@([^@/]+)\/(.+)$/.exec(address) ?? [];
  if (name === undefined || domain === undefined || resource === undefined) {
    throw new TypeError(`Expected name@domain/resource, got ${address}`);
  }
  const account = { ...options, name, domain, resource };
  return supervisedTransport({
    ...options,
    place: placeOf(options.service),
    open: (events) => openAccountStream(account, events),
  });
}
