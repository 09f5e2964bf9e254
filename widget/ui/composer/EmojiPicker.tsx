import { groups, load } from 'virtual:emoji';
import { Component, type JSX } from 'preact';
import { enEmoji } from '../../i18n/en-emoji.ts';
import css from '../../theme/emoji.css?inline';
import type { Env } from '../env.ts';
import { isMissing, undrawable } from './can-draw.ts';
import { type Emoji, type EmojiWords, emojiIn, emojiLanguage, emojiWordsIn, foundEmoji, toned } from './emoji.ts';
import { cell, type GridPlace, type GridRow, gridRows, moved, type Section } from './grid-rows.ts';
import { keepRecent, keepTone, keptRecent, keptTone } from './kept-emoji.ts';
import { ToneChoice } from './ToneChoice.tsx';

interface Props {
  readonly env: Env;
  /** One emoji, in the tone of skin that the person has chosen. */
  readonly onChosen: (emoji: string) => void;
  /** It is not wanted any more. `left`: the person is elsewhere already, and the focus with him. */
  readonly onDone: (left: boolean) => void;
}

interface State {
  /** What this device can draw; nothing until that is known. */
  readonly shown: Drawable;
  readonly words?: EmojiWords;
  readonly needle: string;
  readonly tone: number;
  readonly columns: number;
  /** How far it is scrolled, and how much of it is in sight, px. */
  readonly scrolled: number;
  readonly height: number;
  /** How much of it is drawn at most, px from the top: more with each frame, as the first drawing of an emoji is slow. */
  readonly reach: number;
  readonly active?: GridPlace | undefined;
}

/** What is drawn above and below what is in sight, px; what a frame adds at first, px; and the most that a search shows. */
const beyond = 160;
const stride = 120;
const mostFound = 180;
/** What leads to each group. */
const signs = ['😀', '👋', '🐻', '🍎', '✈️', '⚽', '💡', '❤️', '🏁'];

const steps: Readonly<Record<string, readonly [down: number, end: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

type Drawable = readonly (readonly Emoji[])[];

let drawn: Promise<Drawable> | undefined;

/** What this device can draw, group by group: it is the same as long as the page lives. */
function drawable(): Promise<Drawable> {
  drawn ??= (async () => {
    const all = emojiIn(groups);
    const missing = await undrawable(all.flat());
    return all.map((group) => group.filter((one) => !isMissing(one, missing)));
  })();
  return drawn;
}

/** All emoji that this device can draw, to choose one: by groups, or by their names in the person’s language. */
export class EmojiPicker extends Component<Props, State> {
  private recent: readonly Emoji[] = [];
  private place: HTMLElement | null = null;
  private grid: HTMLElement | null = null;
  private field: HTMLInputElement | null = null;
  private rows: readonly GridRow[] = [];
  private rowsFor: readonly unknown[] = [];
  override state: State = {
    shown: [],
    needle: '',
    tone: keptTone(this.props.env),
    columns: 9,
    scrolled: 0,
    height: 280,
    reach: stride,
  };

  override componentDidMount(): void {
    const { place, grid } = this;
    this.root?.addEventListener('pointerdown', this.elsewhere);
    const columns = Math.max(1, Math.floor(((grid?.clientWidth ?? 0) - 16) / cell));
    if (columns !== this.state.columns) this.setState({ columns });
    // A field that has the focus would raise the keyboard over what one wants to see.
    const first = matchMedia('(pointer: coarse)').matches ? place : this.field;
    first?.focus({ preventScroll: true });
    void drawable().then((shown) => {
      const all = shown.flat();
      this.recent = keptRecent(this.props.env).flatMap((text) => all.find((one) => one.text === text) ?? []);
      this.setState({ shown });
    });
    const language = emojiLanguage(this.props.env.locale, Object.keys(load));
    load[language]?.().then(
      ({ headings, words }) => this.setState({ words: emojiWordsIn(headings, words) }),
      (error: unknown) => console.error('befriend:', error),
    );
  }

  override componentDidUpdate(_: Props, before: State): void {
    const { active, shown, reach, height } = this.state;
    const isNew = shown !== before.shown || reach !== before.reach || height !== before.height;
    if (isNew && shown.length > 0 && reach < height + beyond) {
      requestAnimationFrame(() => this.setState({ reach: reach + stride }));
    }
    const row = active && this.rows[active.row];
    if (!row || !this.grid || before.active === active) return;
    const { scrollTop, clientHeight } = this.grid;
    if (row.top < scrollTop) this.grid.scrollTop = row.top;
    else if (row.top + row.height > scrollTop + clientHeight - 8) {
      this.grid.scrollTop = row.top + row.height - clientHeight + 8;
    }
  }

  override componentWillUnmount(): void {
    this.root?.removeEventListener('pointerdown', this.elsewhere);
  }

  override render({ env }: Props, state: State): JSX.Element {
    env.adopt(css);
    const texts = env.words('emoji', enEmoji);
    const { shown, words, needle, tone, scrolled, height, reach, active } = state;
    const rows = this.rowsNow(state);
    const last = rows.at(-1);
    const whole = last ? last.top + last.height : 0;
    const from = rows.findIndex((row) => row.top + row.height > scrolled - beyond);
    const near = rows.slice(Math.max(0, from)).filter(({ top }) => top < scrolled + Math.min(height + beyond, reach));
    return (
      <div
        class="emoji-picker"
        role="dialog"
        aria-label={texts.choose}
        tabIndex={-1}
        ref={(element) => {
          this.place = element;
        }}
        onKeyDown={this.pressed}
        onFocusOut={this.elsewhere}
      >
        <div class="emoji-head">
          <input
            type="text"
            class="find"
            part="search"
            role="combobox"
            aria-label={texts.search}
            aria-expanded="true"
            aria-controls="emoji-grid"
            aria-activedescendant={active && `emoji-${active.row}-${active.column}`}
            placeholder={texts.search}
            autocomplete="off"
            value={needle}
            ref={(element) => {
              this.field = element;
            }}
            onInput={({ currentTarget }) => this.find(currentTarget.value)}
          />
          <ToneChoice
            env={env}
            tone={tone}
            onChosen={(chosen) => {
              keepTone(env, chosen);
              this.setState({ tone: chosen });
              this.field?.focus({ preventScroll: true });
            }}
          />
        </div>
        <div
          class="emoji-grid"
          id="emoji-grid"
          role="listbox"
          aria-label={texts.choose}
          tabIndex={-1}
          ref={(element) => {
            this.grid = element;
          }}
          onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
            this.setState({ scrolled: scrollTop, height: clientHeight })
          }
        >
          <div class="emoji-rows" style={{ blockSize: `${whole}px` }}>
            {near.map((row) => this.row(row, rows.indexOf(row), tone, words, active))}
          </div>
          {rows.length === 0 && words && shown.length > 0 && <p class="quiet-line">{texts.none}</p>}
        </div>
        {needle.trim() === '' && (
          <div class="emoji-groups">
            {signs.map((sign, group) => (
              <button
                key={sign}
                type="button"
                tabIndex={-1}
                aria-label={words?.headings[group] ?? sign}
                onClick={() => this.toGroup(group)}
              >
                {sign}
              </button>
            ))}
          </div>
        )}
      </div>
    );
  }

  private row(row: GridRow, index: number, tone: number, words?: EmojiWords, active?: GridPlace): JSX.Element {
    const style = { insetBlockStart: `${row.top}px`, blockSize: `${row.height}px` };
    if (row.heading !== undefined)
      return (
        <div key={index} class="emoji-row" style={style}>
          <b>{row.heading}</b>
        </div>
      );
    return (
      <div key={index} class="emoji-row" style={style}>
        {row.cells.map(({ text, at }, column) => (
          <button
            key={at}
            type="button"
            role="option"
            tabIndex={-1}
            id={`emoji-${index}-${column}`}
            style={{ inlineSize: `${100 / this.state.columns}%` }}
            aria-label={words?.labels[at] ?? text}
            aria-selected={active?.row === index && active.column === column}
            onClick={({ shiftKey }) => this.choose(text, shiftKey)}
          >
            {toned(text, tone)}
          </button>
        ))}
      </div>
    );
  }

  private get root(): Node | undefined {
    return this.place?.getRootNode();
  }

  private rowsNow(state: State): readonly GridRow[] {
    const wanted = [state.shown, state.words, state.needle, state.columns];
    if (wanted.some((one, index) => one !== this.rowsFor[index])) {
      this.rowsFor = wanted;
      this.rows = gridRows(this.sections(state), state.columns);
    }
    return this.rows;
  }

  private sections({ shown, words, needle }: State): readonly Section[] {
    const texts = this.props.env.words('emoji', enEmoji);
    if (needle.trim() !== '')
      return [{ heading: '', emoji: words ? foundEmoji(shown.flat(), words, needle).slice(0, mostFound) : [] }];
    return [
      { heading: texts.recent, emoji: this.recent },
      ...shown.map((emoji, group) => ({ heading: words?.headings[group] ?? ' ', emoji })),
    ];
  }

  private find(needle: string): void {
    if (this.grid) this.grid.scrollTop = 0;
    this.setState({ needle, active: undefined, scrolled: 0 });
  }

  private toGroup(group: number): void {
    const first = this.state.shown[group]?.[0];
    const row = this.rows.findLastIndex(({ cells }) => first !== undefined && cells[0] === first);
    const heading = this.rows[row - 1];
    if (this.grid && heading) this.grid.scrollTop = heading.top;
  }

  private choose(text: string, more: boolean): void {
    const { env, onChosen, onDone } = this.props;
    keepRecent(env, text);
    if (!more) onDone(false);
    onChosen(toned(text, this.state.tone));
  }

  private readonly elsewhere = (event: Event): void => {
    const to = event instanceof FocusEvent ? event.relatedTarget : event.composedPath()[0];
    if (!(to instanceof Element) || this.place?.contains(to) || to.closest('[aria-expanded="true"]')) return;
    this.props.onDone(true);
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const { active, needle } = this.state;
    const { key } = event;
    const within = event.target === this.field || event.target === this.place;
    // With words in the field, left and right go through them until an emoji is pointed at.
    const step = within && (active || needle === '' || !/Left|Right/.test(key)) ? steps[key] : undefined;
    if (step) {
      const isMirrored = step[1] !== 0 && this.place?.matches(':dir(rtl)');
      const to = moved(this.rows, active, isMirrored ? [0, -step[1]] : step);
      if (to || step[0] < 0) this.setState({ active: to });
    } else if (key === 'Enter' && within) {
      const chosen = active ?? (needle.trim() === '' ? undefined : { row: 0, column: 0 });
      const emoji = chosen && this.rows[chosen.row]?.cells[chosen.column];
      if (emoji) this.choose(emoji.text, event.shiftKey);
    } else if (key === 'Escape') this.props.onDone(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
