import type { ActionType } from '../../protocol/actions.ts';
import type { AnyFact, FactType } from '../../protocol/facts.ts';
import { Chat } from '../../widget/core/chat.ts';
import type { Random } from '../../widget/core/ports.ts';
import { featuresOf, pictureAt } from '../../widget/embed/areas.ts';
import { laterOf } from '../../widget/embed/attention-later.ts';
import { clock } from '../../widget/embed/clock.ts';
import { draftsIn } from '../../widget/embed/drafts.ts';
import { filesBeside } from '../../widget/embed/files.ts';
import { keepFor, secretKeyOf } from '../../widget/embed/keep.ts';
import { attend, pageEvents } from '../../widget/embed/page-events.ts';
import { readSettings } from '../../widget/embed/settings.ts';
import { wordsFor } from '../../widget/i18n/languages.ts';
import { directionOf } from '../../widget/i18n/texts.ts';
import { indexedDbOutbox } from '../../widget/stores/indexeddb.ts';
import { oneForAllTabs } from '../../widget/tabs/browser.ts';
import { isSafe } from '../../widget/transport/account.ts';
import { xmppTransport } from '../../widget/transport/xmpp.ts';
import { signInByAccount } from './account-sign-in.ts';
import { calledBy } from './called.ts';
import { chosenIn } from './chosen.ts';
import type { DeskPort } from './desk/desk.ts';
import { visitorsIn } from './desk/views.ts';
import { Inbox } from './inbox.ts';
import { wayIn } from './way-in.ts';
import { inboxWords, localeOf } from './words/words.ts';

/** What the desk is heard by. */
const deskFacts = [
  'desk.shown',
  'desk.people',
  'desk.listed',
  'desk.case',
  'desk.changed',
  'note.added',
  'message.sent',
  'visitor.told',
] as const;

const random: Random = (count) => crypto.getRandomValues(new Uint8Array(count));

/**
 * Starts the inbox in `host`, whose `data-` attributes say where the friend is as a widget's tag does. One-time tokens are out
 * of the address before anything is loaded for them.
 */
export async function start(host: HTMLElement, place: Location, pages: Pick<History, 'replaceState'>): Promise<void> {
  const asked = new URLSearchParams(place.search).get('lang');
  const locale = localeOf([...(asked === null ? [] : [asked]), ...navigator.languages]);
  const files = host.dataset.script ?? '';
  const { script: _, ...data } = host.dataset;
  const settings = readSettings({ ...data, scope: 'colleague', conversation: 'inbox', mode: 'page' }, locale, files);
  const { service, domain, friend, scope } = settings;
  const keep = keepFor('functional');
  const secretKey = secretKeyOf(settings);
  const group = JSON.stringify(['befriend', service, domain, friend, scope]);
  const secret = { get: () => keep.get(secretKey), set: (value: string) => keep.set(secretKey, value) };
  const tab = random(8).join();
  const inner = xmppTransport({ service, domain, friend, clock });
  const shares = keep.durable;
  const wake = (): void => chat.act('link.retry', {});
  const orphaned = (other: string): Promise<void> => chat.adopt(other);
  const chat: Chat = new Chat({
    transport: shares ? oneForAllTabs({ inner, name: group, secret, clock, random, wake, tab, orphaned }) : inner,
    clock,
    random,
    keep,
    secretKey,
    ...(shares ? { outbox: indexedDbOutbox(secretKey, clock, tab) } : {}),
    page: pageEvents,
    attend,
    shows: () => visitorsIn(inbox.desk.state),
    warn: (text) => console.error(text),
    conversation: 'inbox',
    files: async (session, state) => filesBeside(files, { session, state, clock, random, ask }),
  });
  const ask: Chat['ask'] = (type, body) => chat.ask(type, body);
  const port: DeskPort = {
    // The desk's own types stand beside those of the widget, which knows no schema of them.
    ask: (type, body) => chat.ask(type as unknown as ActionType, body as never).then(([answer]) => answer),
    wish: (type, body) => chat.wish(type, body),
    after: clock.after,
  };
  const [words, say] = await Promise.all([wordsFor(locale), inboxWords(locale)]);
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
  document.title = say.inbox;
  host.dir = directionOf(locale);
  const later = laterOf({
    chat: calledBy(
      chat,
      (conversation) => inbox.desk.state.cases[conversation],
      (conversation) => inbox.deeds.open(conversation),
    ),
    keep,
    settings,
    secretKey,
    clock,
    group,
    words: () => words,
    locale: () => locale,
  });
  const inbox: Inbox = new Inbox(host.shadowRoot ?? host.attachShadow({ mode: 'open' }), {
    act: chat.act,
    ask,
    words,
    say,
    locale,
    now: clock.now,
    port,
    attention: later.attention,
    drafts: draftsIn(keep, `${secretKey}:draft:`),
    features: featuresOf('files reactions search presence'),
    picture: (avatar) => pictureAt(files, avatar),
    chosen: chosenIn(keep, `${secretKey}:inbox`),
    signIn: isSafe(service) ? async (address, password) => signsIn(address, password) : undefined,
    signOut: async (force) => (await (await chat.login()).logOut({ force })).unsent.length,
  });

  let coming = false;
  let opened = 0;
  let begun = 0;
  let turn = chat.view.turn;
  let drawn = false;
  const redraw = (): void => {
    drawn = false;
    const { view } = chat;
    if (turn !== view.turn) {
      turn = view.turn;
      inbox.forget();
    }
    const isColleague = view.me?.kind === 'colleague';
    if (isColleague) coming = false;
    const isThere = view.me !== undefined && view.link.state === 'online' && !coming;
    if (isColleague) inbox.signedOut(undefined);
    else inbox.signedOut(isThere ? 'stranger' : view.link.state === 'idle' && !coming ? 'nobody' : 'coming');
    if (isColleague && begun !== opened) {
      begun = opened;
      inbox.begin();
    }
    later.look();
    inbox.update(view);
  };
  chat.subscribe(() => {
    if (!drawn) queueMicrotask(redraw);
    drawn = true;
  });
  chat.on('connection.opened', () => {
    opened += 1;
  });
  chat.on('error', ({ body }) => {
    if (body.code === 'invite_invalid' || body.code === 'token_invalid') coming = false;
  });
  chat.on('user.identified', () => {
    coming = false;
  });
  for (const type of deskFacts) chat.on(type as FactType, (fact) => inbox.desk.hear(fact as AnyFact));

  const signsIn = async (address: string, password: string): Promise<string | undefined> => {
    const signed = await signInByAccount({ service, friend, clock, random }, address, password);
    if ('fault' in signed) return signed.fault;
    // Who is here without being a colleague goes first.
    if (keep.get(secretKey) !== undefined) await (await chat.login()).logOut({ force: true });
    keep.set(secretKey, signed.secret);
    coming = true;
    chat.act('panel.open', {});
    return undefined;
  };
  const comesIn = async (): Promise<void> => {
    const way = wayIn(place.hash);
    if (way === undefined) return;
    pages.replaceState(undefined, '', place.pathname + place.search);
    coming = true;
    const login = await chat.login();
    if ('invite' in way) login.accept(way.invite);
    else login.identify(way.token);
    chat.act('panel.open', {});
  };
  addEventListener('hashchange', () => void comesIn());
  await comesIn();
  if (keep.get(secretKey) !== undefined) chat.act('panel.open', {});
  redraw();
}
