import { Component, type JSX } from 'preact';
import { type Deed, quickEmoji } from './choices.ts';
import { Glyph } from './Glyph.tsx';
import type { MessageTexts } from './message-texts.ts';

interface Props {
  readonly texts: MessageTexts;
  readonly deeds: readonly Deed[];
  /** The emoji that oneself has set; absent where none can be set. */
  readonly set: ReadonlySet<string> | undefined;
  readonly name: string;
  readonly onDeed: (deed: Deed) => void;
  readonly onEmoji: (emoji: string) => void;
  /** All emoji are wanted. */
  readonly onMore: () => void;
  readonly onDone: () => void;
}

/** A menu of a row of emoji and of what else can be done, with one stop that the arrow keys move (WAI-ARIA menu). */
export class MenuList extends Component<Props> {
  private menu: HTMLElement | null = null;

  override componentDidMount(): void {
    this.items[0]?.focus({ preventScroll: true });
  }

  override render({ texts, deeds, set, name, onDeed, onEmoji, onMore }: Props): JSX.Element {
    return (
      <div
        class="deeds"
        part="menu"
        role="menu"
        aria-label={texts.options}
        tabIndex={-1}
        ref={(element) => {
          this.menu = element;
        }}
        onKeyDown={this.pressed}
      >
        {set && (
          <div class="quick" role="presentation">
            {quickEmoji.map((emoji) => (
              <button
                key={emoji}
                type="button"
                role="menuitemcheckbox"
                tabIndex={-1}
                aria-checked={set.has(emoji)}
                aria-label={(set.has(emoji) ? texts.takeBack : texts.reactWith).replace('{name}', emoji)}
                onClick={() => onEmoji(emoji)}
              >
                {emoji}
              </button>
            ))}
            <button type="button" role="menuitem" tabIndex={-1} aria-label={texts.moreEmoji} onClick={onMore}>
              <Glyph name="plus" />
            </button>
          </div>
        )}
        {deeds.map((deed) => (
          <button
            key={deed}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={deed === 'delete' || deed === 'report' ? 'deed danger' : 'deed'}
            onClick={() => onDeed(deed)}
          >
            <Glyph name={deed} />
            <bdi>{texts[deed].replace('{name}', () => name)}</bdi>
          </button>
        ))}
      </div>
    );
  }

  private get items(): HTMLElement[] {
    return [...(this.menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    const { items } = this;
    const at = items.indexOf(event.target as HTMLElement);
    const to = this.next(event.key, at, items);
    if (event.key === 'Tab') return this.props.onDone();
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    items[(to + items.length) % items.length]?.focus({ preventScroll: true });
  };

  /** Where a key leads: emoji lie side by side, all else stands one below the other. */
  private next(key: string, at: number, items: readonly HTMLElement[]): number | undefined {
    const { set } = this.props;
    const quick = set ? quickEmoji.length + 1 : 0;
    const isQuick = at < quick;
    if (key === 'Home') return 0;
    if (key === 'End') return -1;
    if (key === 'ArrowDown') return isQuick ? quick % items.length : at + 1;
    if (key === 'ArrowUp') return isQuick ? -1 : at === quick ? 0 : at - 1;
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    return step !== 0 && isQuick ? (at + (this.menu?.matches(':dir(rtl)') ? -step : step) + quick) % quick : undefined;
  }
}
