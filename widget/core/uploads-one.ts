import type { AnyFact } from '../../protocol/facts.ts';
import { isLater } from '../../protocol/later.ts';
import type { Carrier, Put, WaitingFile } from './outgoing.ts';
import type { StoredAction } from './ports.ts';
import type { FilesHost } from './uploads-host.ts';

/** How long the friend may take to grant a place, and how long nothing may leave before it is begun anew, milliseconds. */
const patience = 20_000;
/** The first pause after something that may pass, and the longest; milliseconds. */
const pause = 1_000;
const longestPause = 30_000;
/** So many tries in a row that bring nothing further, and it is given up: the person may try again. */
const mostTries = 8;

/** One file on its way: where its bytes go, how many are there, and what to do when they are cut off. */
export class OneUpload {
  readonly #host: FilesHost;
  readonly #carrier: Carrier;
  readonly #entry: StoredAction;
  readonly #file: WaitingFile;
  readonly #told: (there: number) => void;
  /** Tries since something got further. */
  #tries = 0;
  #there = 0;

  /** `told` hears how many bytes are there. */
  constructor(
    host: FilesHost,
    carrier: Carrier,
    entry: StoredAction,
    file: WaitingFile,
    told: (there: number) => void,
  ) {
    this.#host = host;
    this.#carrier = carrier;
    this.#entry = entry;
    this.#file = file;
    this.#told = told;
  }

  /** Resolves when all of it is there, or with the code that refuses it for good. @throws what `signal` was aborted with */
  async run(signal: AbortSignal): Promise<string | undefined> {
    while (this.#tries < mostTries) {
      await this.#online(signal);
      const answer = await this.#offer(signal);
      if (answer?.type === 'error') {
        const { code, retryAfter } = answer.body;
        if (!isLater(code)) return code;
        await this.#rest(signal, retryAfter);
      } else if (answer?.type === 'file.granted') {
        const refused = await this.#fill(answer.body.upload, answer.body.at, signal);
        if (refused !== 'again') return refused;
      } else await this.#rest(signal);
    }
    return 'failed';
  }

  /** Puts bytes as long as one address takes them; `again` where another one may help. */
  async #fill(upload: string, from: number, signal: AbortSignal): Promise<string | undefined> {
    const { size } = this.#file;
    let at = Math.min(from, size);
    for (;;) {
      this.#got(at);
      const put = await this.#put(upload, at, signal);
      if (put === undefined) {
        await this.#rest(signal);
        return 'again';
      }
      const { status, complete, retryAfter } = put;
      if (status < 300 && complete) return undefined;
      if (status === 413 || status === 400) return 'too_large';
      // A picture that is built badly: no other try makes it better.
      if (status === 415) return 'failed';
      if (status === 404 && this.#tries > 1) return 'not_found';
      const goesOn = (status < 300 || status === 408 || status === 409) && put.at !== undefined && put.at !== at;
      if (!goesOn || put.at === undefined) {
        await this.#rest(signal, retryAfter);
        return 'again';
      }
      at = Math.min(put.at, size);
    }
  }

  /** Nothing where it was cut off, or where nothing left for long. */
  async #put(upload: string, at: number, signal: AbortSignal): Promise<Put | undefined> {
    const { clock } = this.#host;
    const attempt = new AbortController();
    const abort = (): void => attempt.abort();
    signal.addEventListener('abort', abort, { once: true });
    let cancel = clock.after(patience, abort);
    try {
      return await this.#carrier.put(upload, this.#file.blob, at, attempt.signal, (there) => {
        cancel();
        cancel = clock.after(patience, abort);
        this.#told(Math.min(there, this.#file.size));
      });
    } catch {
      signal.throwIfAborted();
      return undefined;
    } finally {
      cancel();
      signal.removeEventListener('abort', abort);
    }
  }

  #got(at: number): void {
    if (at > this.#there) this.#tries = 0;
    this.#there = at;
    this.#told(at);
  }

  /** Nothing where no answer came: the link went, or the friend did. */
  async #offer(signal: AbortSignal): Promise<AnyFact | undefined> {
    const { id: file, name, type, size, width, height } = this.#file;
    const { conversation } = Object(this.#entry.action.body) as { readonly conversation: string };
    const form = width === undefined || height === undefined ? {} : { width, height };
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const gone = this.#until(either, (online) => !online, patience).then(() => []);
    const asked = this.#host.ask('file.offer', { file, conversation, name, type, size, ...form });
    try {
      const [answer] = await Promise.race([asked, gone]);
      return answer;
    } finally {
      over.abort();
    }
  }

  async #online(signal: AbortSignal): Promise<void> {
    if (this.#host.state.view.link.state === 'online') return;
    await this.#until(signal, (online) => online);
    this.#tries = 0;
  }

  async #rest(signal: AbortSignal, ms = 0): Promise<void> {
    const own = Math.min(pause * 2 ** this.#tries, longestPause);
    this.#tries += 1;
    await this.#until(signal, () => false, Math.max(ms, own));
  }

  /** Resolves when the link is as `wanted`, or after `ms`. @throws what `signal` was aborted with */
  #until(signal: AbortSignal, wanted: (online: boolean) => boolean, ms?: number): Promise<void> {
    const { state, clock } = this.#host;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        stop();
        cancel?.();
        signal.removeEventListener('abort', end);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      const stop = state.subscribe(() => wanted(state.view.link.state === 'online') && end());
      const cancel = ms === undefined ? undefined : clock.after(ms, end);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
    });
  }
}
