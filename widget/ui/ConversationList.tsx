import { Component, type JSX } from 'preact';
import type { Conversation, View } from '../core/view.ts';
import { enSearch } from '../i18n/en-search.ts';
import list from '../theme/list.css?inline';
import rows from '../theme/rows.css?inline';
import search from '../theme/search.css?inline';
import { briefIn } from './brief.ts';
import { type Env, titleOf } from './env.ts';
import { holds, wordsOf } from './folded.ts';
import { later } from './later.tsx';
import { ConversationRow } from './list/ConversationRow.tsx';
import { Empty, Loading } from './Words.tsx';

export interface Props {
  readonly env: Env;
  readonly view: View;
  /** The id of the conversation that is shown beside the list. */
  readonly shown: string | undefined;
  readonly onChosen: () => void;
}

interface State {
  readonly needle: string;
}

/** The list's own part of the style sheet. */
export const css = list + rows;

const FoundMessages = later(() => import('./search/Found.tsx'));

/** All conversations: those that are pinned, then the most recently used first, and those put away below. */
export class Part extends Component<Props, State> {
  override state: State = { needle: '' };
  private readonly brief = briefIn(this.props.env.locale, this.props.env.times);

  override render({ env, view }: Props, { needle }: State): JSX.Element {
    const { texts, act } = env;
    env.adopt(search);
    const words = env.words('search', enSearch);
    if (!view.listed && view.list.length === 0) return <Loading rows words={texts.slow} />;
    if (view.list.length === 0) return <Empty title={texts.noneYet} line={texts.noneYetLine} />;
    return (
      <>
        <input
          type="search"
          class="find in-list"
          part="search"
          aria-label={words.find}
          placeholder={words.find}
          maxLength={100}
          value={needle}
          onInput={({ currentTarget }) => this.setState({ needle: currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || needle === '') return;
            event.stopPropagation();
            this.setState({ needle: '' });
          }}
        />
        <nav
          class="list"
          part="list"
          aria-label={texts.list}
          onKeyDown={this.moved}
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            if (scrollHeight - scrollTop - clientHeight < 200) act('list.more', {});
          }}
        >
          {needle.trim() === '' ? this.whole() : this.found(needle)}
        </nav>
      </>
    );
  }

  private get conversations(): readonly Conversation[] {
    const { view } = this.props;
    return view.list.flatMap((id) => view.conversations[id] ?? []);
  }

  private whole(): JSX.Element {
    const { env } = this.props;
    const words = env.words('search', enSearch);
    // Whoever writes brings his conversation back.
    const isAway = ({ archived, unread }: Conversation): boolean => archived === true && unread === 0;
    const away = this.conversations.filter(isAway);
    const here = this.conversations.filter((one) => !isAway(one));
    return (
      <>
        <ul aria-label={env.texts.list}>{here.map(this.row)}</ul>
        {away.length > 0 && (
          <details class="archived fold">
            <summary>
              {words.archived} <span class="amount">{away.length}</span>
            </summary>
            <ul aria-label={words.archived}>{away.map(this.row)}</ul>
          </details>
        )}
      </>
    );
  }

  private found(needle: string): JSX.Element {
    const { env, view } = this.props;
    const words = env.words('search', enSearch);
    const wanted = wordsOf(needle);
    const fitting = this.conversations.filter((one) =>
      holds(`${titleOf(view, one.id, one, env)} ${one.line?.text ?? ''}`, wanted),
    );
    const isOn = env.features.has('search');
    return (
      <>
        {fitting.length > 0 && (
          <>
            <h3 class="part">{words.conversations}</h3>
            <ul aria-label={words.conversations}>{fitting.map(this.row)}</ul>
          </>
        )}
        {isOn && (
          <>
            <h3 class="part">{env.texts.messages}</h3>
            <FoundMessages
              env={env}
              view={view}
              needle={needle}
              onChosen={({ conversation, seq }) => {
                this.open(conversation);
                env.act('history.reach', { ref: conversation, seq });
              }}
            />
          </>
        )}
        {!isOn && fitting.length === 0 && <Empty title={words.none} line={words.noneLine} />}
      </>
    );
  }

  private readonly row = (conversation: Conversation): JSX.Element => {
    const { env, view, shown } = this.props;
    const { id, at } = conversation;
    return (
      <ConversationRow
        key={id}
        env={env}
        view={view}
        conversation={conversation}
        moment={at > 0 ? this.brief(at, env.now() + view.clockOffset) : ''}
        isShown={id === shown}
        onClick={() => this.open(id)}
      />
    );
  };

  private open(id: string): void {
    this.props.onChosen();
    this.props.env.act('screen.show', { at: 'conversation', ref: id });
  }

  /** Arrow keys go from row to row. */
  private readonly moved = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const { currentTarget, target } = event;
    if (!step || !(currentTarget instanceof Element) || !(target instanceof Element)) return;
    const stops = [...currentTarget.querySelectorAll<HTMLElement>('.entry, summary, .hit')].filter((stop) =>
      stop.checkVisibility(),
    );
    const at = stops.findIndex((stop) => stop === target || stop.parentElement?.contains(target));
    event.preventDefault();
    stops[at + step]?.focus();
  };
}
