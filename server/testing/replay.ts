import type { Fact } from '../../protocol/facts.ts';
import { unremembered } from '../core/after-commit.ts';
import { isPlace, type RecordingLine, storedKeys } from '../core/recording.ts';
import type { StoredFact } from '../core/rows.ts';
import type { Config } from '../package/config.ts';
import { type ReadRecording, readRecording } from './read-recording.ts';
import { type TestChat, type TestChatOptions, testChat } from './test-chat.ts';

/** What came of a recording on today's logic. */
export interface Replayed {
  /** All that was stored, in that order. */
  readonly stored: readonly StoredFact[];
  /** Actions that were refused, and the line where each stands. */
  readonly refused: readonly {
    readonly line: number;
    readonly type: string;
    readonly code: string;
    readonly detail?: string;
  }[];
  /** What the friend warned of. */
  readonly complaints: readonly string[];
}

/** Where messages of the recording stand now: conversations by their ids, and places by conversation and seq. */
interface Places {
  readonly logs: Map<string, string>;
  readonly seqs: Map<string, number>;
}

/**
 * Lets all that was recorded happen again, in its order and at its times, on a new store with another logic; no real time
 * passes. A conversation or a message that is named later is found again where it stands now.
 * @throws RecordingFault where the text is no recording, with the line and the reason
 */
export async function replay(
  text: string,
  config: Config = {},
  options: Omit<TestChatOptions, 'now'> = {},
): Promise<Replayed> {
  const recording = readRecording(text);
  await using chat = await testChat(config, { ...options, now: recording.at });
  return await new Replay(chat, recording).run();
}

class Replay {
  readonly #chat: TestChat;
  readonly #recording: ReadRecording;
  readonly #stored: StoredFact[] = [];
  readonly #refused: Replayed['refused'][number][] = [];
  readonly #places: Places = { logs: new Map(), seqs: new Map() };
  /** What has a place now, by its key. */
  readonly #now = new Map<string, StoredFact>();

  constructor(chat: TestChat, recording: ReadRecording) {
    this.#chat = chat;
    this.#recording = recording;
  }

  async run(): Promise<Replayed> {
    const keys = storedKeys();
    this.#chat.trace.listen((step) => {
      if (step.kind !== 'stored') return;
      this.#stored.push(step.fact);
      if (isPlace(step.fact)) this.#now.set(keys(step.fact), step.fact);
    });
    for (const line of this.#recording.lines) {
      const wait = line.at - this.#chat.now;
      if (wait > 0) await this.#chat.later(wait);
      await this.#happens(line);
    }
    await this.#chat.settled();
    return { stored: this.#stored, refused: this.#refused, complaints: [...this.#chat.complaints] };
  }

  async #happens({ line, who, by = '', action, stored }: ReadRecording['lines'][number]): Promise<void> {
    if (who !== undefined) return this.#comes(who);
    if (stored !== undefined) return this.#stands(stored);
    if (action === undefined) return;
    const { id, type } = action;
    const body = this.#led(action.body);
    const answer: Fact = await this.#chat.friend.inject(by, { id, type, at: this.#chat.now, body });
    await this.#chat.settled();
    if (answer.type !== 'error') return;
    const { code, detail } = answer.body as { readonly code: string; readonly detail?: string };
    this.#refused.push({ line, type, code, ...(detail === undefined ? {} : { detail }) });
  }

  async #comes({ id, kind, name }: NonNullable<RecordingLine['who']>): Promise<void> {
    const topics = kind === 'colleague' ? ['support'] : [];
    const row = { id, kind, name, topics, verified: kind !== 'visitor' };
    await this.#chat.store.commit([unremembered('user', [{ table: 'user', row }])], []);
  }

  /** What stood there then, stands here now; a message that today's logic does not say stands nowhere. */
  #stands({ key, log, seq }: NonNullable<RecordingLine['stored']>): void {
    const { logs, seqs } = this.#places;
    const now = this.#now.get(this.#led(key) as string);
    if (now === undefined) return void seqs.set(`${log} ${seq}`, Number.MAX_SAFE_INTEGER);
    logs.set(log, now.log);
    seqs.set(`${log} ${seq}`, now.seq);
  }

  /** The same body, with conversations and messages as they are named now. */
  #led(body: unknown): unknown {
    if (typeof body === 'string')
      return body.replace(/\bc_[0-9a-z_-]{1,100}/g, (id) => this.#places.logs.get(id) ?? id);
    if (Array.isArray(body)) return body.map((one) => this.#led(one));
    if (typeof body !== 'object' || body === null) return body;
    const { conversation } = body as { readonly conversation?: unknown };
    const placed = ([name, value]: [string, unknown]): [string, unknown] => {
      const isPlaced = typeof value === 'number' && (name === 'seq' || name === 'reply');
      return [name, isPlaced ? (this.#places.seqs.get(`${conversation} ${value}`) ?? value) : this.#led(value)];
    };
    return Object.fromEntries(Object.entries(body).map(placed));
  }
}
