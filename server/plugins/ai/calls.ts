import { toJson } from '../../../protocol/frame.ts';
import { type Aside, type Effect, put } from '../../core/effect.ts';
import type { Signal } from '../../core/ending.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Effects } from '../../core/rule.ts';
import {
  callId,
  type Done,
  type Kept,
  keep,
  keepResult,
  type Place,
  placeOf,
  readResult,
  resultOf,
} from './journal.ts';
import type { Tool, ToolAsking } from './tool.ts';
import type { WantedCall } from './wire.ts';

/** Characters of a result that a model is told. */
const longestResult = 4_000;

/** How long a later answer waits for what an earlier one has asked for, milliseconds. */
const landing = 2_000;

/** The device of actions that were scheduled. */
const scheduleDevice = 'schedule';

/** One call of an answer. */
export interface Calling {
  readonly place: Place;
  /** All rounds, the one with this call among them, and what was done before. */
  readonly kept: Pick<Kept, 'rounds' | 'done'>;
  /** The calls of this answer whose actions are asked for: this one is added where it acts. */
  readonly asked: Set<number>;
  readonly n: number;
  readonly call: WantedCall;
  readonly asking: ToolAsking;
  /** Milliseconds since 1970; it is not waited for any longer. */
  readonly until: number;
}

/**
 * Carries out what a model calls. An acting tool is an action that comes in as the asking user's: its rule decides as on any
 * other, what it came to is stored in the same commit, and a repeat of the answer finds it there.
 */
export class Calls {
  readonly #host: PluginHost;
  readonly #plugin: string;
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #waiting = new Map<string, Set<(result: string) => void>>();
  /** Actions on their way to the disk, or to their result. */
  readonly #flying = new Set<string>();

  constructor(host: PluginHost, plugin: string, tools: readonly Tool[]) {
    this.#host = host;
    this.#plugin = plugin;
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    host.whenKept(({ value }) => {
      const kept = readResult(value);
      if (kept === undefined) return [];
      this.#flying.delete(kept.id);
      for (const came of this.#waiting.get(kept.id) ?? []) came(kept.result);
      return [];
    });
    host.use(async (context, next) => {
      const { action, device, user } = context;
      if (device !== scheduleDevice || user === undefined || placeOf(plugin, action.id) === undefined) return next();
      const effects = await this.#decided(action.type, next);
      return cameTo(effects, (result) => keepResult(plugin, user.id, action.id, result));
    });
  }

  /** What the model is told of the call: JSON. Undefined where nobody knows yet what came of it. */
  async result(calling: Calling): Promise<string | undefined> {
    const { call, asking } = calling;
    const tool = this.#tools.get(call.name);
    if (tool === undefined) return failure('unknown_tool', `There is no tool ${call.name}.`);
    const args = tool.read(parsed(call.arguments));
    if (!args.ok) return failure('arguments', args.detail);
    try {
      if (tool.looks !== undefined) return await this.#looked(calling, tool.looks(args.args, asking));
      const body = tool.acts?.body(args.args, asking);
      return await this.#acted(calling, tool.acts?.type ?? '', body);
    } catch (error) {
      this.#host.count('failed');
      this.#host.log.error('A tool failed', { tool: tool.name, error: String(error) });
      return failure('failed', 'The tool does not work.');
    }
  }

  /** Waits for what is on its way in a conversation, so that it can be read. */
  async landed({ conversation }: Pick<Place, 'conversation'>, signal: Signal): Promise<void> {
    const mine = [...this.#flying].filter((id) => placeOf(this.#plugin, id)?.conversation === conversation);
    await Promise.all(mine.map((id) => this.#comes(id, landing, signal)));
  }

  /** What was done for an earlier message that got no answer. What nobody knows the end of is told as that. */
  async done(place: Place, kept: Kept, { read, signal }: Pick<ToolAsking, 'read' | 'signal'>): Promise<Done[]> {
    const earlier = { ...place, seq: kept.seq };
    let n = 0;
    const done: Done[] = [];
    // One after the other, as they were asked for.
    for (const { words, calls } of kept.rounds) {
      const came: Done['calls'][number][] = [];
      const of = calls.map((call) => ({ call, n: n++ })).filter((one) => kept.asked.includes(one.n));
      for (const { call, n: nth } of of) {
        const result = await this.#comes(callId(earlier, nth), landing, signal, () => resultOf(read, earlier, nth));
        came.push({ ...call, result: result ?? failure('unknown', 'It may have been done, or not.') });
      }
      if (came.length > 0) done.push({ at: kept.seq, words, calls: came });
    }
    return done;
  }

  /** A look has half of the time that is left, so that the model can still say what it did not find. */
  async #looked({ asking, until }: Calling, looking: unknown): Promise<string | undefined> {
    let stop: (() => void) | undefined;
    const late = new Promise<string | undefined>((resolve) => {
      const left = Math.max(0, until - this.#host.clock.now());
      stop = this.#host.clock.after(left / 2, () => resolve(failure('late', 'The tool did not answer in time.')));
      asking.signal.onAbort(() => resolve(undefined));
    });
    try {
      return await Promise.race([Promise.resolve(looking).then((found) => bounded(found ?? null)), late]);
    } finally {
      stop?.();
    }
  }

  async #acted(calling: Calling, type: string, body: unknown): Promise<string | undefined> {
    const { place, n, asking, until } = calling;
    const id = callId(place, n);
    return this.#comes(id, until - this.#host.clock.now(), asking.signal, async () => {
      const known = await resultOf(asking.read, place, n);
      if (known === undefined) this.#host.soon(id, 0, () => this.#scheduled(id, calling, type, body));
      return known;
    });
  }

  /**
   * The result of an action; undefined where none comes in so many milliseconds, or nobody waits for it any more. It is
   * looked for after the waiting has begun: what is stored meanwhile is told, what was stored before is read.
   */
  async #comes(
    id: string,
    ms: number,
    signal: Signal,
    look?: () => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    waiting.add(resolve);
    const stop = this.#host.clock.after(Math.max(0, ms), () => resolve(undefined));
    signal.onAbort(() => resolve(undefined));
    try {
      return (await look?.()) ?? (await promise);
    } finally {
      stop();
      waiting.delete(resolve);
      if (waiting.size === 0) this.#waiting.delete(id);
    }
  }

  /** What is wanted and the action that does it are on disk together: a crash repeats both, or none. */
  async #scheduled(
    id: string,
    { place, kept, asked, n, asking }: Calling,
    type: string,
    body: unknown,
  ): Promise<Aside[]> {
    // Whoever asked has written on, and may have thought better of it.
    if (asking.signal.aborted) return [];
    this.#flying.add(id);
    asked.add(n);
    const row = { id, dueAt: 0, user: place.user, type, body: toJson(body ?? {}) };
    return [keep(place, { ...kept, asked: [...asked] }), put({ table: 'schedule', row })];
  }

  /** A rule that fails is an answer, too: nobody waits in vain. */
  async #decided(type: string, next: () => Promise<Effects>): Promise<Effects> {
    try {
      return await next();
    } catch (error) {
      this.#host.count('failed');
      this.#host.log.error('The rule of a tool failed', { type, plugin: this.#plugin, error: String(error) });
      return [{ do: 'refuse', code: 'failed' }];
    }
  }
}

/** The same effects with what the asking user would be answered; a refusal is a result, and nothing else. */
function cameTo(effects: Effects, kept: (result: string) => Effect): Effects {
  const refused = effects.find((effect) => effect.do === 'refuse');
  if (refused !== undefined) return [kept(failure(refused.code, refused.detail ?? ''))];
  const answered = effects.find((effect) => effect.do === 'answer');
  const stored = effects.findLast((effect) => effect.do === 'append' && effect.answers !== false);
  const told = (answered ?? stored) as { readonly type: string; readonly body: unknown } | undefined;
  const result = told === undefined ? { ok: true } : { ok: true, type: told.type, body: told.body };
  return [...effects, kept(bounded(result))];
}

/** An error as a model is told it. */
export function failure(error: string, detail: string): string {
  return bounded(detail === '' ? { error } : { error, detail });
}

function bounded(value: unknown): string {
  const json = toJson(value);
  return json.length <= longestResult ? json : toJson({ cut: true, start: json.slice(0, longestResult - 100) });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return undefined;
  }
}
