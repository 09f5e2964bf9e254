import * as v from 'valibot';
import { toJson } from '../../../protocol/frame.ts';
import { limits, utf8Length } from '../../../protocol/limits.ts';
import { type Effect, put } from '../../core/effect.ts';
import type { Reads } from '../../core/reads.ts';

const plugin = 'bots';

/** Steps that can be gone back. */
const stepsBack = 50;

const Values = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));

const Dialogue = v.object({
  flow: v.string(),
  /** Of the flow as it was when the dialogue began. */
  print: v.string(),
  /** The step that waits for an answer. */
  step: v.string(),
  values: Values,
  /** Steps that were answered, the last one last. */
  back: v.array(v.string()),
  /** The seq of what led to the question: an answer to an older offer is none to this one. */
  heard: v.number(),
  at: v.number(),
  /** What lets it expire: the id of a schedule. */
  timer: v.string(),
});

/** A flow that somebody is in. */
export type Dialogue = v.InferOutput<typeof Dialogue>;

const Memory = v.object({
  v: v.literal(1),
  misses: v.exactOptional(v.number()),
  /** The bot says nothing before then, milliseconds since 1970: people have it. */
  quietUntil: v.exactOptional(v.number()),
  dialogue: v.exactOptional(Dialogue),
});

/** What a bot remembers of one conversation, and in a group of one person in it. */
export type Memory = v.InferOutput<typeof Memory>;

/** What it remembers of somebody whom it has never heard. */
export const blank: Memory = { v: 1 };

/** Whose dialogue it is: what is remembered goes with the person when he is forgotten. */
export interface Whose {
  readonly person: string;
  readonly bot: string;
  readonly conversation: string;
}

/** What stands there, and where. */
export interface Kept {
  readonly whose: Whose;
  /** Undefined where nothing does, or nothing that this version can read. */
  readonly memory: Memory | undefined;
  readonly json: string | undefined;
}

/** Reads what a bot remembers. Never rejects for what cannot be read: that is forgotten. */
export async function recall(read: Reads, whose: Whose): Promise<Kept> {
  const json = await read.state(plugin, whose.person, keyOf(whose));
  if (json === undefined) return { whose, json, memory: undefined };
  const memory = v.safeParse(Memory, parsed(json));
  return { whose, json, memory: memory.success ? memory.output : undefined };
}

/** Remembers; decided again where something else was remembered meanwhile, so that two words never fork a dialogue. */
export function remember({ whose, json }: Kept, memory: Memory): Extract<Effect, { do: 'put' }> {
  const value = toJson(memory);
  return put({ table: 'state', row: { plugin, scope: whose.person, key: keyOf(whose), value }, expect: json ?? null });
}

/** Forgets it. */
export function forget({ whose, json }: Kept): Effect {
  return put({
    table: 'state',
    row: { plugin, scope: whose.person, key: keyOf(whose), value: null },
    expect: json ?? null,
  });
}

/** Whether so much can be remembered. */
export function fits(values: Dialogue['values']): boolean {
  return utf8Length(toJson(values)) <= limits.eventBytes;
}

/** The steps that can be gone back, with one more. */
export function steppedOn(back: readonly string[], step: string): string[] {
  return [...back, step].slice(-stepsBack);
}

function keyOf({ bot, conversation }: Whose): string {
  return `${bot} ${conversation}`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
