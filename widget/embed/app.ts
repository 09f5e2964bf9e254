import type { FactType } from '../../protocol/facts.ts';
import { Chat } from '../core/chat.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { Words } from '../i18n/language.ts';
import { indexedDbOutbox } from '../stores/indexeddb.ts';
import { oneForAllTabs } from '../tabs/browser.ts';
import { xmppTransport } from '../transport/xmpp.ts';
import { type MountedPanel, mountPanel, type PanelOptions } from '../ui/mount.tsx';
import { featuresOf, pictureAt } from './areas.ts';
import { draftsIn } from './drafts.ts';
import type { StartApp } from './instance.ts';
import { joinLink } from './join-link.ts';
import { keepFor } from './keep.ts';
import { attend, pageEvents } from './page-events.ts';

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

const random: Random = (count) => crypto.getRandomValues(new Uint8Array(count));

const english: Words = (_area, texts) => texts;

/** Puts the widget together: everything that is not needed for drawing the launcher. */
export const start: StartApp = (root, settings, show) => {
  const { service, domain, friend, conversation, name, scope, locale, mode, side, title, features, files } = settings;
  const keep = keepFor(settings.consent);
  const secretKey = `befriend:${friend}:${scope}`;
  const inner = xmppTransport({ service, domain, friend, clock });
  const group = JSON.stringify(['befriend', service, domain, friend, scope]);
  const secret = { get: () => keep.get(secretKey), set: (value: string) => keep.set(secretKey, value) };
  const wake = (): void => chat.act('link.retry', {});
  const tab = random(8).join();
  const orphaned = (other: string): Promise<void> => chat.adopt(other);
  const chat = new Chat({
    // Tabs that do not share the device secret must not share a stream: it is one person's.
    transport: keep.durable ? oneForAllTabs({ inner, name: group, secret, clock, random, wake, tab, orphaned }) : inner,
    clock,
    random,
    keep,
    secretKey,
    ...(keep.durable ? { outbox: indexedDbOutbox(secretKey, clock, tab) } : {}),
    page: pageEvents,
    attend,
    warn: (text) => console.error(text),
    conversation,
    ...(files ? { files: async (host) => (await import('./files.ts')).filesBeside(files, host) } : {}),
    ...(name === undefined ? {} : { name }),
  });
  const own = settings.texts ?? document.querySelector('[data-befriend-texts]')?.textContent;
  let words: Words | undefined = /^en\b/i.test(locale) && !own ? english : undefined;
  const options: Omit<PanelOptions, 'words'> = {
    act: chat.act,
    ask: (type, body) => chat.ask(type, body),
    locale,
    mode,
    side,
    now: clock.now,
    drafts: draftsIn(keep, `${secretKey}:draft:`),
    features: featuresOf(files ? features : features.replace('files', '')),
    picture: (avatar) => pictureAt(files, avatar),
    ...(title === undefined ? {} : { title }),
  };
  let panel: MountedPanel | undefined;
  let turn = 0;
  let drawn = false;
  let focusAfter = false;
  let gone = false;
  const redraw = (): void => {
    drawn = false;
    // First the launcher: it takes the focus over from a panel that is about to go.
    show(chat.view.open, chat.view.unread);
    if (!words || gone) return;
    if (turn !== chat.view.turn) {
      turn = chat.view.turn;
      panel?.destroy();
      panel = undefined;
    }
    panel ??= mountPanel(root, { ...options, words });
    panel.update(chat.view);
    if (focusAfter) panel.focusComposer();
    focusAfter = false;
  };
  const stop = chat.subscribe(() => {
    if (!drawn) queueMicrotask(redraw);
    drawn = true;
  });
  // Beside the connection: what is dialled need not wait for words.
  if (!words)
    void import('../i18n/languages.ts')
      .then(({ wordsFor }) => wordsFor(locale, own))
      .catch(() => english)
      .then((loaded) => {
        words = loaded;
        redraw();
      });
  // What fills a page is always in sight: nothing of it may be let go as behind a closed panel.
  if (mode === 'page') chat.act('panel.open', {});
  const invited = /groups/.test(features) ? joinLink() : undefined;
  if (invited) chat.act('wish', { type: 'conversation.join', body: invited });
  return {
    open: (focus) => {
      chat.act('panel.open', {});
      focusAfter ||= focus;
      redraw();
    },
    close: () => chat.act('panel.close', {}),
    get isOpen() {
      return chat.view.open;
    },
    send: (text) => chat.act('message.send', { ref: conversation, text }),
    identify: async (who) => {
      const login = await chat.login();
      if (typeof who === 'object') login.accept(who.invite);
      else login.identify(who);
    },
    logout: async (how) => (await chat.login()).logOut(how),
    emit: (type, body) => chat.wish(type, body),
    on: (type, listener) => chat.on(type as FactType, listener),
    destroy: async () => {
      stop();
      gone = true;
      panel?.destroy();
      await chat.destroy();
    },
  };
};
