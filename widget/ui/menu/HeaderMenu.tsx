import { Component, type JSX } from 'preact';
import css from '../../theme/header-menu.css?inline';
import type { AttentionSwitches } from '../env.ts';
import type { HeaderMenuProps } from '../part-props.ts';
import { attentionEntries } from './attention-entries.ts';
import type { Entries, Entry } from './entry.ts';
import { focusFirst, pressedIn } from './menu-keys.ts';
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
  private menu: HTMLElement | null = null;

  override componentDidMount(): void {
    focusFirst(this.menu);
    const { attention } = this.props.env;
    attention?.().then(
      (loaded) => this.setState({ attention: loaded }),
      (error: unknown) => console.error('befriend:', error),
    );
  }

  override componentDidUpdate(_: HeaderMenuProps, before: State): void {
    // It may have opened without a line: then it has the focus itself.
    const isLate = before.attention !== this.state.attention && this.hasFocus;
    if (before.further !== this.state.further || isLate) focusFirst(this.menu);
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
        <div
          role="menu"
          part="menu"
          tabIndex={-1}
          aria-label={props.env.texts.more}
          ref={(element) => {
            this.menu = element;
          }}
          onKeyDown={this.pressed}
        >
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

  private get hasFocus(): boolean {
    return (this.menu?.getRootNode() as ShadowRoot | undefined)?.activeElement === this.menu;
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

  private readonly pressed = (event: KeyboardEvent): void => pressedIn(this.menu, event, () => this.close());
}

function roleOf({ on }: Entry) {
  return on === undefined
    ? ({ role: 'menuitem' } as const)
    : ({ role: 'menuitemcheckbox', 'aria-checked': on } as const);
}
