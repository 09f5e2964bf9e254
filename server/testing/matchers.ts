import type { StoredFact } from '../core/rows.ts';
import { type Expected, fits, said } from './heard.ts';
import { Person } from './person.ts';
import { TestChat } from './test-chat.ts';
import { type Mounted, TestWidget } from './test-widget.ts';

/** What a matcher of vitest or jest answers. */
interface Match {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A matcher that was asked of what it is not for is a mistake of the test, also behind `not`. */
function wanted<T>(value: unknown, kind: abstract new (...args: never[]) => T, name: string, what: string): T {
  if (value instanceof kind) return value;
  throw new TypeError(`${name} is asked of ${what}.`);
}

function heard(person: unknown, expected: Expected): Match {
  const who = wanted(person, Person, 'toHaveHeard', 'a person of the chat: expect(bob).toHaveHeard(…)');
  const messages = who.heard.messages(who.userId);
  const pass = messages.some((message) => fits(message, expected));
  const all = list(messages.map(({ text }) => text));
  return {
    pass,
    message: () => `${who.name} ${pass ? 'has' : 'has not'} heard ${said(expected)}. He has heard ${all}.`,
  };
}

async function stored(expected: unknown, chat: unknown, log?: string): Promise<Match> {
  const all = wanted(chat, TestChat, 'toBeStored', 'a chat: await expect(words).toBeStored(chat)');
  await all.settled();
  const facts = log === undefined ? all.trace.of('stored').map(({ fact }) => fact) : await all.stored(log);
  const messages = facts.flatMap(messageOf);
  const count = messages.filter((message) => fits(message, expected as Expected)).length;
  const where = log === undefined ? '' : ` in ${log}`;
  const times = count === 1 ? 'once' : count === 0 ? 'not' : `${count} times`;
  const texts = list(messages.map(({ text }) => text));
  return {
    pass: count === 1,
    message: () => `${said(expected as Expected)} is stored ${times}${where}, which holds ${texts}.`,
  };
}

function shown(screen: unknown, words: string | RegExp): Match {
  const isPerson = screen instanceof Person;
  const from = isPerson ? screen : wanted<TestWidget<Mounted>>(screen, TestWidget, 'toShow', 'a person or a widget');
  const lines = 'screen' in from ? from.screen : [from.text];
  const pass = lines.some((line) => (typeof words === 'string' ? line.includes(words) : line.search(words) >= 0));
  const who = isPerson ? `The screen of ${screen.name}` : 'The widget';
  return { pass, message: () => `${who} ${pass ? 'shows' : 'does not show'} ${said(words)}. It shows ${list(lines)}.` };
}

function messageOf({ at, body, by, log, seq, type }: StoredFact) {
  if (type !== 'message.sent') return [];
  const { text } = JSON.parse(body) as { readonly text: string };
  return [{ conversation: log, seq, text, by, at, extras: {} }];
}

function list(texts: readonly string[]): string {
  const last = texts.slice(-20).map((text) => `“${text}”`);
  return last.length === 0 ? 'nothing' : last.join(', ');
}

/**
 * For `expect.extend(matchers)` of vitest and of jest: `expect(bob).toHaveHeard('Hello')`,
 * `await expect('Hello').toBeStored(chat)` (once, over all conversations, or in the log named after it), and
 * `expect(bob).toShow('Hello')`, of a person or of a widget.
 */
export const matchers = { toHaveHeard: heard, toBeStored: stored, toShow: shown };

function assert({ message, pass }: Match): void {
  if (!pass) throw new Error(message());
}

/** @throws Error where this person has not heard it, with what he has heard instead */
export function assertHeard(person: Person, expected: Expected): void {
  assert(heard(person, expected));
}

/** Rejects where not exactly one such message is stored, with what is. `log` names one conversation. */
export async function assertStored(chat: TestChat, expected: Expected, log?: string): Promise<void> {
  assert(await stored(expected, chat, log));
}

/** @throws Error where these words are not on the screen, with what is */
export function assertShows(screen: Person | TestWidget<Mounted>, words: string | RegExp): void {
  assert(shown(screen, words));
}

declare module 'vitest' {
  // The names of the parameters have to be vitest's own.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** This person of a chat has heard it. */
    toHaveHeard(expected: Expected): R;
    /** Exactly one such message is stored, in all or in one conversation. */
    toBeStored(chat: TestChat, log?: string): Promise<void>;
    /** The screen of a person, or a widget, shows it. */
    toShow(words: string | RegExp): R;
  }
}
