import { opaque } from '../../protocol/ids.ts';
import type { Carrier, FilesWish, WaitingFile } from './outgoing.ts';
import type { StoredAction } from './ports.ts';
import type { Files, FilesHost } from './uploads-host.ts';
import { OneUpload } from './uploads-one.ts';
import type { Intents } from './view.ts';

/** A new count is drawn at most this often, milliseconds. */
const drawPause = 100;

/**
 * Sends the files of messages, and lets each message go when all of its own are there. Messages do not wait for each
 * other's files here; the outbox keeps their order within a conversation.
 */
export class Uploads implements Files {
  readonly #host: FilesHost;
  readonly #carrier: Carrier;
  /** By the id of the message. */
  readonly #running = new Map<string, AbortController>();
  readonly #end: () => void;
  #drawn = 0;

  constructor(host: FilesHost, carrier: Carrier) {
    this.#host = host;
    this.#carrier = carrier;
    this.#end = host.state.subscribe(() => this.go());
  }

  async send({ ref, text: written, files = [], left, ...extras }: Intents['message.send']): Promise<void> {
    const { session, state, random } = this.#host;
    const ready = (await Promise.allSettled(files)).flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const text = written.trim();
    if (text === '' && ready.length === 0) return left?.(false);
    const waiting = ready.map((file): WaitingFile => {
      const { blob } = file;
      return { id: `f_${opaque(random(20))}`, ...file, size: blob.size };
    });
    const named = waiting.length > 0 ? { files: waiting.map(({ id }) => id) } : {};
    const action = session.action('message.send', { conversation: ref, text, ...extras, ...named });
    const shown = waiting.length > 0 ? { ...extras, files: waiting } : extras;
    state.outbox.add({ action, ref, text, extras: shown }, () => {
      session.flush();
      left?.(true);
    });
  }

  act({ cancel }: FilesWish): void {
    if (cancel === undefined) return;
    const { session, state } = this.#host;
    const entry = state.outbox.entries.find(({ action }) => action.id === cancel.message);
    if (entry === undefined || !isWaiting(state.view.waiting, cancel.message)) return;
    const files = filesOf(entry).filter(({ id }) => id !== cancel.file);
    if (files.length === 0 && entry.text === '') state.outbox.remove(cancel.message);
    else state.outbox.alter(cancel.message, without(entry, files));
    this.#stop(cancel.message);
    session.flush();
  }

  go(): void {
    const held = this.#host.state.outbox.held;
    for (const id of this.#running.keys()) if (!held.some(({ action }) => action.id === id)) this.#stop(id);
    for (const entry of held) if (!this.#running.has(entry.action.id)) void this.#run(entry);
  }

  stop(): void {
    this.#end();
    for (const id of this.#running.keys()) this.#stop(id);
  }

  #stop(id: string): void {
    const running = this.#running.get(id);
    this.#running.delete(id);
    running?.abort();
  }

  async #run(entry: StoredAction): Promise<void> {
    const { id } = entry.action;
    const { outbox } = this.#host.state;
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.set(id, controller);
    let refused: string | undefined;
    try {
      await this.#carrier.alone(id, signal, async () => {
        for (const file of filesOf(entry)) {
          const upload = new OneUpload(this.#host, this.#carrier, entry, file, (there) => this.#there(file, there));
          refused = await upload.run(signal);
          if (refused !== undefined) return;
        }
      });
    } catch {
      // Where it was not stopped, nobody knows why it ended: the person may try again.
      refused = 'failed';
    }
    if (this.#running.get(id) !== controller) return;
    this.#running.delete(id);
    if (refused === undefined) outbox.alter(id, { up: true });
    else outbox.refused(id, refused);
    this.#forget(filesOf(entry));
    this.#host.session.flush();
  }

  #there(file: WaitingFile, there: number): void {
    const { state, clock } = this.#host;
    const now = clock.now();
    if (there < file.size && there > 0 && now - this.#drawn < drawPause) return;
    this.#drawn = now;
    state.change({ uploads: { ...state.view.uploads, [file.id]: there } });
  }

  #forget(files: readonly WaitingFile[]): void {
    const { state } = this.#host;
    const left = Object.entries(state.view.uploads ?? {}).filter(([id]) => !files.some((file) => file.id === id));
    state.change({ uploads: Object.fromEntries(left) });
  }
}

function isWaiting(waiting: readonly { readonly id: string; readonly state: string }[], id: string): boolean {
  return waiting.some((one) => one.id === id && one.state !== 'sending');
}

/** The files that wait with an action. */
function filesOf({ extras }: StoredAction): readonly WaitingFile[] {
  return (Object(extras) as { readonly files?: readonly WaitingFile[] }).files ?? [];
}

/** What is left of a message that goes with these files alone. */
function without({ action, extras }: StoredAction, files: readonly WaitingFile[]): Partial<StoredAction> {
  const { files: _, ...body } = Object(action.body) as Record<string, unknown>;
  const { files: __, ...others } = Object(extras) as Record<string, unknown>;
  if (files.length === 0) return { action: { ...action, body }, extras: others };
  return {
    action: { ...action, body: { ...body, files: files.map(({ id }) => id) } },
    extras: { ...others, files },
  };
}
