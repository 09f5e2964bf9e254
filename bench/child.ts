import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A request to another process of the benchmark and what comes back. */
interface Envelope {
  readonly call: number;
  readonly request: unknown;
}

type Reply = { readonly call: number; readonly result: unknown } | { readonly call: number; readonly failure: string };

/** One process of the benchmark, asked by name and answering once. */
export interface Child<Calls extends Record<string, (request: never) => unknown>> {
  readonly pid: number;
  /** @throws Error when the process fails or ends before it answers. */
  ask<Name extends string & keyof Calls>(
    name: Name,
    request: Parameters<Calls[Name]>[0],
  ): Promise<Awaited<ReturnType<Calls[Name]>>>;
  /** Ends the process; resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts `module` as a Node process of its own, so that no measured program shares a core's event loop with another.
 * @param nodeOptions flags of Node, such as `--cpu-prof`
 */
export function startChild<Calls extends Record<string, (request: never) => unknown>>(
  module: URL,
  nodeOptions: readonly string[] = [],
): Child<Calls> {
  const process = fork(module, {
    execArgv: [...nodeOptions],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { done(result: unknown): void; failed(error: Error): void }>();
  let calls = 0;
  process.on('message', (reply: Reply) => {
    const call = waiting.get(reply.call);
    waiting.delete(reply.call);
    if ('failure' in reply) call?.failed(new Error(reply.failure));
    else call?.done(reply.result);
  });
  process.on('exit', (code, signal) => {
    for (const call of waiting.values()) call.failed(new Error(`${module.pathname} ended (${signal ?? code}).`));
    waiting.clear();
  });
  return {
    pid: process.pid ?? 0,
    ask: (name, request) =>
      new Promise((resolve, reject) => {
        if (!process.connected) return reject(new Error(`${module.pathname} is not running.`));
        const call = calls++;
        waiting.set(call, { done: (result) => resolve(result as never), failed: reject });
        process.send({ call, request: { name, request } });
      }),
    end: () => ended(process),
  };
}

/** How long a process may take to end by itself after its last request, milliseconds. */
const patienceMs = 5_000;

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = once(process, 'exit');
  if (process.connected) process.disconnect();
  const kill = setTimeout(() => process.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(kill);
}

/** Answers the requests of the process that started this one; when that one lets go, `leave` runs and this one ends. */
export function answerParent(
  calls: Record<string, (request: never) => unknown>,
  leave: () => Promise<void> | void = () => undefined,
): void {
  process.on('message', ({ call, request }: Envelope) => {
    const { name, request: body } = request as { name: string; request: never };
    Promise.resolve()
      .then(() => calls[name]?.(body))
      .then(
        (result) => process.send?.({ call, result }),
        (error: unknown) => process.send?.({ call, failure: error instanceof Error ? error.message : String(error) }),
      );
  });
  process.on('disconnect', () => {
    void Promise.resolve(leave()).finally(() => process.exit());
  });
}

/** Microseconds of processor time that this process has used so far, user and system. */
export function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
