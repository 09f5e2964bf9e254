import type { Chat } from '../core/chat.ts';
import type { Clock, Keep } from '../core/ports.ts';
import { enAttention } from '../i18n/en-attention.ts';
import type { Words } from '../i18n/language.ts';
import type { AttentionSwitches, Way } from '../ui/env.ts';
import { Notices } from './attention-notices.ts';
import { type Arrival, calls, counted, isShown, newest } from './attention-rules.ts';
import { OneCall } from './attention-tabs.ts';
import { titleCountOf } from './attention-title.ts';
import { Tone } from './attention-tone.ts';
import { FullScreen } from './full-screen.ts';
import type { Settings } from './settings.ts';

/** What it takes to call somebody. */
export interface AttentionOptions {
  readonly chat: Pick<Chat, 'view' | 'act' | 'on' | 'subscribe'>;
  readonly keep: Keep;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'attention' | 'mode'>;
  /** The switches are kept under this key, a colon and a name. */
  readonly secretKey: string;
  /** Tabs of one name that share what is kept call once together. */
  readonly group: string;
  /** The person's language, once it is loaded. */
  readonly words: () => Words;
  /** Which language that is, BCP 47. */
  readonly locale: () => string;
}

/** What is on before somebody has said otherwise. */
const usual: Readonly<Record<Way, boolean>> = { sound: true, title: true, notice: false, words: true };
/** How long it is waited for a tab that shows the message; one that may not sound lets the others go first, milliseconds. */
const [glance, politeness] = [300, 250];
/** What is looked at is read in this time, milliseconds, and never counted. */
const pause = 100;

/**
 * Calls whoever is away: a sound, a count in the title, a notice of the device; each where it is on. And what a phone
 * needs while the panel covers the page, which is loaded with it.
 */
export class Attention implements AttentionSwitches {
  readonly #options: AttentionOptions;
  readonly #tone = new Tone();
  readonly #notices = new Notices();
  readonly #tabs: OneCall;
  readonly #fullScreen: FullScreen | undefined;
  /** What the tag names. */
  readonly #ways: readonly string[];
  /** Where the switches are kept. */
  readonly #key: string;
  readonly #stops: readonly (() => void)[];
  #cancel: (() => void) | undefined;

  constructor(options: AttentionOptions) {
    this.#options = options;
    const { chat, clock, keep, settings, group, secretKey } = options;
    this.#ways = settings.attention.split(/\s+/);
    this.#key = `${secretKey}:attention`;
    this.#tabs = new OneCall(keep.durable ? group : undefined, clock);
    this.#fullScreen = settings.mode === 'bubble' ? new FullScreen(chat) : undefined;
    this.#stops = [
      chat.subscribe(() => this.#changed()),
      chat.on('message.sent', ({ log, seq, at, by, body }) => {
        if (log !== undefined && seq !== undefined && by !== undefined) void this.#came({ log, seq, at, by, ...body });
      }),
    ];
    // What it was loaded for.
    for (const arrival of newest(chat.view)) void this.#came(arrival);
    this.#changed();
  }

  get ways(): readonly Way[] {
    const named = this.#ways;
    const notices = named.includes('notice') && this.#notices.leave !== 'unsupported';
    return [
      ...(named.includes('sound') ? (['sound'] as const) : []),
      ...(named.includes('title') ? (['title'] as const) : []),
      ...(notices ? (['notice'] as const) : []),
      ...(notices && this.isOn('notice') ? (['words'] as const) : []),
    ];
  }

  get refused(): boolean {
    return this.#notices.leave === 'denied';
  }

  isOn(way: Way): boolean {
    return this.#kept[way] ?? usual[way];
  }

  async turn(way: Way, on: boolean): Promise<void> {
    const may = way !== 'notice' || !on || (await this.#notices.ask());
    this.#options.keep.set(this.#key, JSON.stringify({ ...this.#kept, [way]: on && may }));
    this.#count();
    // So that one knows what it is like.
    if (way === 'sound' && on) void this.#tone.play(performance.now());
  }

  /** The title is the page's own again, and nothing sounds any more. */
  destroy(): void {
    for (const stop of this.#stops) stop();
    this.#cancel?.();
    titleCountOf(document).show(this, 0);
    this.#notices.closeWhere(() => true);
    this.#tabs.stop();
    this.#fullScreen?.destroy();
    this.#tone.stop();
  }

  get #kept(): Partial<Record<Way, boolean>> {
    try {
      return Object(JSON.parse(this.#options.keep.get(this.#key) ?? '{}'));
    } catch {
      return {};
    }
  }

  #allows(way: Way): boolean {
    return this.ways.includes(way) && this.isOn(way);
  }

  #isSeen(log: string): boolean {
    return isShown(this.#options.chat.view, log) && document.visibilityState === 'visible' && document.hasFocus();
  }

  async #came(arrival: Arrival): Promise<void> {
    const { chat, clock } = this.#options;
    const { log, seq } = arrival;
    if (!calls(chat.view, arrival, clock.now())) return;
    const call = `${log} ${seq}`;
    if (this.#isSeen(log)) return this.#tabs.settle(call);
    const mayNotSound = navigator.userActivation?.hasBeenActive === false;
    if (!(await this.#tabs.first(call, glance + (mayNotSound ? politeness : 0)))) return;
    if (this.#isSeen(log) || !calls(chat.view, arrival, clock.now())) return;
    if (this.#allows('sound')) void this.#tone.play(performance.now());
    if (this.#allows('notice') && !(document.visibilityState === 'visible' && document.hasFocus()))
      this.#notice(arrival);
  }

  #notice({ log, by, text }: Arrival): void {
    const { chat, words, locale } = this.#options;
    const texts = words()('attention', enAttention);
    const told = this.isOn('words') && text !== '';
    const title = (told && chat.view.people[by]?.name) || texts.somebody;
    const body = told ? text.slice(0, 140) : texts.noWords;
    this.#notices.show(log, { title, body, lang: locale(), silent: this.#allows('sound') }, () => {
      focus();
      chat.act('panel.open', {});
      chat.act('screen.show', { at: 'conversation', ref: log });
    });
  }

  #changed(): void {
    this.#cancel ??= this.#options.clock.after(pause, () => {
      this.#cancel = undefined;
      this.#count();
    });
  }

  #count(): void {
    const { chat, clock } = this.#options;
    const { view } = chat;
    const count = counted(view, clock.now());
    titleCountOf(document).show(this, this.#allows('title') ? count : 0);
    this.#notices.closeWhere((log) => (view.conversations[log]?.unread ?? 0) === 0);
    // Only an installed app has a badge, and the page may have its own use for it: where the tag names it.
    if (this.#ways.includes('badge') && this.#notices.leave === 'granted') {
      void navigator.setAppBadge?.(count).catch(() => undefined);
    }
  }
}
