import type { Action } from '../../protocol/actions.ts';
import type { Counter } from './meter.ts';
import type { Clock, Log, Random, StanzaTree } from './ports.ts';

/**
 * A way in for those who speak no frames: makes actions of native stanzas, and native stanzas of the frames that its
 * connections are told. To the friend each of its connections is one like any other; its name begins with `nativePrefix`.
 */
export interface Gateway {
  /** Takes a stanza that was no frame; false where it says nothing that the gateway knows. */
  stanza(stanza: StanzaTree): boolean;
  /** The server sent `unavailable` presence of this address to the friend. */
  gone(from: string): void;
  /** A stanza that was sent under this `id` came back as an error of this type (RFC 6120 §8.3.2). */
  bounced(from: string, type: string, stanzaId: string): void;
  /** Takes a frame that was told to one of its connections. */
  told(jid: string, json: string): void;
  /** The link to the XMPP server is up. */
  linkUp(): void;
  /** Deals with what has arrived, or sends it back as an error, and ends every timer; within 2 s. */
  stop(): Promise<void>;
}

/** What a gateway has of its friend. */
export interface GatewayHost {
  /** The friend's own address. */
  readonly address: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Takes an action of a connection, or one that is a stanza, of its sender's address. */
  act(jid: string, action: Action): void;
  /** Whether a connection of this name is open. */
  isOpen(jid: string): boolean;
  /** Something arrived from this connection: it lives. */
  heard(jid: string): void;
  /** Whether somebody is at this connection, or it only takes what is sent to it. */
  present(jid: string, isPresent: boolean): void;
  /** Sends a native stanza; false, and it is lost, where there is no link. */
  send(stanza: StanzaTree): boolean;
  count(counter: Counter): void;
}

/** Begins the name of each connection of a gateway; no address of XMPP can begin like this (RFC 7622 §3.3.1). */
export const nativePrefix = 'native:';

/** Whether this is the name of a gateway's connection. */
export function isNative(jid: string): boolean {
  return jid.startsWith(nativePrefix);
}
