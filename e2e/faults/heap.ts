const megabyte = 1_048_576;

/** The heap of a process at one moment of a run. */
export interface HeapSample {
  readonly minute: number;
  readonly megabytes: number;
}

/**
 * What a process holds on to, measured through its inspector after a collection of all garbage: what a process says of
 * its heap by itself is mostly what the collector has not come to yet. The process is started with
 * `--inspect=127.0.0.1:0`.
 */
export class HeapGauge {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #count = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#heard(JSON.parse(String(data))));
  }

  /** `log` is what the process wrote to stderr, where the inspector's address stands. @throws Error where it does not */
  static async open(log: string): Promise<HeapGauge> {
    const address = /ws:\/\/127\.0\.0\.1:\S+/.exec(log)?.[0];
    if (address === undefined) throw new Error(`The process has no inspector: ${log}`);
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`No inspector at ${address}`)));
    });
    return new HeapGauge(socket);
  }

  /** Collects all garbage, and resolves with the megabytes that are left. */
  async megabytes(): Promise<number> {
    // What a finaliser held goes with the second.
    for (let round = 0; round < 2; round += 1) await this.#call('HeapProfiler.collectGarbage');
    const { usedSize } = (await this.#call('Runtime.getHeapUsage')) as { usedSize: number };
    return usedSize / megabyte;
  }

  /** Plants a leak in the process; a process that comes too late makes up for it. */
  async leak(megabytesPerMinute: number): Promise<void> {
    const every = 7_500 / megabytesPerMinute;
    const piece = `new Array(${megabyte / 8 / 8}).fill(0.5)`;
    const due = `leaked.length < (performance.now() - began) / ${every}`;
    const lines = [
      'const leaked = [], began = performance.now()',
      `setInterval(() => { while (${due}) leaked.push(${piece}) }, ${every})`,
    ];
    await this.#call('Runtime.evaluate', { expression: `{ ${lines.join('; ')} }` });
  }

  close(): void {
    this.#socket.close();
  }

  #call(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    this.#count += 1;
    const id = this.#count;
    const answer = new Promise<unknown>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answer;
  }

  #heard({ id, result }: { readonly id?: number; readonly result?: unknown }): void {
    if (id === undefined) return;
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
  }
}

/** Megabytes a minute, by least squares; 0 where there are fewer than two samples. */
export function slopeOf(samples: readonly HeapSample[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(samples.map(({ minute }) => minute));
  const y = mean(samples.map(({ megabytes }) => megabytes));
  const rise = samples.reduce((sum, { minute, megabytes }) => sum + (minute - x) * (megabytes - y), 0);
  const run = samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  return run > 0 ? rise / run : 0;
}
