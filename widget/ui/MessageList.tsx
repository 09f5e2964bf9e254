import { Component, type JSX } from 'preact';
import type { Conversation, View } from '../core/view.ts';
import { withCount } from '../i18n/texts.ts';
import { Avatar, Faces } from './Avatar.tsx';
import { Anchored, long } from './anchored.ts';
import { asksForHelp, facesOf, nameOf, waitingAt } from './env.ts';
import { Icon } from './Icon.tsx';
import { newsOf } from './News.tsx';
import type { ListProps } from './part-props.ts';
import { MessageMenu, Sought } from './parts.tsx';
import { drawnRow } from './Row.tsx';
import { type Entry, entriesOf, freshOf, type Row, rowsOf } from './rows.ts';
import { Empty, Loading } from './Words.tsx';

interface State {
  readonly atEnd: boolean;
  /** The log has been pointed at, or has had the focus: what can be done with a message is wanted soon. */
  readonly pointed: boolean;
}

/** What had the focus. */
type Before = Element | null | undefined;

/** How near to an end of the list counts as being there, in px. */
const nearEnd = 24;
const nearStart = 240;

/** More items than this are let go once the newest is in sight. */
const mostHeld = 5_000;
/** The newest messages that a screen reader is told of, however fast they come. */
const told = 3;

/** The log of one conversation. It stays where the reader is: at the newest, or at the row in sight. */
export class MessageList extends Component<ListProps, State> {
  override state: State = { atEnd: true, pointed: false };
  #log: HTMLElement | null = null;
  #stretch = new Anchored();
  #asked = false;
  /** It stands where one begins to read, or has been moved from there. */
  #begun = false;
  #entries: readonly Entry[] = [];
  #entriesOf: View | undefined;
  #rows: readonly Row[] = [];
  #start: Conversation | undefined;
  #fresh: Entry | undefined;
  /** The newest seq that has been in sight, and the newest that was reported as seen. */
  #sighted = 0;
  #reported = 0;
  /** The oldest seq for which older ones were asked. */
  #askedBefore = -1;
  readonly #sizes = new ResizeObserver(() => {
    this.#stay(true);
    // Not now: what is drawn here gets another size, and the page would be told of an error.
    requestAnimationFrame(() => {
      this.#stay(true);
      this.#scrolled();
    });
  });

  override componentDidMount(): void {
    const log = this.#log;
    if (log) for (const one of [log, ...log.children]) this.#sizes.observe(one);
    document.addEventListener('visibilitychange', this.#scrolled);
    this.#toStart();
  }

  override componentWillUnmount(): void {
    this.#sizes.disconnect();
    document.removeEventListener('visibilitychange', this.#scrolled);
  }

  override getSnapshotBeforeUpdate(): Before {
    return (this.#log?.getRootNode() as ShadowRoot | undefined)?.activeElement;
  }

  override componentDidUpdate(before: ListProps, state: State, focused?: Before): void {
    const { view } = this.props;
    // Gone with its row, the focus would be nowhere, and Escape would close nothing.
    if (focused?.isConnected === false && !this.getSnapshotBeforeUpdate()) this.#log?.focus({ preventScroll: true });
    if (!this.#begun) this.#toStart();
    // He may be scrolling at this moment: what shows nothing else puts nothing back where it was.
    else if (state.pointed !== this.state.pointed) return;
    else if (view.waiting.length > before.view.waiting.length) this.#toEnd();
    else {
      this.#stay(false);
      this.#scrolled();
    }
  }

  override render({ env, view, conversation }: ListProps): JSX.Element {
    const { texts } = env;
    this.#rows = this.#rowsNear();
    const coming = !conversation?.ready && /^connecting|^online/.test(view.link.state);
    const typing = conversation?.typing[0];
    return (
      <div class="log-place">
        <div
          class="log"
          part="log"
          role="log"
          aria-label={texts.messages}
          // What comes into the page by scrolling is nothing new: the news are told below.
          aria-live="off"
          aria-busy={!conversation?.ready || conversation.fetching}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          ref={this.#keep}
          onScroll={this.#scrolled}
          onKeyDown={this.#moved}
          onPointerOver={this.#pointed}
          onFocusIn={this.#pointed}
        >
          <div class="rows-place" style={{ paddingBlock: this.#stretch.around() }}>
            {this.#rows.map((row) => drawnRow(this.props, row))}
          </div>
          {this.#rows.length === 0 &&
            (coming ? <Loading words={texts.slow} /> : <slot name="empty">{this.#empty()}</slot>)}
          <div class="typing" part="typing" aria-hidden="true">
            {typing !== undefined && (
              <>
                <Avatar id={typing} name={nameOf(env, view, typing)} src={env.picture(view.people[typing]?.avatar)} />
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
          {this.#entries.slice(-told).map((entry) => newsOf(this.props, entry, this.#start?.last))}
        </div>
        {!this.state.atEnd && this.#jump()}
        {view.sought && <Sought {...this.props} sought={view.sought} lead={this.#lead} />}
        {this.state.pointed && this.#log && <MessageMenu {...this.props} log={this.#log} rows={this.#rows} />}
      </div>
    );
  }

  #rowsNear(): Row[] {
    const stretch = this.#stretch;
    const { props } = this;
    const { conversation, view, place } = props;
    const me = view.me?.id;
    if (view !== this.#entriesOf) {
      this.#entriesOf = view;
      this.#entries = entriesOf({ conversation, waiting: waitingAt(view, place), me });
      stretch.of(this.#entries);
      if (this.#entries.length > long) this.#load();
    }
    if (conversation?.ready && !this.#start) {
      this.#start = conversation;
      this.#fresh = freshOf(conversation, me);
      stretch.begin(this.#fresh);
    }
    return rowsOf({
      conversation,
      entries: this.#entries,
      me,
      span: stretch.span,
      fresh: this.#fresh,
      lastAtStart: this.#start?.last ?? Number.POSITIVE_INFINITY,
      clockOffset: view.clockOffset,
    });
  }

  #empty(): JSX.Element {
    const { env, view, place, conversation } = this.props;
    const { texts } = env;
    const asks = asksForHelp(view, place, conversation);
    return (
      <Empty title={asks ? texts.hello : texts.quiet} line={asks ? texts.helloLine : texts.quietLine}>
        <Faces env={env} view={view} people={facesOf(view, conversation)} />
      </Empty>
    );
  }

  #jump(): JSX.Element {
    const { env, view, conversation } = this.props;
    const items = conversation?.items ?? [];
    const unseen = items.slice(items.findLastIndex(({ seq }) => seq <= this.#sighted) + 1);
    const count = unseen.filter(({ by, kind }) => by !== view.me?.id && kind === 'message').length;
    const label = count ? withCount(env.texts.jumpNew, count, env.locale) : env.texts.jump;
    return (
      <button type="button" class="jump" part="jump" aria-label={label} onClick={this.#toEnd}>
        <Icon name="down" />
        {count > 0 && <span class="count">{count}</span>}
      </button>
    );
  }

  readonly #keep = (log: HTMLElement | null): void => {
    this.#log = log;
  };

  readonly #pointed = (): void => {
    if (!this.state.pointed) this.setState({ pointed: true });
  };

  /** Draws what stands around one message, and goes there. */
  readonly #lead = (seq: number): void => {
    this.#begun = false;
    this.#stretch.begin(this.#entries.find((entry) => 'seq' in entry && entry.seq === seq));
    this.forceUpdate();
  };

  /** Where one begins to read: at the message that is sought, at the mark “New”, or at the end. */
  #toStart(): void {
    this.#begun = this.#start !== undefined;
    this.#sighted ||= this.#start?.read ?? 0;
    // To ask where nothing is takes a layout.
    if (this.#rows.length === 0) return;
    const find = (mark: string) => this.#log?.querySelector<HTMLElement>(mark);
    const mark = find('.sought') ?? find('.fresh');
    if (!mark || !this.#log) return this.#toEnd();
    this.#log.scrollTop = mark.offsetTop - 16;
    return this.#scrolled();
  }

  /** Loads what draws a long log. Nobody needs it for a first message. */
  #load(): void {
    if (this.#asked) return;
    this.#asked = true;
    import('./stretch.ts').then(
      ({ Stretch }) => {
        this.#stretch = new Stretch(this.#stretch);
        this.forceUpdate();
      },
      (error: unknown) => {
        this.#asked = false;
        console.error('befriend:', error);
      },
    );
  }

  #stay(sized: boolean): void {
    const log = this.#log;
    if (!log) return;
    if (this.state.atEnd && !this.#stretch.isLeft(log)) log.scrollTop = log.scrollHeight;
    else this.#stretch.hold(log, sized);
  }

  readonly #toEnd = (): void => {
    const log = this.#log;
    if (log) log.scrollTop = log.scrollHeight;
    this.#scrolled();
  };

  readonly #scrolled = (): void => {
    const log = this.#log;
    if (!log) return;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < nearEnd;
    if (this.#stretch.look(log, this.#rows)) this.forceUpdate();
    if (atEnd !== this.state.atEnd) this.setState({ atEnd });
    const { env, view, place, conversation } = this.props;
    const asking = log.scrollTop < nearStart && view.link.state === 'online';
    if (!asking) this.#askedBefore = -1;
    if (!conversation?.ready) return;
    if (atEnd) this.#see(conversation);
    const { more, fetching, from } = conversation;
    if (!asking || !more || fetching || this.#askedBefore === from) return;
    this.#askedBefore = from;
    env.act('history.older', { ref: place });
  };

  #see({ items, read }: Conversation): void {
    const { env, place } = this.props;
    const seq = items.at(-1)?.seq ?? 0;
    this.#sighted = seq;
    if (items.length > mostHeld) env.act('history.left', {});
    if (document.visibilityState !== 'visible' || seq <= Math.max(read, this.#reported)) return;
    this.#reported = seq;
    env.act('conversation.seen', { ref: place, seq });
  }

  readonly #moved = (event: KeyboardEvent): void => {
    const log = this.#log;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!log) return;
    // For the menu of a row, which may still be on its way.
    log.dataset.key = (event.target as Element).matches('.row') ? event.key : '';
    if (!step) return;
    const rows = [...log.querySelectorAll<HTMLElement>('.row')];
    const at = rows.findIndex((row) => row.contains(event.target as Node));
    const inSight = rows.findLastIndex((row) => row.offsetTop < log.scrollTop + log.clientHeight);
    const next = rows[at < 0 ? inSight : Math.max(0, at + step)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
}
