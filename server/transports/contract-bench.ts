import type { Transport } from '../core/ports.ts';
import type { Inbox } from './inbox.ts';

/** What differs from one transport to another. */
export interface TransportTraits {
  readonly address: string;
  /** How many levels of elements the server passes on; 100,000 unless told. */
  readonly levels?: number;
}

/** A transport together with the server that it talks to. */
export interface TransportBench {
  /** Not started. */
  readonly transport: Transport;
  /** Sends one stanza, as the server would route it to the friend. */
  deliver(xml: string): void;
  /** The stanzas that reached the server, each as XML text. */
  readonly sent: Inbox<string>;
  /** Resolves when the transport has closed its stream properly. */
  readonly closed: Promise<void>;
  dispose(): Promise<void>;
}
