import { Component, type JSX } from 'preact';
import type { Person } from '../../protocol/facts.ts';
import type { Conversation, View } from '../core/view.ts';
import { withCount } from '../i18n/texts.ts';
import { Avatar, Faces } from './Avatar.tsx';
import { Bubble, Joined } from './Bubble.tsx';
import { conversationAt, type Env, facesOf, nameOf, waitingAt } from './env.ts';
import { Icon } from './Icon.tsx';
import { type Row, rowsOf } from './rows.ts';
import { Empty, Loading } from './Words.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown, by its reference. One list lives as long as its place is shown. */
  readonly place: string;
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
  private scroller: HTMLElement | null = null;
  private content: HTMLElement | null = null;
  private start: { readonly read: number; readonly last: number } | undefined;
  /** The newest seq that has been in sight, and the newest that was reported as seen. */
  private sighted = 0;
  private reported = 0;
  /** The oldest seq for which older ones were asked. */
  private askedBefore = -1;
  private readonly sizes = new ResizeObserver(() => this.settle());
  private readonly watch = (): void => this.settle();

  override componentDidMount(): void {
    if (this.scroller) this.sizes.observe(this.scroller);
    if (this.content) this.sizes.observe(this.content);
    document.addEventListener('visibilitychange', this.watch);
    this.toStart();
  }

  override componentWillUnmount(): void {
    this.sizes.disconnect();
    document.removeEventListener('visibilitychange', this.watch);
  }

  override getSnapshotBeforeUpdate(): Anchor | undefined {
    const { scroller } = this;
    if (this.state.atEnd || !scroller) return undefined;
    const edge = scroller.getBoundingClientRect().top;
    // Its lower edge: a row loses its name and its distance when older ones of the same person come above it.
    for (const row of scroller.querySelectorAll('.row')) {
      const { bottom } = row.getBoundingClientRect();
      if (bottom > edge) return { row, bottom };
    }
    return undefined;
  }

  override componentDidUpdate(before: Props, _state: unknown, anchor?: Anchor): void {
    const wrote = this.props.view.waiting.length > before.view.waiting.length;
    if (!conversationAt(before.view, before.place)?.ready) this.toStart();
    else if (wrote) this.toEnd();
    else if (anchor?.row.isConnected && this.scroller)
      this.scroller.scrollTop += anchor.row.getBoundingClientRect().bottom - anchor.bottom;
    this.settle();
  }

  override render({ env, view, place }: Props): JSX.Element {
    const { texts } = env;
    const conversation = conversationAt(view, place);
    if (conversation?.ready) this.start ??= { read: conversation.read, last: conversation.last };
    const rows = rowsOf({
      conversation,
      waiting: waitingAt(view, place),
      me: view.me?.id,
      readAtStart: this.start?.read ?? 0,
      lastAtStart: this.start?.last ?? Number.MAX_SAFE_INTEGER,
      clockOffset: view.clockOffset,
    });
    const coming = view.link.state === 'connecting' || view.link.state === 'online';
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
          ref={this.keepScroller}
          onScroll={this.scrolled}
          onKeyDown={this.moved}
        >
          <div class="rows-place" ref={this.keepContent}>
            {rows.map((row) => this.row(row, conversation))}
          </div>
          {rows.length === 0 &&
            (conversation?.ready || !coming ? this.empty(conversation) : <Loading rows={false} words={texts.slow} />)}
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
        {!this.state.atEnd && this.jump(conversation)}
      </div>
    );
  }

  private row(row: Row, conversation: Conversation | undefined): JSX.Element {
    const { env, view } = this.props;
    if (row.kind === 'day')
      return (
        <p key={row.id} class="mark day">
          {env.times.day(row.at, env.now() + view.clockOffset)}
        </p>
      );
    if (row.kind === 'fresh')
      return (
        <p key={row.id} class="mark fresh">
          {env.texts.fresh}
        </p>
      );
    if (row.kind === 'joined') return <Joined key={row.id} env={env} name={row.person.name} />;
    const person = row.by === undefined ? undefined : view.people[row.by];
    return (
      <Bubble
        key={row.id}
        {...row}
        env={env}
        name={person?.name ?? ''}
        role={roleOf(env, person, conversation)}
        named={conversation?.kind === 'group' || (conversation?.kind === 'support' && view.me?.kind !== 'colleague')}
      />
    );
  }

  private empty(conversation: Conversation | undefined): JSX.Element {
    const { env, view, place } = this.props;
    const { texts } = env;
    const asks =
      (conversation ? conversation.kind === 'support' : place === 'support') && view.me?.kind !== 'colleague';
    return (
      <Empty title={asks ? texts.hello : texts.quiet} line={asks ? texts.helloLine : texts.quietLine}>
        <Faces people={facesOf(view, conversation)} />
      </Empty>
    );
  }

  private jump(conversation: Conversation | undefined): JSX.Element {
    const { env, view } = this.props;
    const me = view.me?.id;
    const count =
      conversation?.items.filter(({ seq, by, kind }) => seq > this.sighted && by !== me && kind === 'message').length ??
      0;
    const label = count ? withCount(env.texts.jumpNew, count, env.locale) : env.texts.jump;
    return (
      <button type="button" class="jump" aria-label={label} onClick={() => this.toEnd()}>
        <Icon name="down" />
        {count > 0 && <span class="count">{count}</span>}
      </button>
    );
  }

  private readonly keepScroller = (element: HTMLElement | null): void => {
    this.scroller = element;
  };

  private readonly keepContent = (element: HTMLElement | null): void => {
    this.content = element;
  };

  /** Where one begins to read: at the mark “New”, or at the end. */
  private toStart(): void {
    const { scroller, start } = this;
    if (!scroller) return;
    this.sighted = start?.read ?? 0;
    const mark = scroller.querySelector<HTMLElement>('.fresh');
    scroller.scrollTop = mark ? mark.offsetTop - 16 : scroller.scrollHeight;
    this.scrolled();
  }

  private toEnd(): void {
    if (this.scroller) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.scrolled();
  }

  private readonly scrolled = (): void => {
    const { scroller } = this;
    if (!scroller) return;
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
    if (atEnd !== this.state.atEnd) this.setState({ atEnd });
    this.askOlder(scroller);
    this.see(atEnd);
  };

  /** Holds the end in sight when sizes change under a reader who is there. */
  private settle(): void {
    const { scroller } = this;
    if (this.state.atEnd && scroller) scroller.scrollTop = scroller.scrollHeight;
    if (scroller) this.askOlder(scroller);
    this.see(this.state.atEnd);
  }

  private askOlder(scroller: HTMLElement): void {
    const { env, view, place } = this.props;
    const conversation = conversationAt(view, place);
    if (scroller.scrollTop > nearStart || view.link.state !== 'online') this.askedBefore = -1;
    else if (
      conversation?.ready &&
      conversation.more &&
      !conversation.fetching &&
      this.askedBefore !== conversation.from
    ) {
      this.askedBefore = conversation.from;
      env.act('history.older', { ref: place });
    }
  }

  private see(atEnd: boolean): void {
    const { env, view, place } = this.props;
    const conversation = conversationAt(view, place);
    const seq = conversation?.items.at(-1)?.seq ?? 0;
    if (!atEnd || !conversation?.ready) return;
    this.sighted = seq;
    if (document.visibilityState !== 'visible' || seq <= Math.max(conversation.read, this.reported)) return;
    this.reported = seq;
    env.act('conversation.seen', { ref: place, seq });
  }

  private readonly moved = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !this.scroller) return;
    const rows = [...this.scroller.querySelectorAll<HTMLElement>('.row')];
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
