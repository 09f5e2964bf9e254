import { h, render } from 'preact';
import type { Person } from '../../protocol/facts.ts';
import { guestName } from '../../protocol/guest-name.ts';
import type { View } from '../../widget/core/view.ts';
import { en } from '../../widget/i18n/en.ts';
import { directionOf } from '../../widget/i18n/texts.ts';
import { panelSheet } from '../../widget/theme/panel-sheet.ts';
import { briefIn } from '../../widget/ui/brief.ts';
import { timesIn } from '../../widget/ui/times.ts';
import { deedsOf } from './deeds.ts';
import { Desk } from './desk/desk.ts';
import { Focus } from './focus.ts';
import type { Host, InboxOptions } from './host.ts';
import { pressed } from './pressed.ts';
import type { InboxEnv, Screen } from './ui/drawn.ts';
import { InboxPage } from './ui/InboxPage.tsx';
import { NameAsk } from './ui/Profile.tsx';
import { type SignedOut, SignIn } from './ui/SignIn.tsx';
import { sheets } from './ui/sheets.ts';

/** An inbox in a shadow root: draws the view and the desk, and does what keys and buttons say. */
export class Inbox implements Host {
  readonly desk: Desk;
  readonly focus: Focus;
  readonly #root: ShadowRoot;
  readonly #options: InboxOptions;
  readonly #place: HTMLElement;
  readonly #env: InboxEnv;
  #view: View | undefined;
  #screen: Screen;
  #signedOut: SignedOut | undefined = 'coming';
  #due = false;
  readonly #over = new AbortController();

  constructor(root: ShadowRoot, options: InboxOptions) {
    this.#root = root;
    this.#options = options;
    this.#screen = {
      place: { view: 'waiting' },
      details: false,
      needle: '',
      keys: true,
      look: 'auto',
      ...options.chosen.get(),
    };
    this.focus = new Focus(root);
    this.desk = new Desk(options.port, () => this.#draw());
    const { sheet, add } = panelSheet();
    root.adoptedStyleSheets = [sheet];
    for (const css of sheets) add(css);
    const times = timesIn(options.locale);
    const brief = briefIn(options.locale, times);
    this.#env = {
      ...options,
      mode: 'page',
      texts: options.words('base', en),
      times,
      adopt: add,
      brief,
      deeds: deedsOf(this, options),
    };
    this.#place = document.createElement('div');
    this.#place.className = 'befriend mode-page';
    this.#place.lang = options.locale;
    this.#place.dir = directionOf(options.locale);
    root.append(this.#place);
    const { signal } = this.#over;
    this.#place.addEventListener('keydown', (event) => pressed(this, event), { signal });
    document.addEventListener(
      'keydown',
      (event) => {
        if (!event.composedPath().includes(this.#place)) pressed(this, event);
      },
      { signal },
    );
    // Who waits, waits longer: what is said of time is said anew.
    const clock = setInterval(() => this.#draw(), 20_000);
    signal.addEventListener('abort', () => clearInterval(clock));
    this.#dress();
  }

  get screen(): Screen {
    return this.#screen;
  }

  get deeds(): InboxEnv['deeds'] {
    return this.#env.deeds;
  }

  /** Whether a colleague works here now, and nothing stands over it: then keys do what they are for. */
  get listens(): boolean {
    return this.#signedOut === undefined && this.#screen.over === undefined && !isNameless(this.#view?.me);
  }

  /** Draws another view. */
  update(view: View): void {
    this.#view = view;
    this.#draw();
  }

  /** Nobody is signed in, and why; `undefined`: a colleague is. */
  signedOut(why: SignedOut | undefined): void {
    if (this.#signedOut === why) return;
    this.#signedOut = why;
    this.#draw();
  }

  /** A connection is open: everything is asked for anew. */
  begin(): void {
    void this.desk.begin(this.#screen.place, this.#screen.shown);
  }

  /** Somebody else sits here: nothing of before is shown. */
  forget(): void {
    this.desk.forget();
    this.turn({ place: { view: 'waiting' }, shown: undefined, over: undefined, needle: '', details: false });
  }

  destroy(): void {
    this.#over.abort();
    render(null, this.#place);
    this.#place.remove();
  }

  /** Looks at something else. */
  turn(changed: Partial<Screen>): void {
    this.#screen = { ...this.#screen, ...changed };
    this.#dress();
    this.#draw();
  }

  /** Once for all that changes at the same time. */
  #draw(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (!this.#over.signal.aborted) this.#drawNow();
    });
  }

  #drawNow(): void {
    const { say, signIn } = this.#options;
    if (this.#signedOut !== undefined || this.#view === undefined) {
      render(h(SignIn, { say, signIn, why: this.#signedOut ?? 'coming' }), this.#place);
      return;
    }
    const { me } = this.#view;
    if (me !== undefined && isNameless(me)) {
      render(h(NameAsk, { env: this.#env, key: me.id }), this.#place);
      return;
    }
    render(
      h(InboxPage, { env: this.#env, view: this.#view, desk: this.desk.state, screen: this.#screen }),
      this.#place,
    );
  }

  #dress(): void {
    const host = this.#root.host as HTMLElement;
    if (this.#screen.look === 'auto') delete host.dataset.theme;
    else host.dataset.theme = this.#screen.look;
  }
}

/** Nobody has given him a name. */
function isNameless(me: Person | undefined): boolean {
  return me !== undefined && me.name === guestName(me.id);
}
