import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FriendSettings } from '../../server/bin/environment.ts';

const entry = join(import.meta.dirname, '..', '..', 'server', 'bin', 'friend.ts');

type Environment = Readonly<Record<string, string>>;

/** The friend's process in the hands of a fault: killed, stopped, given planted faults and a clock of its own. */
export class FaultyFriend {
  readonly #settings: FriendSettings;
  #child: ChildProcess | undefined;
  #log = '';
  #ended: Promise<unknown> = Promise.resolve();

  constructor(settings: FriendSettings) {
    this.#settings = settings;
  }

  /** The last of what it wrote to its log. */
  get log(): string {
    return this.#log.slice(-4_000);
  }

  /** @throws Error where it does not run */
  get pid(): number {
    const { pid } = this.#child ?? {};
    if (pid === undefined) throw new Error('The friend does not run.');
    return pid;
  }

  /** Whether it runs. */
  get runs(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** How it ended, once it has. */
  get exit(): { readonly code: number | null; readonly signal: string | null } {
    const { exitCode: code = null, signalCode: signal = null } = this.#child ?? {};
    return { code, signal };
  }

  /** Resolves when the process that was started last is gone. */
  get ended(): Promise<unknown> {
    return this.#ended;
  }

  /** Starts it; resolves true when it is ready, false where it ended first. */
  async start(environment: Environment = {}): Promise<boolean> {
    const { BEFRIEND_FAULT: _, ...inherited } = process.env;
    const env = { ...inherited, ...environment, BEFRIEND_SETTINGS: JSON.stringify(this.#settings) };
    const child = fork(entry, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', resolve));
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#log = (this.#log + chunk.toString()).slice(-20_000);
    });
    return Promise.race([once(child, 'message').then(() => true), this.#ended.then(() => false)]);
  }

  /** Starts it and insists. @throws Error with its log when it ends first */
  async mustStart(environment: Environment = {}): Promise<void> {
    if (!(await this.start(environment))) throw new Error(`The friend ended: ${this.log}`);
  }

  /** Sends a signal that does not end it: SIGSTOP, SIGCONT. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.pid, name);
  }

  /** Ends it without warning. */
  kill(): Promise<unknown> {
    if (this.runs) this.#child?.kill('SIGKILL');
    return this.#ended;
  }

  /** Ends it as an operator does. */
  stop(): Promise<unknown> {
    if (this.runs) this.#child?.kill('SIGTERM');
    return this.#ended;
  }
}
