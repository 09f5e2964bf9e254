import type { AnyFact } from '../../protocol/facts.ts';
import type { Chat } from '../core/chat.ts';
import type { LogoutOptions } from '../core/logout.ts';
import type { Clock } from '../core/ports.ts';
import type { Who } from './instance.ts';
import { joinLink } from './join-link.ts';
import type { ConsentedKeep } from './keep.ts';
import { here, whenMoved } from './moves.ts';
import { oneOf } from './one-of.ts';
import { PageHears, type PageListener } from './page-hears.ts';
import type { Settings } from './settings.ts';
import { type Skinned, skinVerbs } from './skin-verbs.ts';
import { WritingOn } from './writing-on.ts';

/** Which conversation a verb means; the widget's own where absent. */
export interface Where {
  /** `support`, `room:NAME`, `user:u_…`, an id; or `inbox`, the list. */
  readonly conversation?: string;
}

/** What may be said of a visitor: by name a text, a number, or yes or no. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Where somebody is. */
type Place = ReturnType<typeof here>;

/** How long the friend is not told where somebody is, milliseconds: how little lies between two addresses. */
const pagePause = 1_000;

/** What the verbs work with. */
export interface PageWidget extends Skinned {
  readonly chat: Chat;
  readonly settings: Settings;
  readonly keep: ConsentedKeep;
  /** The key under which the device secret is kept; all else of this widget begins with it and a colon. */
  readonly secretKey: string;
  readonly clock: Clock;
  /** Names this tab among those of the browser. */
  readonly tab: string;
  /** Draws anew in the words of a locale. */
  speak(locale: string): Promise<void>;
  /** Opens the panel. */
  open(where?: Where): void;
}

type Verbs = Readonly<Record<string, (...args: never[]) => unknown>>;

/** What few pages ask of a widget: loaded with the first that does. */
export function pageVerbs(widget: PageWidget): Verbs {
  const { chat, settings, clock } = widget;
  const hears = new PageHears(chat, clock);
  const writing = new WritingOn(widget.host, chat);
  let said: Attributes | undefined;
  /** What the page said of itself last, and at which address; a new one ends that. */
  let place: Partial<Place> = {};
  let placed = '';
  let paced = false;

  let level = settings.consent;
  let wanted = false;
  const tells = (): boolean => wanted && level === 'functional' && settings.page !== 'off';
  const tell = (): void => {
    if (paced || !tells()) return;
    paced = true;
    // A page that is left for the next one at once is told of no more than that; its title comes a little later, too.
    clock.after(pagePause, () => {
      paced = false;
      if (tells()) void chat.ask('page.changed', { ...here(), ...(placed === location.href ? place : {}) });
    });
  };
  const page = (given: Partial<Place> = {}): void => {
    place = given;
    placed = location.href;
    tell();
  };
  const attributes = (told: Attributes): Promise<AnyFact> => {
    said = told;
    return chat.wish('profile.tell', { attributes: told });
  };
  // What was said of one person is not true of another, but for a visitor who turns out to be him.
  chat.on('user.identified', () => said && void attributes(said));
  const consented = () => import('./consent.ts');

  return {
    ...skinVerbs(widget),
    attributes,
    ready: () => hears.ready(),
    on: (type: string, listener: PageListener) => hears.on(type, listener),
    locale: (tag: string) => writing.over(() => widget.speak(tag)),
    conversation: (ref: string) => widget.open({ conversation: ref }),
    compose: ({ text, conversation = settings.conversation }: Where & { readonly text: string }) => {
      widget.open({ conversation });
      chat.act('compose', { ref: conversation, text });
    },
    page,
    wanted: () => {
      if (!wanted) whenMoved(tell, widget.signal);
      wanted = true;
      tell();
    },
    send: ({ text, conversation: ref = settings.conversation }: Where & { readonly text: string }) =>
      chat.act('message.send', { ref, text }),
    identify: async (who: Who) => {
      const login = await chat.login();
      if (typeof who === 'object') login.accept(who.invite);
      else login.identify(who);
    },
    logout: async (how?: LogoutOptions) => {
      const left = await (await chat.login()).logOut(how);
      if (left.done) said = undefined;
      return left;
    },
    emit: (type: string, body: unknown = {}) => chat.wish(type, body),
    join: () => {
      const invited = joinLink();
      if (!invited) return;
      widget.open();
      chat.act('wish', { type: 'conversation.join', body: invited });
    },
    track: (name: string, data: unknown = {}) => chat.wish('page.track', { name, data }),
    consent: async (given: string) => {
      oneOf('consent', given, ['none', 'session', 'functional']);
      level = given;
      tell();
      await (await consented()).consent(given, widget);
    },
    forget: async () => (await consented()).forget(widget),
    heed: async () => {
      if (settings.consent === 'session') await (await consented()).consent('session', widget);
      if (settings.odd.length > 0) (await import('./odd-options.ts')).warnOf(settings);
    },
  };
}
