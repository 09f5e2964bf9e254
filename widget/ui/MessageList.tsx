import { Component, type JSX } from 'preact';
import type { Person } from '../../protocol/facts.ts';
import type { Conversation, View } from '../core/view.ts';
import { withCount, withName } from '../i18n/texts.ts';
import { Avatar, Faces } from './Avatar.tsx';
import { Bubble } from './Bubble.tsx';
import { asksForHelp, type Env, facesOf, nameOf, waitingAt } from './env.ts';
import { Icon } from './Icon.tsx';
import { type Row, rowsOf } from './rows.ts';
import { Empty, Loading } from './Words.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown, by its reference. One list lives as long as its place is shown. */
  readonly place: string;
  /** Absent until the friend has told it. */
  readonly conversation: Conversation | undefined;
}

interface Anchor {
  readonly row: Element;
  readonly bottom: number;
}

/** How near to an end of the list counts as being there, in px. */
const nearEnd = 24;
const nearStart = 240;

/** The log of one conversation. It stays where the reader is: at the newest, or at the row in sight. */
export class MessageList extends Component<Props, { atEnd: boolean }> {
  override state = { atEnd: true };
  private log: HTMLElement | null = null;
  private start: Conversation | undefined;
  /** The newest seq that has been in sight, and the newest that was reported as seen. */
  private sighted = 0;
  private reported = 0;
  /** The oldest seq for which older ones were asked. */
  private askedBefore = -1;
  private readonly settle = (): void => {
    if (this.state.atEnd) this.toEnd();
    else this.scrolled();
  };
  private readonly sizes = new ResizeObserver(this.settle);

  override componentDidMount(): void {
    const { log } = this;
    if (log) for (const one of [log, ...log.children]) this.sizes.observe(one);
    document.addEventListener('visibilitychange', this.settle);
    this.toStart();
  }

  override componentWillUnmount(): void {
    this.sizes.disconnect();
    document.removeEventListener('visibilitychange', this.settle);
  }

  override getSnapshotBeforeUpdate(): Anchor | undefined {
    const { log } = this;
    if (this.state.atEnd || !log) return undefined;
    const edge = log.getBoundingClientRect().top;
    // Its lower edge: a row loses its name and its distance when older ones of the same person come above it.
    for (const row of log.querySelectorAll('.row')) {
      const { bottom } = row.getBoundingClientRect();
      if (bottom > edge) return { row, bottom };
    }
    return undefined;
  }

  override componentDidUpdate(before: Props, _state: unknown, anchor?: Anchor): void {
    const { log, props } = this;
    if (!before.conversation?.ready) this.toStart();
    else if (props.view.waiting.length > before.view.waiting.length) this.toEnd();
    else {
      if (log && anchor?.row.isConnected) log.scrollTop += anchor.row.getBoundingClientRect().bottom - anchor.bottom;
      this.settle();
    }
  }

  override render({ env, view, place, conversation }: Props): JSX.Element {
    const { texts } = env;
    if (conversation?.ready) this.start ??= conversation;
    const rows = rowsOf({
      conversation,
      waiting: waitingAt(view, place),
      me: view.me?.id,
      readAtStart: this.start?.read ?? 0,
      lastAtStart: this.start?.last ?? Number.POSITIVE_INFINITY,
      clockOffset: view.clockOffset,
    });
    const coming = !conversation?.ready && /^connecting|^online/.test(view.link.state);
    const typing = conversation?.typing[0];
    return (
      <div class="log-place">
        <div
          class="log"
          role="log"
          aria-label={texts.messages}
          aria-live="polite"
          aria-busy={!conversation?.ready || conversation.fetching}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          ref={this.keep}
          onScroll={this.scrolled}
          onKeyDown={this.moved}
        >
          <div class="rows-place">{rows.map(this.row)}</div>
          {rows.length === 0 && (coming ? <Loading words={texts.slow} /> : this.empty())}
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
        {!this.state.atEnd && this.jump()}
      </div>
    );
  }

  private readonly row = (row: Row): JSX.Element => {
    const { env, view, place, conversation } = this.props;
    const { texts } = env;
    if (row.kind === 'message') {
      const person = view.people[row.by ?? ''];
      return (
        <Bubble
          key={row.id}
          {...row}
          env={env}
          name={person?.name ?? ''}
          role={roleOf(env, person, conversation)}
          named={conversation?.kind === 'group' || asksForHelp(view, place, conversation)}
        />
      );
    }
    const words =
      row.kind === 'day'
        ? env.times.day(row.at, env.now() + view.clockOffset)
        : row.kind === 'fresh'
          ? texts.fresh
          : withName(texts.joined, row.person.name);
    return (
      <p key={row.id} class={`mark ${row.kind}`}>
        {words}
      </p>
    );
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

  private readonly keep = (log: HTMLElement | null): void => {
    this.log = log;
  };

  /** Where one begins to read: at the mark “New”, or at the end. */
  private toStart(): void {
    this.sighted = this.start?.read ?? 0;
    const mark = this.log?.querySelector<HTMLElement>('.fresh');
    if (!mark || !this.log) return this.toEnd();
    this.log.scrollTop = mark.offsetTop - 16;
    return this.scrolled();
  }

  private readonly toEnd = (): void => {
    if (this.log) this.log.scrollTop = this.log.scrollHeight;
    this.scrolled();
  };

  private readonly scrolled = (): void => {
    const { log } = this;
    if (!log) return;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < nearEnd;
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
    if (document.visibilityState !== 'visible' || seq <= Math.max(read, this.reported)) return;
    this.reported = seq;
    env.act('conversation.seen', { ref: place, seq });
  }

  private readonly moved = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !this.log) return;
    const rows = [...this.log.querySelectorAll<HTMLElement>('.row')];
    const at = rows.findIndex((row) => row.contains(event.target as Node));
    const next = rows[at < 0 ? rows.length - 1 : Math.max(0, at + step)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
}

function roleOf({ texts }: Env, person: Person | undefined, conversation: Conversation | undefined): string {
  if (person?.kind === 'bot') return texts.bot;
  if (conversation?.kind !== 'group' || !person) return '';
  if (person.kind === 'colleague') return texts.team;
  return person.verified ? '' : texts.unverified;
}
