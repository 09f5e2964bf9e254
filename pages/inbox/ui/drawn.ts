import type { Actions } from '../../../protocol/actions.ts';
import type { Case, DeskActions } from '../../../protocol/desk.ts';
import type { View } from '../../../widget/core/view.ts';
import type { Env } from '../../../widget/ui/env.ts';
import type { DeskState } from '../desk/state.ts';
import type { Place } from '../desk/views.ts';
import type { InboxWords } from '../words/en.ts';

/** What can stand over the inbox. */
export type Over =
  | 'assign'
  | 'invite'
  | 'move'
  | 'snooze'
  | 'canned'
  | 'cannedEditor'
  | 'keys'
  | 'settings'
  | 'takeOver'
  | 'signOut'
  | 'rail';

/** How the inbox is dressed. */
export type Look = 'auto' | 'light' | 'dark';

/** What the colleague looks at. */
export interface Screen {
  readonly place: Place;
  /** The case that is shown, by its conversation. */
  readonly shown?: string | undefined;
  readonly over?: Over | undefined;
  /** The visitor's card and the notes, where there is no room for them all the time. */
  readonly details: boolean;
  /** What is searched for. */
  readonly needle: string;
  /** Single keys work outside fields (WCAG 2.1.4). */
  readonly keys: boolean;
  readonly look: Look;
}

/** Everything a component may do beside `act`; what goes wrong stands in the desk's notice. */
export interface Deeds {
  show(place: Place): void;
  /** Shows a case; nothing: the list alone. */
  open(conversation: string | undefined): void;
  more(): void;
  over(what: Over | undefined): void;
  look(changed: Partial<Pick<Screen, 'details' | 'needle' | 'keys' | 'look'>>): void;
  take(): void;
  takeOver(): void;
  assign(user: string): void;
  invite(user: string): void;
  move(queue: string): void;
  snooze(until: number): void;
  close(): void;
  reopen(): void;
  /** Sends it now or later. Resolves with whether it is stored. */
  note(text: string): Promise<boolean>;
  /** Puts a canned answer into the composer of the case that is shown. */
  say(text: string): void;
  available(on: boolean): void;
  /** Writes a canned answer, or with no `text` takes it away. Resolves with whether it is stored. */
  can(one: DeskActions['desk.can']): Promise<boolean>;
  dismiss(): void;
  /** What visitors see of oneself; `avatar` as `profile.set` takes it. Resolves with the code of why it is as it was. */
  profile(changed: Actions['profile.set']): Promise<string | undefined>;
  /** Resolves with how many messages would be lost; 0 where it is done. */
  signOut(force: boolean): Promise<number>;
}

/** What the widget's parts are given, and what the inbox adds to it. */
export interface InboxEnv extends Env {
  readonly say: InboxWords;
  readonly deeds: Deeds;
  /** A moment as short as it can be. */
  brief(at: number, now: number): string;
}

/** What each part of the inbox is given. */
export interface Drawn {
  readonly env: InboxEnv;
  readonly view: View;
  readonly desk: DeskState;
  readonly screen: Screen;
}

/** The case that is shown, as far as it is known. */
export function shownCase({ desk, screen }: Pick<Drawn, 'desk' | 'screen'>): Case | undefined {
  return screen.shown === undefined ? undefined : desk.cases[screen.shown];
}

/** How a colleague is called: by the desk, else by what the conversation knows. */
export function colleagueName({ env, view, desk }: Pick<Drawn, 'env' | 'view' | 'desk'>, user: string): string {
  if (user === (desk.shown?.me.user ?? view.me?.id)) return env.say.you;
  return desk.shown?.colleagues.find((one) => one.user === user)?.name ?? view.people[user]?.name ?? '';
}

/** Puts what is given in place of the names in braces. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
