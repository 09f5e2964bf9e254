import type { Facts, FactType } from '../../protocol/facts.ts';
import type { TokenSource } from '../core/login.ts';
import type { LoggedOut, LogoutOptions } from '../core/logout.ts';
import type { OwnTexts } from '../i18n/language.ts';
import { Instance } from './instance.ts';
import { readSettings } from './settings.ts';

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

/** A widget that a program has put into a page. */
export interface Widget<E extends TeamEvents> {
  open(): void;
  close(): void;
  /** Writes a message into its conversation, as the person. */
  send(text: string): void;
  /** Says who is here: by a token that the site has signed, or by what fetches one; see docs/identity.md. */
  identify(who: TokenSource): void;
  /** Ends who is here, in all tabs; names what is not sent yet where that forbids it. `force` forgets that too. */
  logout(how?: LogoutOptions): Promise<LoggedOut>;
  /** Sends an action of the team's own; kept until the friend has answered, over reloads too. */
  emit<T extends Named<E['actions']>>(type: T, body: Sides<E['actions'][T]>['input']): Promise<Answer<E>>;
  /** Hears facts of one type, the team's own and the protocol's; returns what ends that. */
  on<T extends Named<E['facts']> | FactType>(type: T, listener: (fact: Heard<T, BodyOf<E, T>>) => void): () => void;
  /** Ends it: nothing of it stays in the page. */
  destroy(): void;
}

/** What a `data-` attribute of the tag says, by its name without `data-`; see the README. */
export interface MountOptions {
  readonly service: string;
  readonly friend: string;
  /** Words of the page's own in place of the widget's, by area and name; see docs/languages.md. */
  readonly texts?: OwnTexts;
  readonly [name: string]: string | OwnTexts | undefined;
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
  const { texts, ...data } = options;
  const read = readSettings(data as DOMStringMap, document.documentElement.lang || navigator.language);
  const settings = texts === undefined ? read : { ...read, texts };
  const instance = new Instance(settings, () => import('./app.ts'), element);
  return {
    open: () => instance.open(),
    close: () => instance.close(),
    send: (text) => instance.send(text),
    identify: (who) => instance.identify(who),
    logout: (how) => instance.logout(how),
    emit: (type, body) => instance.emit(type, body) as Promise<Answer<E>>,
    on: (type, listener) => instance.on(type, listener as (fact: unknown) => void),
    destroy: () => instance.destroy(),
  };
}
