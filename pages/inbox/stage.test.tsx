import type { AtDesk, Case, DeskFacts } from '../../protocol/desk.ts';
import type { AnyFact, Person } from '../../protocol/facts.ts';
import { type Conversation, emptyView, type Intents, type View } from '../../widget/core/view.ts';
import type { Words } from '../../widget/i18n/language.ts';
import type { Env } from '../../widget/ui/env.ts';
import { Inbox } from './inbox.ts';
import type { SignInByAccount } from './ui/SignIn.tsx';
import { en, type InboxWords } from './words/en.ts';

/** When it is, on every stage. */
export const now = new Date(2026, 10, 23, 12, 0).getTime();
const minute = 60_000;

/** Who looks. */
export const kim: Person = { id: 'u_kim', name: 'Kim Osei', kind: 'colleague', verified: true };
const lea: Person = { id: 'u_lea', name: 'Lea Brandt', kind: 'colleague', verified: true };
const vera: Person = { id: 'u_vera', name: 'Vera Lindqvist', kind: 'visitor', verified: false };

/** Somebody at the desk. */
export function atDesk(person: Person, more: Partial<AtDesk> = {}): AtDesk {
  const { id: user, name } = person;
  return { user, name, available: true, load: 2, capacity: 5, queues: ['sales'], supervisor: false, ...more };
}

/** A desk with two queues, two colleagues and two canned answers. */
export const shown: DeskFacts['desk.shown'] = {
  me: atDesk(kim),
  colleagues: [atDesk(kim), atDesk(lea, { load: 4, available: false })],
  queues: [
    { id: 'sales', name: 'Sales', waiting: 2 },
    { id: 'returns', name: 'Returns', waiting: 1 },
  ],
  canned: [
    { id: 'hello', title: 'Hello', text: 'Hello {name}, how can I help?' },
    { id: 'returns', title: 'How to return', text: 'You have 30 days to send it back.' },
  ],
  hours: { open: true, until: now + 6 * 60 * minute },
};

/** A case of a visitor that waits for three minutes. */
export function caseOf(name: string, more: Partial<Case> = {}): Case {
  const key = name.toLowerCase().replaceAll(/\W/g, '');
  return {
    conversation: `c_support_${key}`,
    visitor: { user: `u_${key}`, name, verified: false },
    state: 'waiting',
    since: now - 3 * minute,
    queue: 'sales',
    line: { by: `u_${key}`, text: 'Is the teapot dishwasher safe?', at: now - 3 * minute },
    ...more,
  };
}

/** What a visitor's conversation holds. */
export function conversationOf(one: Case, said: readonly (readonly [by: string, text: string])[]): Conversation {
  const items = said.map(([by, text], index) => ({
    kind: 'message' as const,
    seq: index + 1,
    at: now - (said.length - index) * minute,
    by,
    text,
  }));
  const { user: id, name, verified } = one.visitor;
  return {
    id: one.conversation,
    kind: 'support',
    last: items.length,
    read: items.length,
    unread: 0,
    at: now,
    member: false,
    people: [{ id, name, verified, kind: 'visitor' }, kim],
    from: 1,
    to: items.length,
    more: false,
    ready: true,
    fetching: false,
    typing: [],
    got: {},
    items,
  };
}

/** The view of Kim, online, with these conversations. */
export function viewOf(conversations: readonly Conversation[] = [], more: Partial<View> = {}): View {
  const people = conversations.flatMap((one) => one.people);
  return {
    ...emptyView,
    open: true,
    link: { state: 'online', before: true },
    me: kim,
    people: Object.fromEntries([...people, kim, lea, vera].map((person) => [person.id, person])),
    conversations: Object.fromEntries(conversations.map((one) => [one.id, one])),
    ...more,
  };
}

/** What the desk answers, at once or later: the body of a fact by the type of the action, or an error's code. */
export type Answers = Readonly<Record<string, (body: never) => object | string>>;

/** An inbox on a stage, and what was asked of the desk and of the chat. */
export interface Stage {
  readonly inbox: Inbox;
  readonly root: ShadowRoot;
  readonly asked: { readonly type: string; readonly body: unknown }[];
  readonly acts: { readonly type: keyof Intents; readonly body: unknown }[];
  readonly drafts: Map<string, string>;
  hears(type: string, body: object, more?: object): void;
  all(selector: string): HTMLElement[];
  one(selector: string): HTMLElement;
  presses(key: string, target?: HTMLElement): Promise<void>;
}

const stages: Stage[] = [];

/** Clears away every inbox that a test has mounted. */
export function clearStages(): void {
  for (const { inbox, root } of stages.splice(0)) {
    inbox.destroy();
    root.host.remove();
  }
}

/** An answer as the friend gives it. */
export function fact(type: string, body: object, more: object = {}): AnyFact {
  return { type, at: now, body, ...more } as unknown as AnyFact;
}

/** What answers each action where a test says nothing else. */
const facts: Readonly<Record<string, string>> = {
  'desk.show': 'desk.shown',
  'desk.list': 'desk.listed',
  'desk.open': 'desk.case',
  'desk.note': 'note.added',
};

/** An inbox of Kim with these cases, as it stands once it has begun. */
export async function stage(
  cases: readonly Case[],
  { view = viewOf(), answers = {}, ...more }: StageOptions = {},
): Promise<Stage> {
  const host = document.createElement('befriend-inbox');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const asked: Stage['asked'] = [];
  const acts: Stage['acts'] = [];
  const drafts = new Map<string, string>();
  const known: Answers = {
    'desk.show': () => shown,
    'desk.list': () => ({ cases }),
    'desk.open': ({ conversation }: { conversation: string }) => ({
      case: cases.find((one) => one.conversation === conversation) ?? {},
      notes: [],
      before: 0,
    }),
    ...answers,
  };
  const answer = async (type: string, body: unknown): Promise<AnyFact> => {
    asked.push({ type, body });
    const given = (await known[type]?.(body as never)) ?? {};
    if (typeof given === 'string') return fact('error', { code: given });
    return fact(facts[type] ?? ('conversation' in given ? 'desk.changed' : 'ack'), given, {
      seq: asked.length,
      by: kim.id,
    });
  };
  const inbox = new Inbox(root, {
    act: (type, body) => acts.push({ type, body }),
    ask: () => Promise.resolve([]),
    words: (_, english) => english,
    say: en,
    locale: 'en',
    now: () => now,
    port: { ask: answer, wish: answer, after: () => () => undefined },
    drafts,
    features: new Set(['reactions', 'search']),
    picture: () => undefined,
    chosen: { get: () => ({}), set: () => undefined },
    signOut: () => Promise.resolve(0),
    ...more,
  });
  inbox.signedOut(undefined);
  inbox.update(view);
  inbox.begin();
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const one = (selector: string) => {
    const [found] = all(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  const made: Stage = {
    inbox,
    root,
    asked,
    acts,
    drafts,
    hears: (type, body, given) => inbox.desk.hear(fact(type, body, given)),
    all,
    one,
    presses: async (key, target = (root.activeElement as HTMLElement | null) ?? one('.inbox')) => {
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
      await drawn();
    },
  };
  stages.push(made);
  await drawn();
  return made;
}

interface StageOptions {
  readonly view?: View;
  readonly answers?: Answers;
  readonly words?: Words;
  readonly say?: InboxWords;
  readonly locale?: string;
  readonly ask?: Env['ask'];
  readonly signIn?: SignInByAccount;
}

/** Until what is answered has been drawn, and the focus has gone where it goes. */
export async function drawn(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  await new Promise((resolve) => requestAnimationFrame(resolve));
}
