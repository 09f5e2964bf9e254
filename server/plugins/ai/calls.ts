import { toJson } from '../../../protocol/frame.ts';
import { type Aside, type Effect, put } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Effects } from '../../core/rule.ts';
import { callId, keep, keepResult, type Place, placeOf, type Round, readResult, resultOf } from './journal.ts';
import type { Tool, ToolAsking } from './tool.ts';
import type { WantedCall } from './wire.ts';

/** Characters of a result that a model is told. */
const longestResult = 4_000;

/** The device of actions that were scheduled. */
const scheduleDevice = 'schedule';

/** One call of an answer. */
export interface Calling {
  readonly place: Place;
  /** All rounds, the one with this call among them. */
  readonly rounds: readonly Round[];
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
  readonly #waiting = new Map<string, (result: string) => void>();

  constructor(host: PluginHost, plugin: string, tools: readonly Tool[]) {
    this.#host = host;
    this.#plugin = plugin;
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    host.whenKept(({ value }) => {
      const kept = readResult(value);
      if (kept !== undefined) this.#waiting.get(kept.id)?.(kept.result);
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
      if (tool.looks !== undefined) return bounded((await tool.looks(args.args, asking)) ?? null);
      const body = tool.acts?.body(args.args, asking);
      return await this.#acted(calling, tool.acts?.type ?? '', body);
    } catch (error) {
      this.#host.count('failed');
      this.#host.log.error('A tool failed', { tool: tool.name, error: String(error) });
      return failure('failed', 'The tool does not work.');
    }
  }

  async #acted({ place, rounds, n, asking, until }: Calling, type: string, body: unknown): Promise<string | undefined> {
    const id = callId(place, n);
    let stop: (() => void) | undefined;
    const came = new Promise<string | undefined>((resolve) => {
      this.#waiting.set(id, resolve);
      stop = this.#host.clock.after(Math.max(0, until - this.#host.clock.now()), () => resolve(undefined));
      asking.signal.onAbort(() => resolve(undefined));
    });
    try {
      // Asked for after the waiting has begun: what is stored meanwhile is told, what was stored before is read.
      const known = await resultOf(asking.read, place, n);
      if (known !== undefined) return known;
      this.#host.soon(id, 0, () => this.#scheduled({ id, type, body, place, rounds }));
      return await came;
    } finally {
      stop?.();
      this.#waiting.delete(id);
    }
  }

  /** What is wanted and the action that does it are on disk together: a crash repeats both, or none. */
  async #scheduled(given: {
    id: string;
    type: string;
    body: unknown;
    place: Place;
    rounds: readonly Round[];
  }): Promise<Aside[]> {
    const { id, type, body, place, rounds } = given;
    const row = { id, dueAt: 0, user: place.user, type, body: toJson(body ?? {}) };
    return [keep(place, rounds), put({ table: 'schedule', row })];
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
