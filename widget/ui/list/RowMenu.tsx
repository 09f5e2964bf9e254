import { Component, type JSX } from 'preact';
import type { Actions } from '../../../protocol/actions.ts';
import type { Conversation } from '../../core/view.ts';
import { enSearch } from '../../i18n/en-search.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { Icon } from '../Icon.tsx';

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

/** The year 2100, milliseconds since 1970: until somebody changes it. */
const always = 4_102_444_800_000;
/** What it needs below its button, px. */
const room = 170;

/** What one sets for one conversation, behind a button in its row. Escape, Tab and a tap beside it close it. */
export class RowMenu extends Component<Props, State> {
  override state: State = { open: false, up: false };
  private place: HTMLElement | null = null;

  override componentDidUpdate(_: Props, before: State): void {
    if (this.state.open && !before.open) this.items[0]?.focus({ preventScroll: true });
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

  private get items(): HTMLElement[] {
    return [...(this.place?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
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

  private readonly pressed = (event: KeyboardEvent): void => {
    const { items } = this;
    const at = items.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) items.at(to)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
