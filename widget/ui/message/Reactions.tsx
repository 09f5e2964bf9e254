import { Component, type JSX } from 'preact';
import { type Extras, reactionsIn } from '../../core/extras.ts';
import type { View } from '../../core/view.ts';
import { withCount } from '../../i18n/texts.ts';
import { conversationAt, type Env } from '../env.ts';
import type { RichProps } from '../part-props.ts';
import { takesPart } from './choices.ts';
import { messageTexts } from './message-texts.ts';
import { speakerOf } from './quoted.ts';

type Props = Pick<RichProps, 'env' | 'view' | 'place' | 'seq'> & { readonly extras: Extras };

/** What was set or taken away here and is not answered yet, by emoji. */
interface State {
  readonly wished: Readonly<Record<string, boolean>>;
}

/** More names than this are counted. */
const named = 3;

/** Chips under a message: who has set which emoji. One's own go on and off by a click, at once. */
export class Reactions extends Component<Props, State> {
  override state: State = { wished: {} };

  override componentDidUpdate({ view, extras }: Props): void {
    const { notice } = this.props.view;
    const isRefused = notice !== view.notice && notice?.wish === 'message.react';
    if (isRefused || (extras.reactions !== this.props.extras.reactions && this.isAnswered())) {
      this.setState({ wished: {} });
    }
  }

  override render({ env, view, place }: Props): JSX.Element | false {
    const texts = messageTexts(env);
    const me = view.me?.id ?? '';
    const number = new Intl.NumberFormat(env.locale);
    const chips = [...this.reactions()].filter(([, users]) => users.length > 0);
    const isOn = env.features.has('reactions') && me !== '' && takesPart(conversationAt(view, place));
    return (
      chips.length > 0 && (
        <ul class="reactions" aria-label={texts.reactions}>
          {chips.map(([emoji, users]) => {
            const who = namesOf(env, view, users);
            const count = number.format(users.length);
            // What is seen of it comes first: who speaks to the browser says what he sees.
            const label = texts.reacted.replace('{emoji}', `${emoji} ${count}`).replace('{names}', () => who);
            return (
              <li key={emoji}>
                <button
                  type="button"
                  class="chip"
                  part="reaction"
                  disabled={!isOn}
                  aria-pressed={users.includes(me)}
                  aria-label={label}
                  title={who}
                  onClick={() => this.toggle(emoji, !users.includes(me))}
                >
                  {emoji} <span>{count}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )
    );
  }

  /** As they will be once what was wished here is answered. */
  private reactions(): Map<string, readonly string[]> {
    const { extras, view } = this.props;
    const me = view.me?.id ?? '';
    const reactions = new Map(reactionsIn(extras));
    for (const [emoji, on] of Object.entries(this.state.wished)) {
      const users = reactions.get(emoji) ?? [];
      if (users.includes(me) === on) continue;
      reactions.set(emoji, on ? [...users, me] : users.filter((user) => user !== me));
    }
    return reactions;
  }

  private isAnswered(): boolean {
    const { extras, view } = this.props;
    const reactions = reactionsIn(extras);
    const me = view.me?.id ?? '';
    return Object.entries(this.state.wished).every(([emoji, on]) => (reactions.get(emoji) ?? []).includes(me) === on);
  }

  private toggle(emoji: string, on: boolean): void {
    const { env, view, place, seq } = this.props;
    const conversation = view.refs[place] ?? place;
    this.setState(({ wished }) => ({ wished: { ...wished, [emoji]: on } }));
    env.act('wish', { type: 'message.react', body: { conversation, seq, emoji, on } });
  }
}

/** “Ann, Ben and 3 others”; oneself comes first. */
function namesOf(env: Env, view: View, users: readonly string[]): string {
  const { locale } = env;
  const me = view.me?.id;
  const ordered = [...users].sort((one, other) => Number(other === me) - Number(one === me));
  const known = ordered
    .slice(0, named)
    .map((user) => speakerOf(env, view, user))
    .filter((name) => name !== '');
  const rest = users.length - known.length;
  const all = rest > 0 ? [...known, withCount(messageTexts(env).others, rest, locale)] : known;
  return new Intl.ListFormat(locale).format(all);
}
