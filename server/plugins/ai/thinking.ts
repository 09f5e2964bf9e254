import { limits } from '../../../protocol/limits.ts';
import { type Effect, tell, unschedule } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { AiAnswer, AiAsking } from '../../core/services.ts';
import { isCase } from '../../core/support-case.ts';
import { Calls, failure } from './calls.ts';
import { historyOf, systemOf } from './history.ts';
import { callId, type Done, forget, type Place, type Round, recall } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { type Declared, handOffTool } from './options.ts';
import { type Completion, complete, estimated, requestOf, type WireMessage } from './wire.ts';
import { roundOf, withDone } from './wire-round.ts';

/** Answers that are remembered until they are stored: the store may have them decided again. */
const kept = 1_000;

/** How often it is told that the assistant is still thinking, milliseconds. */
const typingPause = 3_000;

/** Makes answers: asks the model, carries out what it calls, and asks again with what came of it. */
export class Thinking {
  readonly #ai: Declared;
  readonly #plugin: string;
  readonly #host: PluginHost;
  readonly #ledger: Ledger;
  readonly #calls: Calls;
  readonly #answers = new Map<string, AiAnswer>();

  constructor(ai: Declared, plugin: string, host: PluginHost, ledger: Ledger) {
    this.#ai = ai;
    this.#plugin = plugin;
    this.#host = host;
    this.#ledger = ledger;
    this.#calls = new Calls(host, plugin, ai.tools);
  }

  /** Never rejects: what fails costs this answer alone. */
  async answer(asking: AiAsking): Promise<AiAnswer> {
    const { context, conversation, user } = asking;
    const key = `${conversation}:${context.fact.seq}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const place = { plugin: this.#plugin, user: user.id, conversation, seq: context.fact.seq };
    const quiet = this.#types(asking);
    const answer = await new Answer(this.#ai, this.#host, this.#ledger, this.#calls, asking, place).made();
    quiet();
    const hearing = isCase(conversation) ? [conversation, 'support'] : [conversation];
    const still = tell({ hearing }, 'typing.changed', { conversation, user: asking.bot, on: false }, asking.bot);
    const whole = { ...answer, effects: [...answer.effects, still] };
    const [oldest] = this.#answers.keys();
    if (this.#answers.size >= kept && oldest !== undefined) this.#answers.delete(oldest);
    // Of a run that was ended nothing is stored; the next one asks for itself.
    if (!context.signal.aborted) this.#answers.set(key, whole);
    return whole;
  }

  /** The assistant is seen to type until the returned function is called. */
  #types({ context, conversation, bot }: AiAsking): () => void {
    const hearing = isCase(conversation) ? [conversation, 'support'] : [conversation];
    let cancel: (() => void) | undefined;
    const again = (): void => {
      const typing = tell({ hearing }, 'typing.changed', { conversation, user: bot, on: true }, bot);
      this.#host.soon(`${bot} types in ${conversation}`, 0, () =>
        Promise.resolve(cancel === undefined ? [] : [typing]),
      );
      cancel = this.#host.clock.after(typingPause, again);
    };
    again();
    const ended = (): void => {
      cancel?.();
      cancel = undefined;
    };
    context.signal.onAbort(ended);
    return ended;
  }
}

/** One answer on its way. */
class Answer {
  readonly #until: number;
  readonly #mark: string;
  readonly #isSupport: boolean;
  /** Calls that were carried out or refused. */
  #count = 0;
  /** Whether anything is on disk that the next answer has to know, or to be rid of. */
  #isKept = false;
  #before: readonly Done[] = [];
  readonly #asked = new Set<number>();
  /** Actions that were asked for, and of which nobody knows what came. */
  readonly #open: string[] = [];
  readonly #parts;

  constructor(ai: Declared, host: PluginHost, ledger: Ledger, calls: Calls, asking: AiAsking, place: Place) {
    this.#parts = { ai, host, ledger, calls, asking, place };
    this.#until = host.clock.now() + ai.timeout;
    this.#mark = Array.from(host.random.bytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
    this.#isSupport = isCase(place.conversation);
  }

  async made(): Promise<AiAnswer> {
    const { ai, host, place } = this.#parts;
    try {
      return await this.#rounds();
    } catch (error) {
      if (this.#parts.asking.context.signal.aborted) return this.#ended('superseded');
      host.count('failed');
      host.log.warn('An assistant could not answer', {
        assistant: ai.name,
        log: place.conversation,
        error: String(error),
      });
      return this.#ended('failed', { words: ai.texts.failed });
    }
  }

  async #rounds(): Promise<AiAnswer> {
    const { ai, asking, place } = this.#parts;
    const { read, signal } = asking.context;
    await this.#parts.calls.landed(place, signal);
    const kept = await recall(read, place);
    if (kept.seq > place.seq) return this.#ended('superseded');
    const isOwn = kept.seq === place.seq;
    const repeated = isOwn ? kept.rounds : [];
    for (const n of isOwn ? kept.asked : []) this.#asked.add(n);
    this.#before = isOwn ? kept.done : [...kept.done, ...(await this.#parts.calls.done(place, kept, asking.context))];
    this.#isKept = kept.rounds.length + kept.done.length > 0;
    const rounds: Round[] = [];
    const shown = await historyOf(read, {
      ...{ conversation: place.conversation, user: place.user, bot: asking.bot, upTo: place.seq },
      ...{ messages: ai.messages, others: ai.others, mark: this.#mark },
    });
    const messages: WireMessage[] = [
      { role: 'system', content: systemOf(ai.system, this.#mark, asking.language) },
      ...withDone(shown, this.#before),
    ];
    for (let round = 0; round < ai.rounds; round += 1) {
      if (signal.aborted) return this.#ended('superseded');
      const isLast = round === ai.rounds - 1;
      const completion = repeated[round] ?? (await this.#completed(messages, isLast));
      if (completion === 'over') return this.#ended('over', { words: ai.texts.over });
      const { words, calls } = completion;
      const handed = this.#hands ? calls.find(({ name }) => name === handOffTool) : undefined;
      if (handed !== undefined) return this.#ended('handOff', { note: noteIn(handed.arguments) });
      // Nothing is done that no answer could tell of.
      if (calls.length === 0 || isLast) {
        if (words === '') throw new Error(`The model came to no words in ${round + 1} rounds.`);
        return this.#ended('said', { words: words.slice(0, limits.text) });
      }
      rounds.push({ words, calls });
      messages.push(...(await this.#called(rounds)));
    }
    throw new Error('The model was never asked.');
  }

  /** Asks the model within the budget. */
  async #completed(messages: readonly WireMessage[], isLast: boolean): Promise<Completion | 'over'> {
    const { ai, asking, host, ledger, place } = this.#parts;
    const request = requestOf(ai, messages, { isLast, hands: this.#hands });
    const settle = await ledger.hold(asking.context.read, place.conversation, estimated(ai, request));
    if (settle === undefined) return 'over';
    // An endpoint that does not answer has read the question all the same, as far as anybody knows.
    let spent = Math.ceil(request.length / 4);
    try {
      const asks = {
        fetch: asking.context.fetch,
        until: this.#until,
        now: () => host.clock.now(),
        wait: (ms: number) => new Promise<void>((resolve) => host.clock.after(ms, resolve)),
      };
      return await complete(ai, asks, request, (tokens) => {
        spent = tokens;
      });
    } finally {
      settle(spent);
    }
  }

  /** Carries out the newest round; what comes of it is what the model sees of it. */
  async #called(rounds: readonly Round[]): Promise<WireMessage[]> {
    const { ai, asking, calls: carries, place } = this.#parts;
    const { words, calls } = rounds.at(-1) as Round;
    const { fetch, log, now, read, signal } = asking.context;
    const tools = { fetch, log, now, read, signal, user: asking.user, conversation: place.conversation };
    const kept = { rounds: [...rounds], done: this.#before };
    const came: Done['calls'][number][] = [];
    for (const call of calls) {
      let result: string | undefined = failure('too_many', `At most ${ai.calls} calls for one answer.`);
      if (this.#count < ai.calls) {
        const n = this.#count++;
        result = await carries.result({ place, kept, asked: this.#asked, n, call, asking: tools, until: this.#until });
        if (result === undefined) {
          this.#open.push(callId(place, n));
          throw new Error('A tool did not come to an end in time.');
        }
      }
      came.push({ ...call, result });
    }
    return roundOf(String(rounds.length - 1), words, came);
  }

  get #hands(): boolean {
    return this.#isSupport && this.#parts.ai.handOff;
  }

  #ended(how: AiAnswer['how'], more: { readonly words?: string; readonly note?: string } = {}): AiAnswer {
    const { ai, place } = this.#parts;
    // What was done without an answer is for the next one to know.
    const isToldOf = how === 'said' || how === 'handOff';
    const cleared: Effect[] = isToldOf && (this.#isKept || this.#count > 0) ? forget(place, ai.calls) : [];
    return { how, ...more, effects: [...this.#open.map((id) => unschedule(id)), ...cleared] };
  }
}

function noteIn(json: string): string {
  try {
    const { note } = JSON.parse(json) as { readonly note?: unknown };
    return typeof note === 'string' ? note.slice(0, limits.note) : '';
  } catch {
    return '';
  }
}
