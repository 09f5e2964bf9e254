import { unremembered } from '../core/after-commit.ts';
import { type FileKey, type FilePurpose, fileKeys, opens } from '../core/file-address.ts';
import {
  type Coming,
  type FileBounds,
  type FileDoor,
  type FileRefusal,
  fileBounds,
  type Given,
  type Taken,
} from '../core/file-door.ts';
import type { Counter } from '../core/meter.ts';
import type { Blobs, Clock, Hmac } from '../core/ports.ts';
import type { FileRow } from '../core/rows.ts';
import { StorageFull, type Store } from '../core/store.ts';
import { settled } from './file-settling.ts';
import { type Taking, TakingEnds, taking } from './file-taking.ts';

export interface FileDoorOptions {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly hmac: Hmac;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly count: (counter: Counter, by?: number) => void;
  readonly bounds?: Partial<FileBounds>;
}

/** The door of one friend. */
export function fileDoor(options: FileDoorOptions): FileDoor {
  return new Door(options);
}

/** Bytes that come, and when they have ended. */
interface Running extends Taking {
  readonly by: string;
  /** Bytes of this file that the disk has room for and does not hold yet. */
  rest: number;
  readonly over: Promise<void>;
}

class Door implements FileDoor {
  readonly #options: FileDoorOptions;
  readonly #bounds: FileBounds;
  readonly #running = new Map<string, Running>();
  /** Files are settled one after another: each may have to be in memory. */
  #settling: Promise<unknown> = Promise.resolve();

  constructor(options: FileDoorOptions) {
    this.#options = options;
    this.#bounds = { ...fileBounds, ...options.bounds };
  }

  async look(id: string, signature: string): Promise<Taken> {
    const row = await this.#opened('put', id, signature);
    return typeof row === 'string' ? this.#refused(row) : this.#state(row);
  }

  async take(id: string, signature: string, coming: Coming): Promise<Taken> {
    const row = await this.#opened('put', id, signature);
    if (typeof row === 'string') return this.#refused(row);
    if (row.readyAt !== undefined) return { at: row.size, isWhole: true };
    if (coming.size !== undefined && coming.size !== row.size) return this.#refused('wrong');
    if (await this.#isTooMuch(row.by)) return this.#forgotten(row, 'quota');
    const before = this.#running.get(id);
    const others = [...this.#running.values()].filter((one) => one !== before);
    if (others.length >= this.#bounds.atOnceOfAll) return this.#refused('crowded');
    if (others.filter(({ by }) => by === row.by).length >= this.#bounds.atOnce) return this.#refused('busy');
    let over: () => void = () => undefined;
    const room = Math.min(row.size, coming.end ?? row.size) - coming.at;
    const run: Running = {
      ...taking(coming.chunks, Math.max(0, room), this.#options.clock),
      by: row.by,
      rest: 0,
      over: new Promise((resolve) => {
        over = resolve;
      }),
    };
    this.#running.set(id, run);
    try {
      before?.end();
      await before?.over;
      return await this.#append(row, coming, run);
    } finally {
      over();
      if (this.#running.get(id) === run) this.#running.delete(id);
    }
  }

  async give(id: string, signature: string): Promise<Given | 'forged' | undefined> {
    const { blobs, count } = this.#options;
    const file = await this.#opened('get', id, signature);
    if (file === 'forged') count('file_refusals');
    if (typeof file === 'string') return file === 'forged' ? file : undefined;
    if (file.readyAt === undefined || (await blobs.stat(id))?.isWhole !== true) return undefined;
    return {
      file,
      async *read(from, to) {
        for await (const chunk of blobs.read(id, from, to)) {
          count('file_bytes_out', chunk.length);
          yield chunk;
        }
      },
    };
  }

  async #append(row: FileRow, { at }: Coming, run: Running): Promise<Taken> {
    const { blobs, count } = this.#options;
    const there = await blobs.stat(row.id);
    const from = there?.bytes ?? 0;
    if (there?.isWhole === true) return this.#settle(row);
    if (at !== from) return this.#refused('misplaced', from);
    const promised = [...this.#running.values()].reduce((sum, { rest }) => sum + rest, 0);
    if (blobs.total() + promised + row.size - from > this.#bounds.diskBytes) return this.#refused('full');
    run.rest = row.size - from;
    let isCounted = false;
    const ended = async (): Promise<number> => {
      const bytes = (await blobs.stat(row.id))?.bytes ?? 0;
      if (!isCounted) count('file_bytes_in', bytes - from);
      isCounted = true;
      return bytes;
    };
    try {
      await blobs.append(row.id, written(run));
      return (await ended()) === row.size ? await this.#settle(row) : { at: await ended(), isWhole: false };
    } catch (error) {
      const bytes = await ended();
      if (error instanceof StorageFull) return this.#refused('full', bytes);
      if (error instanceof TakingEnds) return this.#refused(error.why, bytes);
      throw error;
    }
  }

  async #state(row: FileRow): Promise<Taken> {
    if (row.readyAt !== undefined) return { at: row.size, isWhole: true };
    const there = await this.#options.blobs.stat(row.id);
    const isAll = there?.isWhole === true || there?.bytes === row.size;
    return isAll && !this.#running.has(row.id) ? this.#settle(row) : { at: there?.bytes ?? 0, isWhole: false };
  }

  async #settle(row: FileRow): Promise<Taken> {
    const { blobs, clock, store } = this.#options;
    const turn = this.#settling.then(() => settled(blobs, row, clock.now()));
    this.#settling = turn.catch(() => undefined);
    const after = await turn;
    const put =
      after === undefined
        ? ({ table: 'unfile', row, expect: 'unsent' } as const)
        : ({ table: 'file', row: after, expect: 'unsent' } as const);
    const [outcome] = await store.commit([unremembered('file', [put])], []);
    if (after !== undefined && outcome?.kind === 'stored') return { at: after.size, isWhole: true };
    const now = await store.file(row.id);
    // Somebody else has settled it meanwhile.
    if (now?.readyAt !== undefined) return { at: now.size, isWhole: true };
    await blobs.remove(row.id);
    return this.#refused(after === undefined ? 'broken' : 'gone');
  }

  /** Offers that were decided at the same time have not seen each other. */
  async #isTooMuch(user: string): Promise<boolean> {
    const { waiting, kept } = await this.#options.store.fileBytes(user);
    return waiting > this.#bounds.waitingBytes || waiting + kept > this.#bounds.keptBytes;
  }

  async #forgotten(row: FileRow, why: FileRefusal): Promise<Taken> {
    const { blobs, store } = this.#options;
    await store.commit([unremembered('file', [{ table: 'unfile', row, expect: 'unsent' }])], []);
    if ((await store.file(row.id)) === undefined) await blobs.remove(row.id);
    return this.#refused(why);
  }

  /** The file that the address opens; why it does not, where it does not. */
  async #opened(purpose: FilePurpose, id: string, signature: string): Promise<FileRow | 'forged' | 'gone'> {
    const { clock, hmac, store } = this.#options;
    const texts = await Promise.all(
      ['now', 'before'].map((name) => store.state(fileKeys.plugin, fileKeys.scope, name)),
    );
    const keys = texts.flatMap((text) => (text === undefined ? [] : (JSON.parse(text) as FileKey)));
    if (!(await opens(hmac, keys, { purpose, id, signature, now: clock.now() }))) return 'forged';
    return (await store.file(id)) ?? 'gone';
  }

  #refused(refused: FileRefusal, at?: number): Taken {
    this.#options.count('file_refusals');
    return at === undefined ? { refused } : { refused, at };
  }
}

/** The bytes that come; they are promised until they are written. */
async function* written(run: Running): AsyncGenerator<Uint8Array> {
  for await (const chunk of run.chunks) {
    yield chunk;
    run.rest -= chunk.length;
  }
}
