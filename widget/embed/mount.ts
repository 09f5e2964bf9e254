import type { Facts, FactType } from '../../protocol/facts.ts';
import type { TokenSource } from '../core/login.ts';
import type { LoggedOut, LogoutOptions } from '../core/logout.ts';
import type { OwnTexts } from '../i18n/language.ts';
import type { IconName } from '../ui/Icon.tsx';
import type { Renderer } from '../ui/renderer.ts';
import { Instance, type Load } from './instance.ts';
import type { PageEvents } from './page-hears.ts';
import type { Attributes, Where } from './page-verbs.ts';
import { adoptedIn, bareLauncher, launcherGlyph } from './skin.ts';
import { type Tag, tagOf } from './tag.ts';
import type { GivenTheme } from './theme.ts';
import { verbs } from './verbs.ts';

/** What every library of schemas offers (Standard Schema 1): its input and output, for types alone. */
interface Typed {
  readonly '~standard': { readonly types?: { readonly input: unknown; readonly output: unknown } | undefined };
}

type Sides<S> = S extends Typed ? NonNullable<S['~standard']['types']> : never;

/**
 * A team's own events: the schemas of the bodies by type, the same that `friend.on(type, rule, { schema })` takes. The
 * page needs `typeof events` alone: no schema comes into the widget.
 */
export interface TeamEvents {
  readonly actions: Readonly<Record<string, Typed>>;
  readonly facts: Readonly<Record<string, Typed>>;
}

type None = { readonly actions: Record<never, never>; readonly facts: Record<never, never> };

/** A fact as a page hears it. */
export interface Heard<T extends string, B> {
  readonly type: T;
  /** The friend's clock, milliseconds since 1970. */
  readonly at: number;
  /** The user who did it. */
  readonly by?: string;
  readonly body: B;
}

type BodyOf<E extends TeamEvents, T extends string> = T extends keyof E['facts']
  ? Sides<E['facts'][T]>['output']
  : T extends FactType
    ? Facts[T]
    : never;

type Named<T> = Extract<keyof T, string>;

/** What answers an action: one of the team's own facts, `ack`, or `error`. */
export type Answer<E extends TeamEvents> =
  | { [T in Named<E['facts']>]: Heard<T, BodyOf<E, T>> }[Named<E['facts']>]
  | { [T in 'ack' | 'error']: Heard<T, Facts[T]> }['ack' | 'error'];

/** A widget that a program has put into a page: what `befriend(verb, …)` does, with types. */
export interface Widget<E extends TeamEvents = None> {
  /** Opens the panel, or one conversation in it: `support`, `room:NAME`, `user:u_…`, an id, or `inbox`. */
  open(where?: Where): void;
  close(): void;
  toggle(): void;
  /** Shows the launcher again, where the page has not one of its own. */
  show(): void;
  /** Takes the launcher away; the panel can be opened all the same. */
  hide(): void;
  /** Resolves when the friend has said who is here; it is no reason to connect. */
  ready(): Promise<void>;
  /** Says who is here: by a token that the site has signed, or by what fetches one; see docs/identity.md. */
  identify(who: TokenSource): void;
  /** Ends who is here, in all tabs; names what is not sent yet where that forbids it. `force` forgets that too. */
  logout(how?: LogoutOptions): Promise<LoggedOut>;
  /** Says what the page knows of its visitor, all of it; colleagues see it as unsigned. Answered by `ack` or `error`. */
  attributes(attributes: Attributes): Promise<Answer<E>>;
  /** Speaks another language from now on (BCP 47). */
  locale(tag: string): void;
  /**
   * Looks so from now on, instead of all that an earlier theme said: a theme, words as in `data-theme`, or what a file of
   * design tokens holds; see docs/theming.md. Resolves when it does.
   */
  theme(given: GivenTheme): Promise<void>;
  /**
   * Adopts a style sheet of the page's own: it reaches everything in the widget, also what is no part. By the queue of a tag
   * it takes the rest of the widget. Returns what takes it away.
   */
  adoptStyles(sheet: CSSStyleSheet | string): () => void;
  /** Draws clones of these nodes in place of its own glyphs. */
  icons(nodes: Icons): void;
  /**
   * Draws messages of a type of the team's own (`order.card`); without `renderer` they are words again. `message-footer`
   * draws below every message.
   */
  render(type: string, renderer?: Renderer): void;
  /** Opens a conversation with these words in its field, not sent. */
  compose(words: Where & { readonly text: string }): void;
  /** Writes a message, as the person. */
  send(message: Where & { readonly text: string }): void;
  /** Opens one conversation. */
  conversation(ref: string): void;
  /** Says where in the site the person is; what is absent is the page's own. */
  page(page?: { readonly url?: string; readonly title?: string }): void;
  /** Sends the team's event `page.track` with `{ name, data }`; its rule decides what comes of it. */
  track(name: string, data?: unknown): Promise<Answer<E>>;
  /** Sends an action of the team's own; kept until the friend has answered, over reloads too. */
  emit<T extends Named<E['actions']>>(type: T, body: Sides<E['actions'][T]>['input']): Promise<Answer<E>>;
  /** How many messages nobody has looked at yet. */
  unread(): number;
  /** So much may be kept from now on: nothing, until the tab is closed, or on this device. Less removes what is there. */
  consent(level: 'none' | 'session' | 'functional'): Promise<void>;
  /** Hears the widget, and facts of one type, the team's own and the protocol's; returns what ends that. */
  on<T extends keyof PageEvents>(type: T, listener: (event: Heard<T, PageEvents[T]>) => void): () => void;
  on<T extends Named<E['facts']> | FactType>(type: T, listener: (fact: Heard<T, BodyOf<E, T>>) => void): () => void;
  /** Ends it: nothing of it stays in the page, and with `forget` nothing on this device. Resolves when that is so. */
  destroy(how?: { readonly forget?: boolean }): Promise<void>;
}

/** Glyphs of the page's own, by the name of those in whose place they stand; `chat` is the launcher's. */
export type Icons = Readonly<Partial<Record<IconName | 'chat', Node>>>;

/** What a `data-` attribute of the tag says, by its name without `data-`; see docs/embedding.md. */
export interface MountOptions {
  readonly service: string;
  readonly friend: string;
  /** Words of the page's own in place of the widget's, by area and name; see docs/languages.md. */
  readonly texts?: OwnTexts;
  readonly icons?: Icons;
  /** As the verb `theme` takes it. */
  readonly theme?: GivenTheme;
  readonly [name: string]: string | OwnTexts | Icons | GivenTheme | undefined;
}

/**
 * Puts a widget into `element`, from a module instead of a tag.
 *
 * ```ts
 * const chat = mount<typeof events>(document.body, { service: 'wss://…', friend: 'friend.example.com' });
 * chat.on('order.confirmed', ({ body }) => show(body.number));
 * await chat.emit('order.placed', { number: 7 });
 * ```
 * @throws Error that names what is missing in `options`
 */
export function mount<E extends TeamEvents = None>(element: Element, options: MountOptions): Widget<E> {
  const { texts, icons, theme, ...data } = options;
  const tag: Tag = { ...tagOf(data as DOMStringMap), ...(texts && { texts }), ...(theme && { theme }) };
  const instance = new Instance(tag, loadBeside, element);
  const widget = widgetOf<E>(instance);
  if (icons) widget.icons(icons);
  return widget;
}

/** The methods of a widget, one for each verb that there is. */
export function widgetOf<E extends TeamEvents>(instance: Instance): Widget<E> {
  const methods = verbs.map((verb) => [verb, (...args: unknown[]) => instance.call(verb, ...args)]);
  const { host } = instance;
  const atOnce: Pick<Widget, 'adoptStyles' | 'icons' | 'destroy'> = {
    adoptStyles: (sheet) => adoptedIn(host, sheet),
    icons: ({ chat, ...others }) => {
      if (chat) launcherGlyph(host, chat);
      instance.call('icons', others);
    },
    destroy: (how) => {
      bareLauncher(host);
      return instance.destroy(how?.forget);
    },
  };
  return { ...Object.fromEntries(methods), ...atOnce } as Widget<E>;
}

/** What a module loads later comes with it. */
export const loadBeside: Load = { app: () => import('./app.ts'), around: () => import('./around.ts') };
