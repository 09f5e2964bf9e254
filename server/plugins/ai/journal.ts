import * as v from 'valibot';
import { toJson } from '../../../protocol/frame.ts';
import { type Effect, put } from '../../core/effect.ts';
import type { Reads } from '../../core/reads.ts';
import type { WantedCall } from './wire.ts';

const Rounds = v.array(
  v.object({
    words: v.string(),
    calls: v.array(v.object({ name: v.string(), arguments: v.string() })),
  }),
);

const Done = v.array(
  v.object({
    at: v.number(),
    words: v.string(),
    calls: v.array(v.object({ name: v.string(), arguments: v.string(), result: v.string() })),
  }),
);

const Journal = v.object({
  seq: v.number(),
  rounds: Rounds,
  asked: v.optional(v.array(v.number()), []),
  done: v.optional(Done, []),
});
const Result = v.object({ id: v.string(), result: v.string() });

/** What a model has wanted so far for one answer, round by round. */
export type Round = { readonly words: string; readonly calls: readonly WantedCall[] };

/** What was done for a question that got no answer of its own, so that the next answer knows of it. */
export interface Done {
  /** The seq of that question. */
  readonly at: number;
  readonly words: string;
  readonly calls: readonly (WantedCall & { readonly result: string })[];
}

/** What is on disk of an answer. */
export interface Kept {
  /** The seq of the message that it answers. */
  readonly seq: number;
  readonly rounds: readonly Round[];
  /** The calls, counted from 0, whose actions are on disk, whether they were carried out or not. */
  readonly asked: readonly number[];
  readonly done: readonly Done[];
}

/** Characters of what was done before that are kept, the newest first. */
const longestDone = 16_000;

/** One answer that is being made: whose, and to which message. */
export interface Place {
  /** The name of the plugin. */
  readonly plugin: string;
  readonly user: string;
  readonly conversation: string;
  readonly seq: number;
}

/** The id of the action of the `n`th call of an answer: the same however often the answer is made. */
export function callId({ plugin, conversation, seq }: Place, n: number): string {
  return `${plugin}:${conversation}:${seq}:${n}`;
}

/** The answer and the call that an action is of; undefined for all other actions. */
export function placeOf(
  plugin: string,
  id: string,
): (Pick<Place, 'conversation'> & { readonly n: number }) | undefined {
  const found = id.startsWith(`${plugin}:`) ? /^(c_[0-9a-z_-]+):\d+:(\d+)$/.exec(id.slice(plugin.length + 1)) : null;
  return found === null ? undefined : { conversation: found[1] ?? '', n: Number(found[2]) };
}

/** What an earlier run has come through, for this message or for one before it; nothing where there was none. */
export async function recall(read: Reads, place: Place): Promise<Kept> {
  const kept = v.safeParse(Journal, parsed(await read.state(place.plugin, place.user, place.conversation)));
  return kept.success ? kept.output : { seq: place.seq, rounds: [], asked: [], done: [] };
}

/** Keeps what is wanted, before anything is done that it says. */
export function keep(
  { plugin, user, conversation, seq }: Place,
  { rounds, asked, done }: Omit<Kept, 'seq'>,
): Extract<Effect, { do: 'put' }> {
  const row = { plugin, scope: user, key: conversation, value: toJson({ seq, rounds, asked, done: newest(done) }) };
  return put({ table: 'state', row });
}

function newest(done: readonly Done[]): readonly Done[] {
  const kept: Done[] = [];
  let room = longestDone;
  for (const one of done.toReversed()) {
    room -= toJson(one).length;
    if (room < 0) break;
    kept.unshift(one);
  }
  return kept;
}

/** What a call has come to; undefined where it has not yet. */
export async function resultOf(read: Reads, place: Place, n: number): Promise<string | undefined> {
  const kept = readResult((await read.state(place.plugin, place.user, resultKey(place.conversation, n))) ?? null);
  return kept?.id === callId(place, n) ? kept.result : undefined;
}

/** What of a row of results was stored: which call, and what came of it. */
export function readResult(value: string | null): { readonly id: string; readonly result: string } | undefined {
  const read = v.safeParse(Result, parsed(value ?? undefined));
  return read.success ? read.output : undefined;
}

/** What a call has come to, stored in the commit of its action. */
export function keepResult(plugin: string, user: string, id: string, result: string): Effect {
  const { conversation, n } = placeOf(plugin, id) ?? { conversation: '', n: 0 };
  const value = toJson({ id, result });
  return put({ table: 'state', row: { plugin, scope: user, key: resultKey(conversation, n), value } });
}

/** Removes all of it, and the first `calls` results. */
export function forget({ plugin, user, conversation }: Place, calls: number): Effect[] {
  const keys = [conversation, ...Array.from({ length: calls }, (_, n) => resultKey(conversation, n))];
  return keys.map((key) => put({ table: 'state', row: { plugin, scope: user, key, value: null } }));
}

function resultKey(conversation: string, n: number): string {
  return `${conversation} ${n}`;
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
