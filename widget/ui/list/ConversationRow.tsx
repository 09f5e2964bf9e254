import type { JSX } from 'preact';
import type { Conversation, View } from '../../core/view.ts';
import { enSearch } from '../../i18n/en-search.ts';
import { withCount } from '../../i18n/texts.ts';
import { Faces } from '../Avatar.tsx';
import { type Env, facesOf, titleOf } from '../env.ts';
import { lineOf } from '../message/quoted.ts';
import { RowMenu } from './RowMenu.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly conversation: Conversation;
  /** When it was last used, as short as it can be said. */
  readonly moment: string;
  /** It is shown beside the list. */
  readonly isShown: boolean;
  readonly onClick: () => void;
}

/** One conversation of the list: who is in it, what was said last, and what waits to be read. */
export function ConversationRow({ env, view, conversation, moment, isShown, onClick }: Props): JSX.Element {
  const { texts } = env;
  const words = env.words('search', enSearch);
  const { line, unread, pinned } = conversation;
  const title = titleOf(view, conversation.id, conversation, env);
  const isMuted = (conversation.mutedUntil ?? 0) > env.now() + view.clockOffset;
  return (
    <li class="conversation">
      <button type="button" class="entry" part="conversation" aria-current={isShown} onClick={onClick}>
        <Faces env={env} view={view} people={facesOf(view, conversation)} dot={conversation.kind === 'direct'} />
        <span class="top">
          <b>
            <bdi>{title}</bdi>
          </b>
          {isMuted && <Sign path="M5 9.5v5h3.5l4.5 4v-13l-4.5 4Zm12 .5 4 4m0-4-4 4" label={words.muted} />}
          {pinned && <Sign path="M9 4h6l-.8 6.2 3.3 3.3h-11l3.3-3.3Zm5.5 3.5V20" label={words.pinned} />}
          <time>{moment}</time>
        </span>
        <span class="under">
          <span>
            {speakerOf(env, view, conversation)}
            <bdi>{line && lineOf(env, line)}</bdi>
          </span>
          {unread > 0 && (
            <span class={isMuted ? 'count muted' : 'count'}>
              <bdi aria-hidden="true">{unread > 98 ? '99+' : unread}</bdi>
              <span class="sr">{withCount(texts.unread, unread, env.locale)}</span>
            </span>
          )}
        </span>
      </button>
      {conversation.member && <RowMenu env={env} conversation={conversation} title={title} isMuted={isMuted} />}
    </li>
  );
}

function Sign({ path, label }: { readonly path: string; readonly label: string }): JSX.Element {
  return (
    <>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} />
      </svg>
      <span class="sr">{label}</span>
    </>
  );
}

function speakerOf({ texts }: Env, view: View, { line, people }: Conversation): string {
  if (!line) return '';
  if (line.by === view.me?.id) return `${texts.you}: `;
  const name = people.length > 2 && people.find(({ id }) => id === line.by)?.name;
  return name ? `${name}: ` : '';
}
