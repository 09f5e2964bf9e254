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

const Journal = v.object({ seq: v.number(), rounds: Rounds });
const Result = v.object({ id: v.string(), result: v.string() });

/** What a model has wanted so far for one answer, round by round. */
export type Round = { readonly words: string; readonly calls: readonly WantedCall[] };

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

/** The rounds that an earlier run has come through; none where there was none. */
export async function recall(read: Reads, place: Place): Promise<readonly Round[]> {
  const kept = v.safeParse(Journal, parsed(await read.state(place.plugin, place.user, place.conversation)));
  return kept.success && kept.output.seq === place.seq ? kept.output.rounds : [];
}

/** Keeps the rounds, before anything is done that they say. */
export function keep(
  { plugin, user, conversation, seq }: Place,
  rounds: readonly Round[],
): Extract<Effect, { do: 'put' }> {
  const row = { plugin, scope: user, key: conversation, value: toJson({ seq, rounds }) };
  return put({ table: 'state', row });
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
