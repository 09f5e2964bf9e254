import { Component, type JSX } from 'preact';
import type { Conversation, View } from '../core/view.ts';
import { withCount } from '../i18n/texts.ts';
import list from '../theme/list.css?inline';
import rows from '../theme/rows.css?inline';
import { Faces } from './Avatar.tsx';
import { briefIn } from './brief.ts';
import { type Env, facesOf, titleOf } from './env.ts';
import { Empty, Loading } from './Words.tsx';

export interface Props {
  readonly env: Env;
  readonly view: View;
  /** The id of the conversation that is shown beside the list. */
  readonly shown: string | undefined;
  readonly onChosen: () => void;
}

/** The list's own part of the style sheet. */
export const css = list + rows;

/** All conversations, the most recently used first. */
export class Part extends Component<Props> {
  private readonly brief = briefIn(this.props.env.locale, this.props.env.times);

  override render({ env, view, shown, onChosen }: Props): JSX.Element {
    const { texts, act } = env;
    if (!view.listed && view.list.length === 0) return <Loading rows words={texts.slow} />;
    if (view.list.length === 0) return <Empty title={texts.noneYet} line={texts.noneYetLine} />;
    const now = env.now() + view.clockOffset;
    return (
      <ul
        class="list"
        aria-label={texts.list}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          if (scrollHeight - scrollTop - clientHeight < 200) act('list.more', {});
        }}
      >
        {view.list.map((id) => {
          const conversation = view.conversations[id];
          if (!conversation) return null;
          return (
            <li key={id}>
              <button
                type="button"
                class="entry"
                aria-current={id === shown}
                onClick={() => {
                  onChosen();
                  act('screen.show', { at: 'conversation', ref: id });
                }}
              >
                <Faces
                  env={env}
                  view={view}
                  people={facesOf(view, conversation)}
                  dot={conversation.kind === 'direct'}
                />
                <span class="top">
                  <b>
                    <bdi>{titleOf(view, id, conversation, env)}</bdi>
                  </b>
                  <time>{conversation.at > 0 && this.brief(conversation.at, now)}</time>
                </span>
                <span class="under">
                  <span>
                    {speakerOf(env, view, conversation)}
                    <bdi>{conversation.line?.text}</bdi>
                  </span>
                  {conversation.unread > 0 && (
                    <span class="count">
                      <bdi aria-hidden="true">{conversation.unread > 98 ? '99+' : conversation.unread}</bdi>
                      <span class="sr">{withCount(texts.unread, conversation.unread, env.locale)}</span>
                    </span>
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    );
  }
}

function speakerOf({ texts }: Env, view: View, { line, people }: Conversation): string {
  if (!line) return '';
  if (line.by === view.me?.id) return `${texts.you}: `;
  const name = people.length > 2 && people.find(({ id }) => id === line.by)?.name;
  return name ? `${name}: ` : '';
}
