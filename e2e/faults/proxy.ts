import type { AddressInfo } from 'node:net';
import { createServer, type Server, Socket } from 'node:net';

/** What a proxy does to the bytes that pass, in both directions. */
export interface Weather {
  /** Every byte arrives this much later, milliseconds. */
  readonly latencyMs: number;
  /** Bytes a second of one connection and direction; 0 is no limit. */
  readonly bytesPerSecond: number;
}

const fair: Weather = { latencyMs: 0, bytesPerSecond: 0 };

/**
 * A TCP connection's way through bad places: late, slow, cut, reset, or swallowed without a word. One proxy stands
 * before one address; what it does applies to all its connections.
 */
export class TcpProxy {
  readonly #server: Server;
  readonly #links = new Set<Link>();
  readonly #target: { readonly host: string; readonly port: number };
  /** When each connection was asked for, on the clock of `performance.now()`. */
  readonly connects: number[] = [];
  #weather: Weather = fair;
  #hole = false;
  #bytesLeft = Number.POSITIVE_INFINITY;

  private constructor(server: Server, target: { readonly host: string; readonly port: number }) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async start(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new TcpProxy(server, target);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that stand. */
  get open(): number {
    return this.#links.size;
  }

  /** Makes what passes from now on late or slow; without an argument it is fair again. */
  shape(weather: Partial<Weather> = {}): void {
    this.#weather = { ...fair, ...weather };
  }

  /** Resets every connection once `bytes` more have passed, over all of them. */
  cutAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  /** Resets every connection (RST). */
  reset(): void {
    for (const link of [...this.#links]) link.reset();
  }

  /**
   * Swallows everything, in both directions, without a word: the connections that stand are half-open from now on and
   * never live again. New ones are held until `heal`.
   */
  blackHole(): void {
    this.#hole = true;
    for (const link of this.#links) link.swallow();
  }

  /** New connections pass again, those held go on as after a retransmission; what was half-open is gone. */
  heal(): void {
    this.#hole = false;
    this.#bytesLeft = Number.POSITIVE_INFINITY;
    for (const link of [...this.#links]) link.heal();
  }

  async stop(): Promise<void> {
    this.reset();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(client: Socket): void {
    this.connects.push(performance.now());
    const link = new Link(client, this.#target, {
      weather: () => this.#weather,
      passed: (bytes) => this.#passed(bytes),
      ended: () => this.#links.delete(link),
    });
    this.#links.add(link);
    if (!this.#hole) link.begin();
  }

  #passed(bytes: number): void {
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft > 0) return;
    this.#bytesLeft = Number.POSITIVE_INFINITY;
    this.reset();
  }
}

interface LinkEvents {
  weather(): Weather;
  passed(bytes: number): void;
  ended(): void;
}

/** One connection: the client's socket and the one to the target. */
class Link {
  readonly #client: Socket;
  readonly #upstream = new Socket();
  readonly #target: { readonly host: string; readonly port: number };
  readonly #events: LinkEvents;
  readonly #timers = new Set<NodeJS.Timeout>();
  #state: 'held' | 'passing' | 'swallowing' | 'ended' = 'held';

  constructor(client: Socket, target: { readonly host: string; readonly port: number }, events: LinkEvents) {
    this.#client = client;
    this.#target = target;
    this.#events = events;
    client.setNoDelay(true);
    this.#upstream.setNoDelay(true);
    for (const socket of [client, this.#upstream]) socket.on('error', () => undefined);
    client.pause();
    client.on('close', () => this.#closed(this.#upstream));
    this.#upstream.on('close', () => this.#closed(client));
  }

  begin(): void {
    if (this.#state !== 'held') return;
    this.#state = 'passing';
    this.#upstream.connect(this.#target.port, this.#target.host);
    this.#pass(this.#client, this.#upstream);
    this.#pass(this.#upstream, this.#client);
  }

  swallow(): void {
    if (this.#state === 'passing') this.#state = 'swallowing';
  }

  heal(): void {
    if (this.#state === 'swallowing') this.reset();
    else this.begin();
  }

  reset(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of [this.#client, this.#upstream]) {
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    }
    this.#events.ended();
  }

  #pass(from: Socket, to: Socket): void {
    let due = 0;
    let late = 0;
    const write = (chunk: Buffer): void => {
      if (this.#state !== 'passing' || to.destroyed) return;
      if (!to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      this.#events.passed(chunk.length);
    };
    from.on('data', (chunk: Buffer) => {
      if (this.#state !== 'passing') return;
      const { latencyMs, bytesPerSecond } = this.#events.weather();
      if (latencyMs === 0 && bytesPerSecond === 0 && late === 0) return write(chunk);
      const now = performance.now();
      due = Math.max(due, now + latencyMs) + (bytesPerSecond === 0 ? 0 : (chunk.length * 1_000) / bytesPerSecond);
      late += 1;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        late -= 1;
        write(chunk);
      }, due - now);
      this.#timers.add(timer);
    });
    from.resume();
  }

  /** An end travels like any other byte: through a hole it does not. */
  #closed(other: Socket): void {
    if (this.#state === 'swallowing' || this.#state === 'ended') return;
    this.#state = 'ended';
    for (const timer of this.#timers) clearTimeout(timer);
    other.destroy();
    this.#events.ended();
  }
}
