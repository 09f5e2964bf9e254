import { Component, createRef, type JSX } from 'preact';
import type { Conversation, View } from '../core/view.ts';
import { withCount } from '../i18n/texts.ts';
import { Avatar, Faces } from './Avatar.tsx';
import { asksForHelp, type Env, facesOf, nameOf, waitingAt } from './env.ts';
import { Icon } from './Icon.tsx';
import { drawnRow } from './Row.tsx';
import { type Entry, entriesOf, freshOf, type Row, rowsOf } from './rows.ts';
import { Stretch } from './stretch.ts';
import { Empty, Loading } from './Words.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown, by its reference. One list lives as long as its place is shown. */
  readonly place: string;
  /** Absent until the friend has told it. */
  readonly conversation: Conversation | undefined;
}

interface Before {
  readonly scrolled: number;
  readonly focused: Element | null | undefined;
}

/** How near to an end of the list counts as being there, in px. */
const nearEnd = 24;
const nearStart = 240;

/** More items than this are let go once the newest is in sight. */
const mostHeld = 5_000;
/** The newest messages that a screen reader is told of, however fast they come. */
const told = 3;

/** The log of one conversation. It stays where the reader is: at the newest, or at the row in sight. */
export class MessageList extends Component<Props, { atEnd: boolean }> {
  override state = { atEnd: true };
  private readonly log = createRef<HTMLDivElement>();
  private readonly drawn = createRef<HTMLDivElement>();
  private readonly stretch = new Stretch();
  private entries: readonly Entry[] = [];
  private rows: readonly Row[] = [];
  private drawnView: View | undefined;
  private start: Conversation | undefined;
  private fresh: Entry | undefined;
  /** The newest seq that was there when the newest was not in sight. */
  private watchedAfter = Number.POSITIVE_INFINITY;
  /** The newest seq that has been in sight, and the newest that was reported as seen. */
  private sighted = 0;
  private reported = 0;
  /** The oldest seq for which older ones were asked. */
  private askedBefore = -1;
  private readonly resized = (): void => this.settle(this.log.current?.scrollTop ?? 0);
  private readonly sizes = new ResizeObserver(this.resized);

  override componentDidMount(): void {
    const log = this.log.current;
    if (log) for (const one of [log, ...log.children]) this.sizes.observe(one);
    document.addEventListener('visibilitychange', this.scrolled);
    this.toStart();
  }

  override componentWillUnmount(): void {
    this.sizes.disconnect();
    document.removeEventListener('visibilitychange', this.scrolled);
  }

  override getSnapshotBeforeUpdate(): Before {
    const log = this.log.current;
    // Read now: a log that gets shorter is scrolled back by the browser.
    return { scrolled: log?.scrollTop ?? 0, focused: (log?.getRootNode() as ShadowRoot | undefined)?.activeElement };
  }

  override componentDidUpdate(before: Props, _state: unknown, { scrolled = 0, focused }: Partial<Before> = {}): void {
    const { view, conversation } = this.props;
    // Gone with its row, the focus would be nowhere, and Escape would close nothing.
    if (focused?.isConnected === false) this.log.current?.focus({ preventScroll: true });
    if (conversation?.ready && !before.conversation?.ready) this.toStart();
    else if (view.waiting.length > before.view.waiting.length) this.toEnd();
    else this.settle(scrolled);
  }

  override render({ env, view, conversation }: Props): JSX.Element {
    const { texts } = env;
    this.rows = this.rowsNear();
    const paddingBlock = this.stretch
      .around()
      .map((height) => `${height}px`)
      .join(' ');
    const coming = !conversation?.ready && /^connecting|^online/.test(view.link.state);
    const typing = conversation?.typing[0];
    return (
      <div class="log-place">
        <div
          class="log"
          role="log"
          aria-label={texts.messages}
          // What comes into the page by scrolling is nothing new: the news are told below.
          aria-live="off"
          aria-busy={!conversation?.ready || conversation.fetching}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          ref={this.log}
          onScroll={this.scrolled}
          onKeyDown={this.moved}
        >
          <div class="rows-place" style={{ paddingBlock }} ref={this.drawn}>
            {this.rows.map((row) => drawnRow(this.props, row))}
          </div>
          {this.rows.length === 0 && (coming ? <Loading words={texts.slow} /> : this.empty())}
          <div class="typing" aria-hidden="true">
            {typing !== undefined && (
              <>
                <Avatar id={typing} name={nameOf(view, typing)} />
                <span class="dots">
                  <i />
                  <i />
                  <i />
                </span>
              </>
            )}
          </div>
        </div>
        <div class="sr" aria-live="polite">
          {this.entries.slice(-told).map(this.news)}
        </div>
        {!this.state.atEnd && this.jump()}
      </div>
    );
  }

  private rowsNear(): Row[] {
    const { stretch, props, drawnView } = this;
    const { conversation, view, place } = props;
    const me = view.me?.id;
    if (view !== drawnView) {
      this.drawnView = view;
      this.entries = entriesOf({ conversation, waiting: waitingAt(view, place), me });
      stretch.of(this.entries);
    }
    if (conversation?.ready && !this.start) {
      this.start = conversation;
      this.watchedAfter = conversation.last;
      this.fresh = freshOf(conversation, me);
      stretch.begin(this.fresh);
    }
    if (!this.state.atEnd) this.watchedAfter = conversation?.items.at(-1)?.seq ?? this.watchedAfter;
    const { entries, fresh, watchedAfter } = this;
    return rowsOf({
      conversation,
      entries,
      me,
      span: stretch.span,
      fresh,
      watchedAfter,
      clockOffset: view.clockOffset,
    });
  }

  /** What others have said since the list was opened, and what could not be sent. */
  private readonly news = (entry: Entry): JSX.Element | undefined => {
    const { env, view } = this.props;
    if ('state' in entry)
      return entry.state === 'failed' ? <p key={entry.id}>{`${env.texts.failed} ${entry.text}`}</p> : undefined;
    if (entry.kind !== 'message' || entry.by === view.me?.id || entry.seq <= (this.start?.last ?? 0)) return undefined;
    return <p key={entry.seq}>{`${nameOf(view, entry.by)}: ${entry.text}`}</p>;
  };

  private empty(): JSX.Element {
    const { env, view, place, conversation } = this.props;
    const { texts } = env;
    const asks = asksForHelp(view, place, conversation);
    return (
      <Empty title={asks ? texts.hello : texts.quiet} line={asks ? texts.helloLine : texts.quietLine}>
        <Faces people={facesOf(view, conversation)} />
      </Empty>
    );
  }

  private jump(): JSX.Element {
    const { env, view, conversation } = this.props;
    const unseen = conversation?.items.filter(
      ({ seq, by, kind }) => seq > this.sighted && by !== view.me?.id && kind === 'message',
    );
    const count = unseen?.length ?? 0;
    const label = count ? withCount(env.texts.jumpNew, count, env.locale) : env.texts.jump;
    return (
      <button type="button" class="jump" aria-label={label} onClick={this.toEnd}>
        <Icon name="down" />
        {count > 0 && <span class="count">{count}</span>}
      </button>
    );
  }

  /** Where one begins to read: at the mark “New”, or at the end. */
  private toStart(): void {
    const log = this.log.current;
    this.sighted = this.start?.read ?? 0;
    const mark = log?.querySelector<HTMLElement>('.fresh');
    if (!mark || !log) return this.toEnd();
    log.scrollTop = mark.offsetTop - 16;
    return this.scrolled();
  }

  /** After something has changed that was scrolled by `before`, px. */
  private settle(before: number): void {
    if (this.state.atEnd) return this.toEnd();
    if (this.log.current) this.stretch.hold(this.log.current, before);
    return this.scrolled();
  }

  private readonly toEnd = (): void => {
    if (this.log.current) this.log.current.scrollTop = this.log.current.scrollHeight;
    this.scrolled();
  };

  private readonly scrolled = (): void => {
    const [log, drawn] = [this.log.current, this.drawn.current];
    if (!log || !drawn) return;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < nearEnd;
    if (this.stretch.look(log, drawn, this.rows)) this.forceUpdate();
    if (atEnd !== this.state.atEnd) this.setState({ atEnd });
    const { env, view, place, conversation } = this.props;
    const asking = log.scrollTop < nearStart && view.link.state === 'online';
    if (!asking) this.askedBefore = -1;
    if (!conversation?.ready) return;
    if (atEnd) this.see(conversation);
    const { more, fetching, from } = conversation;
    if (!asking || !more || fetching || this.askedBefore === from) return;
    this.askedBefore = from;
    env.act('history.older', { ref: place });
  };

  private see({ items, read }: Conversation): void {
    const { env, place } = this.props;
    const seq = items.at(-1)?.seq ?? 0;
    this.sighted = seq;
    if (items.length > mostHeld) env.act('history.left', { ref: place });
    if (document.visibilityState !== 'visible' || seq <= Math.max(read, this.reported)) return;
    this.reported = seq;
    env.act('conversation.seen', { ref: place, seq });
  }

  private readonly moved = (event: KeyboardEvent): void => {
    const log = this.log.current;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !log) return;
    const rows = [...log.querySelectorAll<HTMLElement>('.row')];
    const at = rows.findIndex((row) => row.contains(event.target as Node));
    const inSight = rows.findLastIndex((row) => row.offsetTop < log.scrollTop + log.clientHeight);
    const next = rows[at < 0 ? inSight : Math.max(0, at + step)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
}
