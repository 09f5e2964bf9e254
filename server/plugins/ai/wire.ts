import * as v from 'valibot';
import { utf8Length } from '../../../protocol/limits.ts';
import type { ReactionContext } from '../../core/rule.ts';
import { type Declared, handOffTool } from './options.ts';

/** Characters of an answer of the endpoint that are looked at. */
const longest = 262_144;

/** Characters of the arguments of one call, and calls that are read of one answer. */
const longestArguments = 4_096;
const mostCalls = 32;

/** Codes after which an endpoint is asked once more, and how long that waits, milliseconds. */
const busy = [429, 500, 502, 503, 504];
const pause = 500;

/** A message of a conversation with a model, as chat completions have it. */
export type WireMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string | null;
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly type: 'function';
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string };

/** A call that a model wants. */
export interface WantedCall {
  readonly name: string;
  /** JSON as the model wrote it. */
  readonly arguments: string;
}

/** What a model has answered. */
export interface Completion {
  readonly words: string;
  readonly calls: readonly WantedCall[];
}

const Reply = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        message: v.object({
          content: v.nullish(v.string()),
          tool_calls: v.nullish(v.array(v.object({ function: v.object({ name: v.string(), arguments: v.string() }) }))),
        }),
      }),
    ),
    v.minLength(1),
  ),
});

/** A question to a model, as it is sent. */
export function requestOf(ai: Declared, messages: readonly WireMessage[], more: { isLast: boolean; hands: boolean }) {
  const own = ai.tools.map(({ name, description, parameters }) => ({ name, description, parameters }));
  const functions = more.hands ? [...own, handing] : own;
  const limit = Object.hasOwn(ai.more, 'max_completion_tokens') ? {} : { max_tokens: ai.answerTokens };
  const tools = {
    tools: functions.map((one) => ({ type: 'function', function: one })),
    tool_choice: more.isLast ? 'none' : 'auto',
  };
  return JSON.stringify({ ...limit, ...ai.more, model: ai.model, messages, ...(functions.length > 0 ? tools : {}) });
}

const handing = {
  name: handOffTool,
  description: 'Gives this conversation to a person of the team, where you cannot help or are asked for a person.',
  parameters: {
    type: 'object',
    properties: { note: { type: 'string', description: 'What the colleague should know, in one sentence.' } },
    required: ['note'],
    additionalProperties: false,
  },
};

/** About what a question costs in tokens, rather more: a token is four bytes as a rule. */
export function estimated(ai: Declared, request: string): number {
  return Math.ceil(utf8Length(request) / 3) + ai.answerTokens;
}

/**
 * Asks the endpoint; once more where it is busy and there is time.
 * @throws Error that says why there is no answer that can be used; never with the key or with words of it
 */
export async function complete(
  ai: Declared,
  {
    fetch,
    until,
    now,
    wait,
  }: Pick<ReactionContext, 'fetch'> & {
    readonly until: number;
    readonly now: () => number;
    readonly wait: (ms: number) => Promise<void>;
  },
  request: string,
  spent: (tokens: number) => void,
): Promise<Completion> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(ai.key === undefined ? {} : { authorization: `Bearer ${ai.key}` }),
  };
  for (let attempt = 0; ; attempt += 1) {
    const timeout = until - now();
    if (timeout <= 0) throw new Error('There was no time left to ask the model.');
    const answered = await fetch(ai.url, { method: 'POST', headers, body: request, timeout, redirect: 'never' });
    if (busy.includes(answered.status) && attempt === 0 && until - now() > 2 * pause) {
      await wait(pause);
      continue;
    }
    if (!answered.ok) throw new Error(`The endpoint answered with ${answered.status}.`);
    if (answered.text.length > longest) throw new Error(`The endpoint answered with over ${longest} characters.`);
    const parsed = jsonOf(answered.text);
    spent(tokensOf(parsed, request, answered.text, ai.answerTokens));
    const reply = v.safeParse(Reply, parsed);
    if (!reply.success) throw new Error('The endpoint answered with something that is no completion.');
    const [{ message } = { message: {} as { content?: null; tool_calls?: null } }] = reply.output.choices;
    const calls = (message.tool_calls ?? []).slice(0, mostCalls).map((call) => ({
      name: call.function.name.slice(0, 64),
      // No tool takes a text: what is too long is refused, and never taken for nothing.
      arguments: call.function.arguments.length > longestArguments ? '"too long"' : call.function.arguments,
    }));
    return { words: message.content?.trim() ?? '', calls };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an endpoint says it was, within what it can have been: neither a free answer nor one that costs all there is. */
function tokensOf(parsed: unknown, request: string, response: string, answerTokens: number): number {
  const said = (parsed as { usage?: { total_tokens?: unknown } } | undefined | null)?.usage?.total_tokens;
  const [asked, got] = [utf8Length(request), utf8Length(response)];
  const [least, most] = [Math.ceil((asked + got) / 8), asked + Math.max(got, answerTokens)];
  return typeof said === 'number' && said > 0 ? Math.min(most, Math.max(least, Math.ceil(said))) : Math.ceil(least * 2);
}
