import { Component, type JSX } from 'preact';
import type { Actions } from '../../../protocol/actions.ts';
import type { Conversation } from '../../core/view.ts';
import { enSearch } from '../../i18n/en-search.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { Icon } from '../Icon.tsx';
import { focusFirst, pressedIn } from '../menu/menu-keys.ts';
import { always } from '../mute-spans.ts';

interface Props {
  readonly env: Env;
  readonly conversation: Conversation;
  readonly title: string;
  readonly isMuted: boolean;
}

interface State {
  readonly open: boolean;
  /** It opens upwards: below there is no room. */
  readonly up: boolean;
}

/** What it needs below its button, px. */
const room = 170;

/** What one sets for one conversation, behind a button in its row. Escape, Tab and a tap beside it close it. */
export class RowMenu extends Component<Props, State> {
  override state: State = { open: false, up: false };
  private place: HTMLElement | null = null;

  override componentDidUpdate(_: Props, before: State): void {
    if (this.state.open && !before.open) focusFirst(this.place);
  }

  override render({ env, conversation, title, isMuted }: Props, { open, up }: State): JSX.Element {
    const texts = env.words('search', enSearch);
    const { pinned, archived } = conversation;
    return (
      <span
        class="row-menu"
        ref={(element) => {
          this.place = element;
        }}
      >
        <button
          type="button"
          class="tool"
          aria-label={withName(texts.options, title)}
          aria-haspopup="menu"
          aria-expanded={open}
          onClick={this.toggle}
        >
          <Icon name="more" />
        </button>
        {open && (
          <div
            role="menu"
            part="menu"
            tabIndex={-1}
            class={up ? 'up' : undefined}
            aria-label={withName(texts.options, title)}
            onKeyDown={this.pressed}
            onFocusOut={({ relatedTarget }) => {
              if (!this.place?.contains(relatedTarget as Node | null)) this.setState({ open: false });
            }}
          >
            {this.item(pinned ? texts.unpin : texts.pin, { pinned: !pinned })}
            {this.item(isMuted ? texts.unmute : texts.mute, { mutedUntil: isMuted ? 0 : always })}
            {this.item(archived ? texts.unarchive : texts.archive, { archived: !archived })}
          </div>
        )}
      </span>
    );
  }

  private item(label: string, prefs: Omit<Actions['conversation.prefer'], 'conversation'>): JSX.Element {
    const { env, conversation } = this.props;
    return (
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        onClick={() => {
          this.close();
          env.act('wish', { type: 'conversation.prefer', body: { conversation: conversation.id, ...prefs } });
        }}
      >
        {label}
      </button>
    );
  }

  private close(): void {
    this.setState({ open: false });
    this.place?.querySelector<HTMLElement>('.tool')?.focus({ preventScroll: true });
  }

  private readonly toggle = ({ currentTarget }: { readonly currentTarget: HTMLElement }): void => {
    const list = currentTarget.closest('.list')?.getBoundingClientRect();
    const { bottom } = currentTarget.getBoundingClientRect();
    this.setState(({ open }) => ({ open: !open, up: list !== undefined && list.bottom - bottom < room }));
  };

  private readonly pressed = (event: KeyboardEvent): void => pressedIn(this.place, event, () => this.close());
}
