import type { Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact, Person, Presence } from '../../protocol/facts.ts';
import type { Act, Conversation, Screen, View, Waiting } from '../core/view.ts';
import type { Texts } from '../i18n/en.ts';
import type { DrawnIcon } from './Icon.tsx';
import type { Renderer } from './renderer.ts';
import type { Times } from './times.ts';

/**
 * What was written and not sent, by the reference of its conversation; and what was chosen once, like the tone of a hand,
 * under names with a dot, which no reference has.
 */
export interface Drafts {
  get(place: string): string | undefined;
  set(place: string, text: string): unknown;
  delete(place: string): unknown;
}

/** An area that a tag can switch off: what is off loads nothing and shows nothing. */
export type Feature = 'people' | 'groups' | 'presence' | 'profile' | 'files' | 'reactions' | 'search';

/** How somebody is called: `words` says what is shown in a notice. */
export type Way = 'sound' | 'title' | 'notice' | 'words';

/** Which calls there are here, and which of them are on; kept on this device. */
export interface AttentionSwitches {
  readonly ways: readonly Way[];
  /** The browser allows this page no notices. */
  readonly refused: boolean;
  isOn(way: Way): boolean;
  /** To be called by a click of the person: it may ask for leave. Resolves when it is kept. */
  turn(way: Way, on: boolean): Promise<void>;
}

/** What every component is given beside the view: another one, where the page dresses the panel anew. */
export interface Env {
  readonly act: Act;
  /**
   * Asks for what is shown once and held nowhere. Resolves with the answer, and behind it the facts of its page; with
   * nothing where there is no link, or where it goes before the answer.
   */
  ask<T extends ActionType>(type: T, body: Actions[T]): Promise<readonly AnyFact[]>;
  readonly texts: Texts;
  /** The words of an area that is loaded later, in the person's language where they are there, else the English ones. */
  words<T extends object>(area: string, english: T): T;
  readonly locale: string;
  /** bubble: above the launcher, can be closed · page: fills the element it stands in. */
  readonly mode: 'bubble' | 'page';
  /** The name of the support conversation, where the site gives one. */
  readonly title?: string | undefined;
  /** Adds a part that was loaded later to the panel's style sheet; the same part only once. */
  adopt(css: string): void;
  /** This device's clock, milliseconds since 1970. */
  now(): number;
  readonly times: Times;
  readonly drafts: Drafts;
  readonly features: ReadonlySet<Feature>;
  /** Draws glyphs of the page's own; absent where it has none. */
  readonly icon?: DrawnIcon;
  /** What draws messages of the team's own, by their type; absent where nothing does. */
  readonly renderers?: ReadonlyMap<string, Renderer>;
  /** The address of a person's picture; nothing where there is none, or where it cannot be shown. */
  picture(avatar: string | undefined): string | undefined;
  /** Loads the switches of what calls the person; absent where nothing does. */
  attention?(): Promise<AttentionSwitches>;
}

/** What each screen about people is given. */
export interface PartProps {
  readonly env: Env;
  readonly view: View;
  /** Where the way back leads. */
  readonly back: Screen;
}

/** Whether anything about people and oneself is on. */
export function isSocial({ features }: Pick<Env, 'features'>): boolean {
  return (['people', 'groups', 'presence', 'profile'] as const).some((area) => features.has(area));
}

/** Whether a message is more than words as they stand: what draws such messages is loaded with the first of them. */
export function isRich({ text, extras }: { readonly text: string; readonly extras: unknown }): boolean {
  return Boolean(extras) || /[*_~`@]|https?:|^\s*(>|([-•]|\d+[.)])\s)/m.test(text);
}

/** The conversation that a reference or an id stands for, once the friend has told it. */
export function conversationAt(view: View, place: string): Conversation | undefined {
  return view.conversations[view.refs[place] ?? place];
}

/** What waits for the conversation at `place`, under whichever name it was written. */
export function waitingAt(view: View, place: string): readonly Waiting[] {
  const id = view.refs[place] ?? place;
  return view.waiting.filter((one) => one.ref === place || (view.refs[one.ref] ?? one.ref) === id);
}

/** Who stands for a conversation: a visitor sees those who answer, everybody else sees the others. */
export function facesOf(view: View, conversation: Conversation | undefined): readonly Person[] {
  const others = (conversation?.people ?? []).filter(({ id }) => id !== view.me?.id);
  const colleagueReads = view.me?.kind === 'colleague';
  if (conversation?.kind !== 'support') return others;
  return others.filter(({ kind }) => (kind === 'visitor' || kind === 'user') === colleagueReads);
}

/** Whether one asks the site for help here, and does not give it. */
export function asksForHelp(view: View, place: string, conversation: Conversation | undefined): boolean {
  return (conversation?.kind ?? place) === 'support' && view.me?.kind !== 'colleague';
}

/** The name of the conversation at `place`. */
export function titleOf(view: View, place: string, conversation: Conversation | undefined, env: Env): string {
  const title = env.title ?? env.texts.title;
  if (asksForHelp(view, place, conversation)) return title;
  const names = facesOf(view, conversation).map(({ name }) => name);
  return conversation?.name ?? (names.join(', ') || /^room:(.+)/.exec(place)?.[1] || title);
}

/** The name under which somebody is shown: the friend speaks for the site; a person nobody told of yet has none. */
export function nameOf({ title, texts }: Env, view: View, user?: string): string {
  return user === 'friend' ? (title ?? texts.title) : (view.people[user ?? '']?.name ?? '');
}

/** What is known of somebody's presence, where it is shown: of whom nothing is told, he is not here; oneself is. */
export function presenceOf({ features }: Env, view: View, user = ''): Presence | undefined {
  return features.has('presence')
    ? (view.presence[user] ?? { user, show: user === view.me?.id ? 'available' : 'offline' })
    : undefined;
}
