import type { Connections } from './connections.ts';
import type { Gateway, GatewayHost } from './gateway.ts';
import type { Meter } from './meter.ts';
import type { Clock, CutReason, Log, Random, StanzaTree, Transport } from './ports.ts';
import type { Router } from './router.ts';
import type { Stanzas } from './stanzas.ts';

export interface NativesOptions {
  readonly transport: Pick<Transport, 'address'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly meter: Meter;
  readonly connections: Connections;
  readonly stanzas: Stanzas;
  readonly router: Pick<Router, 'action' | 'stanza'>;
  /** Something arrived from a connection. */
  readonly heard: (jid: string) => void;
  /** Makes actions of what ordinary clients say; nobody does where absent. */
  readonly gateway?: ((host: GatewayHost) => Gateway) | undefined;
}

/** Where stanzas that are no frames come in: to the gateway, and what it does not know to the rules as it is. */
export class Natives {
  readonly #options: NativesOptions;
  readonly #gateway: Gateway | undefined;

  constructor(options: NativesOptions) {
    const { clock, connections, heard, log, meter, random, router, stanzas, transport } = options;
    this.#options = options;
    this.#gateway = options.gateway?.({
      ...{ address: transport.address, clock, random, log, heard },
      act: (jid, action) => router.action(jid, action),
      isOpen: (jid) => connections.get(jid) !== undefined,
      present: (jid, isPresent) => connections.setPresent(jid, isPresent),
      send: (stanza) => stanzas.send(stanza),
      count: (counter) => meter.count(counter),
    });
  }

  /** Takes a stanza that is no frame. Answers each request, and counts what nothing comes of. */
  stanza(stanza: StanzaTree, cut: CutReason | undefined): void {
    const { meter, router, stanzas } = this.#options;
    const { from, type } = stanza.attrs;
    if (from === undefined || stanza.name === '') meter.count('ignored');
    else if (cut !== undefined) stanzas.refused(stanza, cut);
    else if (this.#gateway?.stanza(stanza) === true) return;
    // An error or a result is nobody's wish, and is never answered.
    else if (type === 'error' || type === 'result') meter.count('ignored');
    else router.stanza(from, stanza);
  }

  gone(from: string): void {
    this.#gateway?.gone(from);
  }

  bounced(from: string, type: string, stanzaId: string | undefined): void {
    if (stanzaId !== undefined) this.#gateway?.bounced(from, type, stanzaId);
  }

  told(jid: string, json: string): void {
    this.#gateway?.told(jid, json);
  }

  linked(isUp: boolean): void {
    if (isUp) this.#gateway?.linkUp();
  }

  /** Resolves when all that has arrived of ordinary clients is dealt with, or has gone back; within 2 s. */
  async stop(): Promise<void> {
    await this.#gateway?.stop();
  }
}
