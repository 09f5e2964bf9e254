import { Worker } from 'node:worker_threads';

/** How long the event loop may stand still before the process is ended, and how often it says that it does not. */
export interface WatchdogOptions {
  /** Milliseconds. */
  readonly beatEvery: number;
  /** Milliseconds without a beat. */
  readonly patience: number;
}

/**
 * What the watching thread runs. It looks at a counter in shared memory, for a loop that stands still posts nothing. It
 * counts its own looks and not the clock's time: a machine or a process that was asleep as a whole has missed no beat.
 */
const watching = `
  const { workerData: { beats, beatEvery, patience } } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  let last = -1;
  let missed = 0;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    missed = now === last ? missed + 1 : 0;
    last = now;
    if (missed * beatEvery < patience) return;
    const message = 'The event loop stood still for ' + patience + ' ms; the process ends to be started again';
    writeSync(2, JSON.stringify({ at: new Date().toISOString(), level: 'error', message }) + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, beatEvery);
`;

/** Ends this process by SIGKILL when its event loop stands still. Returns what ends the watch. */
export function watchEventLoop(
  { beatEvery, patience }: WatchdogOptions = { beatEvery: 1_000, patience: 15_000 },
): () => void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(watching, { eval: true, workerData: { beats, beatEvery, patience }, execArgv: [] });
  worker.unref();
  const heart = setInterval(() => Atomics.add(beats, 0, 1), beatEvery);
  heart.unref();
  return () => {
    clearInterval(heart);
    void worker.terminate();
  };
}
