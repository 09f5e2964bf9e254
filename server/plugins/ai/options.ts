import { FriendError } from '../../core/errors.ts';
import type { Where } from '../../core/where.ts';
import type { Tool } from './tool.ts';

/** Tokens that may be spent each day, UTC: what is asked and what is answered. */
export interface Budget {
  /** In one conversation; 50,000 where absent. */
  readonly conversation?: number;
  /** In all conversations; 2,000,000 where absent. */
  readonly all?: number;
}

/** What an assistant says by itself. */
export interface AiTexts {
  /** Its budget is spent. */
  readonly over: string;
  /** The model did not answer, or not with anything that can be said. */
  readonly failed: string;
  /** People have the conversation from here on. */
  readonly handedOff: string;
}

/** Where an assistant answers by itself, without a bot. */
export interface AnswersOptions {
  /** What people see. */
  readonly title: string;
  /** An https address. */
  readonly avatar?: string;
  /** `support` where absent; `direct`: conversations with the assistant itself. */
  readonly in?: 'support' | 'direct';
  /** To whom; visitors and users where absent. */
  readonly by?: Where['by'];
}

/** How a model is reached, and what it may do. */
export interface AiOptions {
  /** Lower-case; `ai` where absent. Its user and what it has spent go by it, so it stays the same. */
  readonly name?: string;
  /** Where the endpoint begins, `https://api.openai.com/v1`: `/chat/completions` is added where it is not there. */
  readonly url: string;
  readonly model: string;
  /** Of the endpoint; from the environment. Never logged. */
  readonly key?: string;
  /** What the assistant is and knows, up to 16,000 characters. */
  readonly system: string;
  readonly tools?: readonly Tool[];
  readonly budget?: Budget;
  /** For one answer with all that it takes, milliseconds: 20,000 where absent, at most 25,000. */
  readonly timeout?: number;
  /** Questions to the model for one answer: 4 where absent, at most 10. */
  readonly rounds?: number;
  /** Calls of tools for one answer: 6 where absent, at most 20. */
  readonly calls?: number;
  /** The newest messages that the model sees: 12 where absent, at most 50. */
  readonly messages?: number;
  /** In groups the model also sees what others say there; only the asking person's and its own words where absent. */
  readonly others?: boolean;
  /** Tokens of one answer: 800 where absent. */
  readonly answerTokens?: number;
  /** Keys of the request that only this endpoint knows, such as `temperature`. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** In support, the model may give the conversation to people, and does so where it fails; true where absent. */
  readonly handOff?: boolean;
  readonly texts?: Partial<AiTexts>;
  /** Answers by itself, as a user of its own; absent, only where a bot asks it. */
  readonly answers?: AnswersOptions;
}

/** An assistant that can be used. */
export interface Declared extends Required<Omit<AiOptions, 'key' | 'answers' | 'texts' | 'budget'>> {
  readonly key?: string;
  readonly answers?: AnswersOptions;
  readonly texts: AiTexts;
  readonly budget: Required<Budget>;
}

const usualTexts: AiTexts = {
  over: 'I have to stop here for today.',
  failed: 'I cannot answer that just now. Please try again.',
  handedOff: 'I leave this to a person, who will answer here.',
};

/** Reads what a team has declared. @throws FriendError `FRIEND_AI` */
export function declared(options: AiOptions): Declared {
  const { name = 'ai', url, model, system, tools = [], budget = {}, timeout = 20_000, answerTokens = 800 } = options;
  const { rounds = 4, calls = 6, messages = 12, others = false, more = {}, handOff = true, texts = {} } = options;
  const wrong = (why: string): FriendError => new FriendError('FRIEND_AI', `${name}: ${why}`);
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw wrong('that is no lower-case name');
  if (!/^https?:\/\/[^\s@?#]+$/.test(url)) throw wrong('its url is an https address without a query');
  if (/^http:/.test(url) && options.key !== undefined && !/^http:\/\/(localhost|127[.]|\[::1\])/.test(url))
    throw wrong('a key goes by https alone');
  if (options.key !== undefined && !/^[\x21-\x7e]{1,1024}$/.test(options.key))
    throw wrong('its key is empty, or no key');
  if (model.trim() === '') throw wrong('it names no model');
  if (system.trim() === '' || system.length > 16_000) throw wrong('system has 1 to 16000 characters');
  if (tools.length > 64) throw wrong('at most 64 tools');
  const twice = tools.find((one, index) => tools.findIndex((other) => other.name === one.name) !== index);
  if (twice !== undefined) throw wrong(`two tools are called ${twice.name}`);
  if (tools.some((one) => one.name === handOffTool)) throw wrong(`no tool of yours is called ${handOffTool}`);
  const spend = { conversation: budget.conversation ?? 50_000, all: budget.all ?? 2_000_000 };
  for (const [what, value, most] of [
    ['timeout', timeout, 25_000],
    ['rounds', rounds, 10],
    ['calls', calls, 20],
    ['messages', messages, 50],
    ['answerTokens', answerTokens, 100_000],
    ['budget.conversation', spend.conversation, 1e12],
    ['budget.all', spend.all, 1e12],
  ] as const) {
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw wrong(`${what} is a whole number from 1 to ${most}`);
  }
  return {
    ...{ name, model, system, tools, timeout, rounds, calls, messages, others, answerTokens, more, handOff },
    url: /\/chat\/completions$/.test(url) ? url : `${url.replace(/\/+$/, '')}/chat/completions`,
    budget: spend,
    texts: { ...usualTexts, ...texts },
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(options.answers === undefined ? {} : { answers: options.answers }),
  };
}

/** The tool by which a model gives a conversation to people. */
export const handOffTool = 'hand_off';
