import { Component, type JSX } from 'preact';
import { withName } from '../../i18n/texts.ts';
import type { RichProps } from '../part-props.ts';
import { messageTexts } from './message-texts.ts';
import { fetchedAt, heldAt, lineOf, type Quoted, speakerOf } from './quoted.ts';

type Props = Pick<RichProps, 'env' | 'view' | 'place'> & {
  /** The message that is answered. */
  readonly seq: number;
};

interface State {
  /** What was asked for and came; null where there is nothing. */
  readonly fetched?: Quoted | null;
}

/** The message that another one answers: who said it and one line, and the way there. */
export class Quote extends Component<Props, State> {
  override state: State = {};

  override componentDidMount(): void {
    this.fetch();
  }

  override componentDidUpdate({ view }: Props): void {
    if (view.link.state !== this.props.view.link.state) this.fetch();
  }

  override render({ env, view, place, seq }: Props, { fetched }: State): JSX.Element {
    const texts = messageTexts(env);
    const message = heldAt(view, place, seq) ?? fetched;
    if (!message) {
      return <div class="quoted none">{fetched === null ? texts.gone : '…'}</div>;
    }
    const name = speakerOf(env, view, message.by);
    return (
      <button
        type="button"
        class="quoted"
        title={texts.goTo}
        onClick={() => env.act('history.reach', { ref: place, seq })}
      >
        <span class="sr" dir="auto">
          {withName(texts.quoted, name)}{' '}
        </span>
        <bdi class="speaker" aria-hidden="true">
          {name}
        </bdi>
        <span class="line" dir="auto">
          {lineOf(env, message)}
        </span>
      </button>
    );
  }

  private fetch(): void {
    const { env, view, place, seq } = this.props;
    const log = view.refs[place] ?? place;
    if (this.state.fetched || heldAt(view, place, seq) || view.link.state !== 'online') return;
    void fetchedAt(env, log, seq).then((fetched) => this.setState({ fetched: fetched ?? null }));
  }
}
