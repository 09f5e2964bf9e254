import { Component, type JSX } from 'preact';
import type { Facts } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { enSearch } from '../../i18n/en-search.ts';
import css from '../../theme/search.css?inline';
import { type Env, titleOf } from '../env.ts';
import { piecesOf, wordsOf } from '../folded.ts';
import { Empty, Loading, Word } from '../Words.tsx';

export { css };

/** A message that was searched for. */
export type Found = Facts['message.found']['messages'][number];

interface Props {
  readonly env: Env;
  readonly view: View;
  /** What is searched for. */
  readonly needle: string;
  /** The id of the one conversation that is searched; absent, all of them. */
  readonly conversation?: string | undefined;
  readonly onChosen: (found: Found) => void;
}

interface State {
  readonly messages: readonly Found[];
  readonly next?: string | undefined;
  /** reading: an answer is on its way · failed: there was none */
  readonly at: 'reading' | 'read' | 'failed';
}

/** How long somebody must rest from writing before it is asked, and how long an answer is waited for, milliseconds. */
const rest = 250;
const patience = 12_000;

/** The messages with the words that are searched for, the newest first; more of them as one scrolls. */
export class Part extends Component<Props, State> {
  override state: State = { messages: [], at: 'reading' };
  private waiting: ReturnType<typeof setTimeout> | undefined;
  /** Counts the questions: what answers an earlier one is too late. */
  private asked = 0;
  private readonly moment = new Intl.DateTimeFormat(this.props.env.locale, { dateStyle: 'medium', timeStyle: 'short' });

  override componentDidMount(): void {
    this.begin();
  }

  override componentDidUpdate({ needle, conversation, view }: Props): void {
    const { props, state } = this;
    const isBack = view.link.state !== 'online' && props.view.link.state === 'online' && state.at !== 'read';
    if (needle.trim() !== props.needle.trim() || conversation !== props.conversation || isBack) this.begin();
  }

  override componentWillUnmount(): void {
    clearTimeout(this.waiting);
    this.asked += 1;
  }

  override render({ env, view, needle, conversation }: Props, { messages, next, at }: State): JSX.Element {
    const texts = env.words('search', enSearch);
    const words = wordsOf(needle);
    return (
      <div class="found" aria-busy={at === 'reading'}>
        {messages.length > 0 && (
          <ul aria-label={texts.results}>
            {messages.map((found) => (
              <li key={`${found.conversation} ${found.seq}`}>
                <button type="button" class="hit" onClick={() => this.props.onChosen(found)}>
                  <span class="top">
                    <b>
                      <bdi>{found.by.id === view.me?.id ? env.texts.you : found.by.name}</bdi>
                      {conversation === undefined && (
                        <small>
                          {' · '}
                          <bdi>{titleOf(view, found.conversation, view.conversations[found.conversation], env)}</bdi>
                        </small>
                      )}
                    </b>
                    <time>{this.moment.format(found.at)}</time>
                  </span>
                  <span class="words" dir="auto">
                    {piecesOf(found.text, words).map(({ at, text, hit }) =>
                      hit ? <mark key={at}>{text}</mark> : text,
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {next !== undefined && at === 'read' && <End key={messages.length} onSeen={() => this.read()} />}
        <div role="status">
          {at === 'reading' && messages.length === 0 && <Loading rows words={env.texts.slow} />}
          {at === 'read' && messages.length === 0 && <Empty title={texts.none} line={texts.noneLine} />}
          {at === 'failed' && (
            <p class="quiet-line">
              {texts.failed} <Word text={texts.again} onClick={() => this.read()} />
            </p>
          )}
        </div>
      </div>
    );
  }

  /** Another question: what was found before answers it no more. */
  private begin(): void {
    clearTimeout(this.waiting);
    this.asked += 1;
    this.setState({ messages: [], next: undefined, at: 'reading' });
    this.waiting = setTimeout(() => this.read(), rest);
  }

  private read(): void {
    const { env, needle, conversation } = this.props;
    const { next } = this.state;
    clearTimeout(this.waiting);
    this.asked += 1;
    const { asked } = this;
    this.setState({ at: 'reading' });
    this.waiting = setTimeout(() => this.setState({ at: 'failed' }), patience);
    const where = conversation === undefined ? {} : { conversation };
    const after = next === undefined ? {} : { before: next };
    void env.ask('message.find', { text: needle.trim().slice(0, 100), ...where, ...after }).then(([answer]) => {
      if (asked !== this.asked) return;
      clearTimeout(this.waiting);
      if (answer?.type !== 'message.found') return this.setState({ at: 'failed' });
      const { messages, next: more } = answer.body;
      this.setState((before) => ({ messages: [...before.messages, ...messages], next: more, at: 'read' }));
    });
  }
}

/** The end of what is listed; says when it comes into sight. */
class End extends Component<{ readonly onSeen: () => void }> {
  private readonly sight = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting) this.props.onSeen();
  });

  override componentWillUnmount(): void {
    this.sight.disconnect();
  }

  override render(): JSX.Element {
    return (
      <i
        ref={(element) => {
          if (element) this.sight.observe(element);
        }}
      />
    );
  }
}
