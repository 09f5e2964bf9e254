import type { JSX } from 'preact';
import type { Conversation, View } from '../core/view.ts';
import { withCount, withName } from '../i18n/texts.ts';
import { Faces } from './Avatar.tsx';
import { type Env, facesOf, nameOf, titleOf } from './env.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown; absent over the list. */
  readonly place?: string;
  /** Absent until the friend has told it. */
  readonly conversation?: Conversation | undefined;
  /** Whether there is a list to go back to. */
  readonly back?: boolean;
}

/** The panel's head: where one is, who is there, one line of state in words, and the way out. */
export function Header({ env, view, place, conversation, back }: Props): JSX.Element {
  const { texts, act } = env;
  const title = place === undefined ? texts.list : titleOf(view, place, conversation, env);
  const state = place === undefined ? linkWords(env, view) : stateOf(env, view, conversation);
  return (
    <header class="header">
      {back && (
        <button
          type="button"
          class="tool back"
          aria-label={texts.back}
          onClick={() => act('screen.show', { at: 'list' })}
        >
          <Icon name="back" />
        </button>
      )}
      {place !== undefined && <Faces people={facesOf(view, conversation)} />}
      <div class="heading">
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <p class={state === texts.online ? 'on' : undefined}>{state}</p>
      </div>
      {place === undefined && (
        <button
          type="button"
          class="tool"
          aria-label={texts.contacts}
          onClick={() => act('screen.show', { at: 'people' })}
        >
          <Icon name="people" />
        </button>
      )}
      {env.mode === 'bubble' && (
        <button type="button" class="tool close" aria-label={texts.close} onClick={() => act('panel.close', {})}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function linkWords({ texts }: Env, { link: { state, before } }: View): string {
  if (state === 'connecting' || state === 'waiting') return before ? texts.reconnecting : texts.connecting;
  return state === 'offline' || state === 'refused' ? texts.offline : '';
}

function stateOf(env: Env, view: View, conversation: Conversation | undefined): string {
  const { texts } = env;
  const words = linkWords(env, view);
  if (words) return words;
  const [typing, ...more] = conversation?.typing ?? [];
  if (typing !== undefined) return more.length ? texts.typingMany : withName(texts.typing, nameOf(view, typing));
  const inGroup = conversation?.kind === 'group' ? conversation.people.length + Number(conversation.member) : 0;
  if (inGroup > 0) return withCount(texts.people, inGroup, env.locale);
  if (conversation?.kind === 'direct' || view.me?.kind === 'colleague')
    return facesOf(view, conversation)[0]?.verified === false ? texts.unverified : '';
  if (!view.support) return '';
  return view.support.available ? texts.online : texts.away;
}
