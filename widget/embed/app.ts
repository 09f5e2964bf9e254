import type { FactType } from '../../protocol/facts.ts';
import { Chat } from '../core/chat.ts';
import type { Random } from '../core/ports.ts';
import type { Words } from '../i18n/language.ts';
import { directionOf } from '../i18n/texts.ts';
import { indexedDbOutbox } from '../stores/indexeddb.ts';
import { oneForAllTabs } from '../tabs/browser.ts';
import { xmppTransport } from '../transport/xmpp.ts';
import { type Dressed, type MountedPanel, mountPanel, type PanelOptions } from '../ui/mount.tsx';
import { featuresOf, pictureAt } from './areas.ts';
import { laterOf } from './attention-later.ts';
import { clock } from './clock.ts';
import { draftsIn } from './drafts.ts';
import type { StartApp } from './instance.ts';
import { keepFor, secretKeyOf } from './keep.ts';
import { attend, pageEvents } from './page-events.ts';
import type { Where } from './page-verbs.ts';
import { readSettings } from './settings.ts';

const random: Random = (count) => crypto.getRandomValues(new Uint8Array(count));

/** Until other tasks of the page had their turn. */
const pause = (): Promise<void> => new Promise((resolve) => clock.after(0, resolve));

const english: Words = (_area, texts) => texts;

/** Puts the widget together: everything that is not needed for drawing the launcher. */
export const start: StartApp = (root, tag, show, agreed) => {
  const settings = readSettings(agreed ? { ...tag.data, consent: agreed } : tag.data, tag.language, tag.files);
  const { service, domain, friend, conversation, name, scope, mode, side, title, features, files, consent } = settings;
  const keep = keepFor(consent);
  const shares = keep.durable && consent === 'functional';
  const secretKey = secretKeyOf(settings);
  const inner = xmppTransport({ service, domain, friend, clock });
  const group = JSON.stringify(['befriend', service, domain, friend, scope]);
  const secret = { get: () => keep.get(secretKey), set: (value: string) => keep.set(secretKey, value) };
  const wake = (): void => chat.act('link.retry', {});
  const tab = random(8).join();
  const orphaned = (other: string): Promise<void> => chat.adopt(other);
  const chat: Chat = new Chat({
    // Tabs that do not share the device secret must not share a stream: it is one person's.
    transport: shares ? oneForAllTabs({ inner, name: group, secret, clock, random, wake, tab, orphaned }) : inner,
    clock,
    random,
    keep,
    secretKey,
    outbox: shares ? indexedDbOutbox(secretKey, clock, tab) : undefined,
    page: pageEvents,
    attend,
    warn: (text) => console.error(text),
    conversation,
    files: files
      ? async (session, state) =>
          (await import('./files.ts')).filesBeside(files, { session, state, clock, random, ask: options.ask })
      : undefined,
    name,
  });
  const later = laterOf({
    chat,
    keep,
    settings,
    secretKey,
    clock,
    group,
    words: () => words ?? english,
    locale: () => options.locale,
  });
  const own = tag.texts ?? document.querySelector('[data-befriend-texts]')?.textContent;
  let words: Words | undefined;
  let options: Omit<PanelOptions, 'words'> = {
    act: chat.act,
    // Where nothing calls the person, no menu is offered for it.
    ...(/sound|title|notice/.test(settings.attention) && { attention: later.attention }),
    ask: (type, body) => chat.ask(type, body),
    locale: settings.locale,
    mode: mode === 'bubble' ? mode : 'page',
    side,
    now: clock.now,
    drafts: draftsIn(keep, `${secretKey}:draft:`),
    features: featuresOf(files ? features : features.replace('files', '')),
    picture: (avatar) => pictureAt(files, avatar),
    title,
  };
  let panel: MountedPanel | undefined;
  let turn = 0;
  let drawn = false;
  let focusAfter = false;
  const over = new AbortController();
  const redraw = (): void => {
    drawn = false;
    // First the launcher: it takes the focus over from a panel that is about to go.
    show(chat.view.open, chat.view.unread);
    if (!words || over.signal.aborted) return;
    if (turn !== chat.view.turn) {
      turn = chat.view.turn;
      panel?.destroy();
      panel = undefined;
    }
    panel ??= mountPanel(root, { ...options, words });
    later.look();
    panel.update(chat.view);
    // Once it is drawn: to give the focus sooner takes a layout of its own.
    if (focusAfter) requestAnimationFrame(() => void pause().then(() => panel?.focusComposer()));
    focusAfter = false;
  };
  const stop = chat.subscribe(() => {
    if (!drawn) queueMicrotask(() => drawn && redraw());
    drawn = true;
  });
  const host = root.host as HTMLElement;
  if (settings.theme) host.dataset.theme ??= settings.theme;
  const redress = (given: Partial<Dressed>): void => {
    options = { ...options, ...given };
    panel?.dress(given);
    redraw();
  };
  /** Draws anew in the words of `locale`; what is dialled need not wait for them. */
  const speak = async (locale: string): Promise<void> => {
    options = { ...options, locale };
    host.dir = directionOf(locale);
    let spoken = english;
    // What is dialled begins first, and neither holds up the page for long.
    await pause();
    if (own || !/^en\b/i.test(locale)) {
      const loaded = import('../i18n/languages.ts').then(({ wordsFor }) => wordsFor(locale, own));
      spoken = await loaded.catch(() => english);
    }
    // Another was asked for while this one was loaded.
    if (options.locale !== locale) return;
    words = spoken;
    panel?.destroy();
    panel = undefined;
    redraw();
  };
  void speak(settings.locale);
  // What fills an element is always in sight: nothing of it may be let go as behind a closed panel.
  if (mode !== 'bubble') chat.act('panel.open', {});
  const open = (where?: Where, focus = false): void => {
    const ref = where?.conversation;
    if (ref) chat.act('screen.show', ref === 'inbox' ? { at: 'list' } : { at: 'conversation', ref });
    chat.act('panel.open', {});
    focusAfter ||= focus;
    redraw();
  };
  const verbs: Readonly<Record<string, (...args: never[]) => unknown>> = {
    open,
    close: () => chat.act('panel.close', {}),
    toggle: (focus?: boolean) => call(chat.view.open ? 'close' : 'open', undefined, focus),
  };
  let more: Promise<typeof verbs> | undefined;
  // What is loaded later is not overtaken by what comes after it.
  const call = (verb: string, ...args: unknown[]): unknown => {
    const run = verbs[verb];
    if (run && !more) return run(...(args as never[]));
    more ??= import('./page-verbs.ts').then(({ pageVerbs }) =>
      pageVerbs({
        signal: over.signal,
        chat,
        settings,
        keep,
        secretKey,
        clock,
        tab,
        host,
        speak,
        redress,
        open,
      }),
    );
    return more.then((others) => (run ?? others[verb])?.(...(args as never[])));
  };
  if (/groups/.test(features) && /^#befriend-join=/.test(location.hash)) void call('join');
  if (settings.odd.length > 0 || consent === 'session') void call('heed');
  // What stands below every message.
  if (host.querySelector('[slot^=message]')) void call('slots');
  // Somebody who is to help looks at what the person asks.
  chat.on('page.wanted', () => void call('wanted'));
  return {
    call,
    on: (type, listener) => {
      if (/[.]|^(ack|error)$/.test(type)) return chat.on(type as FactType, listener);
      const stop = call('on', type, listener) as Promise<() => void>;
      return () => void stop.then((end) => end());
    },
    destroy: async (forget) => {
      over.abort();
      stop();
      later.destroy();
      panel?.destroy();
      try {
        if (forget) await call('forget');
      } finally {
        await chat.destroy();
      }
    },
  };
};
