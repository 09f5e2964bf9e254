import type { Gateway, GatewayHost } from './gateway.ts';
import type { Clock, Crash, Fetch, LinkStatus, Log, Random, Transport } from './ports.ts';
import type { Store } from './store.ts';
import type { Trace } from './trace.ts';

/** What a friend is made of. */
export interface FriendOptions {
  readonly transport: Transport;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /**
   * A commit's outcome is unknown (a failed fsync): nobody was answered, and only a new process can read what is on
   * disk. The program ends itself.
   */
  readonly fatal: (error: unknown) => void;
  /** Units of one transaction; 256 where absent. */
  readonly batch?: number;
  /** Makes actions of what ordinary XMPP clients say, and stanzas of what they are told; nobody does where absent. */
  readonly gateway?: (host: GatewayHost) => Gateway;
  /** Watches what the friend does; nothing is gathered where absent. It must not throw. */
  readonly trace?: (step: Trace) => void;
  /** How reactions reach the web; `context.fetch` throws where absent. */
  readonly fetch?: Fetch;
  /** Planted faults, for proofs. */
  readonly crash?: Crash;
}

/** The state of the friend for `/healthz`. */
export interface FriendStatus {
  readonly link: LinkStatus;
  readonly connections: number;
  readonly store: { readonly writable: boolean; readonly facts: number; readonly commits: number };
}
