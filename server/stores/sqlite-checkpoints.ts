import { Worker } from 'node:worker_threads';

/** Moves the write-ahead log into the data file (https://www.sqlite.org/wal.html §3.1) while the event loop goes on. */
export interface Checkpoints {
  /** Takes how many units were committed as one. */
  committed(units: number): void;
  /** Resolves when nothing of it holds the data file any more. */
  stop(): Promise<void>;
}

/** Pages of the log after which it is moved, about. */
const pages = 1_000;

/** Pages that a commit writes, about: those that its units share, and those of each. */
const written = { commit: 4, unit: 2 } as const;

/** What the thread runs. A failure leaves the log as it is, for the next time. */
const moving = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(workerData, { timeout: 0 });
  const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  parentPort.on('message', () => {
    try { checkpoint.get(); } catch {}
    parentPort.postMessage('moved');
  });
`;

/**
 * Checkpoints of the data file at `path`, in a thread that begins with the first of them: what they cost the disk no commit
 * waits for. What is committed meanwhile is left for the next one, and without the thread commits move the log themselves.
 */
export function checkpoints(path: string): Checkpoints {
  let worker: Worker | undefined;
  let gathered = 0;
  let isMoving = false;

  function begin(): Worker {
    const begun = new Worker(moving, { eval: true, workerData: path, execArgv: [] });
    begun.unref();
    begun.on('message', () => {
      isMoving = false;
    });
    begun.on('error', () => undefined);
    return begun;
  }

  return {
    committed(units) {
      gathered += written.commit + written.unit * units;
      if (gathered < pages || isMoving || path === ':memory:') return;
      gathered = 0;
      isMoving = true;
      worker ??= begin();
      worker.postMessage('move');
    },

    async stop() {
      await worker?.terminate();
    },
  };
}
