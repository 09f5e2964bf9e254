import { Component, type JSX } from 'preact';
import { itemOf } from '../../core/items.ts';
import type { Item } from '../../core/view.ts';
import { enSearch } from '../../i18n/en-search.ts';
import css from '../../theme/search.css?inline';
import { nameOf } from '../env.ts';
import type { SoughtProps } from '../part-props.ts';
import { Word } from '../Words.tsx';

export { css };

interface State {
  /** What was said around a message that is too far back to be led to. */
  readonly excerpt?: readonly Item[];
}

/** Messages that are fetched on the way; what is farther back is shown by itself. */
const far = 2_000;
/** How long the message stays marked, and how long what draws long logs is waited for, milliseconds. */
const marked = 2_500;
const step = 80;
const steps = 40;

/** Leads to one message: fetches what is older until it is held, goes there and marks it for a moment. */
export class Part extends Component<SoughtProps, State> {
  override state: State = {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Items that were held when it began. */
  private held = 0;
  private isLed = false;
  private place: HTMLElement | null = null;
  /** The oldest seq for which older ones were asked. */
  private askedBefore = -1;

  override componentDidMount(): void {
    this.begin();
  }

  override componentDidUpdate({ sought }: SoughtProps, { excerpt }: State): void {
    if (!excerpt && this.state.excerpt) this.place?.focus({ preventScroll: true });
    if (sought !== this.props.sought) this.begin();
    else this.seek();
  }

  override componentWillUnmount(): void {
    clearTimeout(this.timer);
  }

  override render({ env, view, sought }: SoughtProps, { excerpt }: State): JSX.Element {
    const texts = env.words('search', enSearch);
    const over = (): void => env.act('history.reach', undefined);
    if (!excerpt)
      return (
        <p class="seeking" role="status" hidden={this.isLed} ref={this.keep}>
          {texts.seeking} <Word text={texts.stop} onClick={over} />
        </p>
      );
    const { times } = env;
    const [first] = excerpt;
    return (
      <section class="excerpt" aria-label={texts.excerpt}>
        <p class="mark">{first ? texts.excerptLine : texts.gone}</p>
        <ul>
          {first && <li class="mark">{times.day(first.at, env.now() + view.clockOffset)}</li>}
          {excerpt.map((item) => (
            <li key={item.seq} class={item.seq === sought.seq ? 'said sought' : 'said'}>
              <b>
                <bdi>{nameOf(env, view, item.by)}</bdi> <time>{times.clock(item.at)}</time>
              </b>
              <span dir="auto">{item.kind === 'message' && (item.deleted ? env.texts.deleted : item.text)}</span>
            </li>
          ))}
        </ul>
        <button type="button" class="do" ref={this.keep} onClick={over}>
          {texts.latest}
        </button>
      </section>
    );
  }

  private readonly keep = (place: HTMLElement | null): void => {
    this.place = place;
  };

  private begin(): void {
    clearTimeout(this.timer);
    this.isLed = false;
    this.askedBefore = -1;
    this.held = this.props.conversation?.items.length ?? 0;
    if (this.state.excerpt) this.setState({ excerpt: undefined } as unknown as State);
    this.seek();
  }

  private seek(): void {
    const { env, view, place, conversation, sought } = this.props;
    if (this.isLed || this.state.excerpt || !conversation?.ready) return;
    const { items, from, more, fetching } = conversation;
    if (items.some(({ seq }) => seq === sought.seq)) return this.lead(0);
    if (view.link.state !== 'online') return;
    if (!more || sought.seq > from || items.length - this.held > far) return void this.excerpt(conversation.id);
    if (fetching || this.askedBefore === from) return;
    this.askedBefore = from;
    env.act('history.older', { ref: place });
  }

  /** Goes there; again, while what draws a long log is on its way. */
  private lead(tried: number): void {
    const { lead, sought, env } = this.props;
    this.isLed = true;
    lead(sought.seq);
    this.timer = setTimeout(() => {
      const row = this.place?.parentElement?.querySelector<HTMLElement>('.row.sought');
      if (!row && tried < steps) return this.lead(tried + 1);
      row?.scrollIntoView({ block: 'center' });
      row?.focus({ preventScroll: true });
      this.timer = setTimeout(() => env.act('history.reach', undefined), marked);
    }, step);
  }

  private async excerpt(log: string): Promise<void> {
    const { sought, env } = this.props;
    this.isLed = true;
    const [answer, ...facts] = await env.ask('log.read', { log, before: sought.seq + 6, limit: 12 });
    if (sought !== this.props.sought) return;
    // The link has gone: it is asked anew on the next one.
    if (!answer) {
      this.isLed = false;
      return;
    }
    this.setState({ excerpt: facts.flatMap(itemOf).filter(({ kind }) => kind === 'message') });
  }
}
