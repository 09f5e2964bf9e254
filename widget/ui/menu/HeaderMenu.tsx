import { Component, type JSX } from 'preact';
import css from '../../theme/header-menu.css?inline';
import type { AttentionSwitches } from '../env.ts';
import type { HeaderMenuProps } from '../part-props.ts';
import { attentionEntries } from './attention-entries.ts';
import type { Entries, Entry } from './entry.ts';
import { muteEntries } from './mute-entries.ts';
import { searchEntries } from './search-entries.ts';

export { css };

/** What each area offers, in the order of the menu. */
const areas: readonly Entries[] = [searchEntries, muteEntries, attentionEntries];

interface State {
  /** The lines that a choice has led to. */
  readonly further?: readonly Entry[];
  /** What is shown in the menu's place. */
  readonly part?: Entry['part'];
  readonly attention?: AttentionSwitches;
}

/** What else there is to do here. Escape, Tab and a tap beside it close it, and lead back to its button. */
export class Part extends Component<HeaderMenuProps, State> {
  override state: State = {};
  private place: HTMLElement | null = null;

  override componentDidMount(): void {
    this.focus(0);
    const { attention } = this.props.env;
    attention?.().then(
      (loaded) => this.setState({ attention: loaded }),
      (error: unknown) => console.error('befriend:', error),
    );
  }

  override componentDidUpdate(_: HeaderMenuProps, before: State): void {
    // It may have opened without a line.
    const isLate = before.attention !== this.state.attention && this.focused === this.place?.previousElementSibling;
    if (before.further !== this.state.further || isLate) this.focus(0);
  }

  override render(props: HeaderMenuProps, { further, part: Shown, attention }: State): JSX.Element {
    if (Shown) return <Shown {...props} />;
    const redraw = (): void => this.setState({});
    const entries = further ?? areas.flatMap((area) => area({ ...props, attention, redraw }));
    return (
      <div
        class="header-menu"
        ref={(element) => {
          this.place = element;
        }}
      >
        <button type="button" class="beside-menu" tabIndex={-1} aria-hidden="true" onClick={() => this.close()} />
        <div role="menu" part="menu" aria-label={props.env.texts.more} onKeyDown={this.pressed}>
          {entries.map((entry) => (
            <button
              key={entry.key}
              type="button"
              {...roleOf(entry)}
              aria-disabled={entry.disabled}
              tabIndex={-1}
              onClick={() => this.choose(entry)}
            >
              <span>
                {entry.label}
                {entry.line && <small>{entry.line}</small>}
              </span>
              {entry.on !== undefined && <i class="switch" />}
            </button>
          ))}
        </div>
      </div>
    );
  }

  private get items(): HTMLElement[] {
    return [...(this.place?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  }

  private get focused(): Element | null {
    return (this.place?.getRootNode() as ShadowRoot | undefined)?.activeElement ?? null;
  }

  private focus(index: number): void {
    this.items.at(index)?.focus({ preventScroll: true });
  }

  private close(): void {
    const button = this.place?.previousElementSibling;
    this.props.done();
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  }

  private choose({ disabled, choose, further, part, on }: Entry): void {
    if (disabled) return;
    choose?.();
    if (part) this.setState({ part });
    else if (further) this.setState({ further });
    else if (on === undefined) this.close();
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    const { items } = this;
    const at = items.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) this.focus(to);
    else if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function roleOf({ on }: Entry) {
  return on === undefined
    ? ({ role: 'menuitem' } as const)
    : ({ role: 'menuitemcheckbox', 'aria-checked': on } as const);
}
