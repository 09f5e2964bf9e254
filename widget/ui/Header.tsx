import type { JSX } from 'preact';
import type { View } from '../core/view.ts';
import { withCount, withName } from '../i18n/texts.ts';
import { Faces } from './Avatar.tsx';
import { conversationAt, type Env, facesOf, nameOf, titleOf } from './env.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown; absent over the list. */
  readonly place: string | undefined;
  /** Whether there is a list to go back to. */
  readonly back: boolean;
}

/** The panel's head: where one is, who is there, one line of state in words, and the way out. */
export function Header({ env, view, place, back }: Props): JSX.Element {
  const { texts, act } = env;
  const title = place === undefined ? texts.list : titleOf(view, place, env);
  const state = place === undefined ? linkWords(env, view) : stateOf(env, view, place);
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
      {place !== undefined && <Faces people={facesOf(view, conversationAt(view, place))} />}
      <div class="heading">
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <p class={state === texts.online ? 'on' : undefined}>{state}</p>
      </div>
      {env.mode === 'bubble' && (
        <button type="button" class="tool close" aria-label={texts.close} onClick={() => act('panel.close', {})}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function linkWords({ texts }: Env, { link }: View): string {
  if (link.state === 'connecting' || link.state === 'waiting')
    return link.before ? texts.reconnecting : texts.connecting;
  return link.state === 'offline' || link.state === 'refused' ? texts.offline : '';
}

function stateOf(env: Env, view: View, place: string): string {
  const { texts } = env;
  const words = linkWords(env, view);
  if (words) return words;
  const conversation = conversationAt(view, place);
  const [typing, ...more] = conversation?.typing ?? [];
  if (more.length > 0) return texts.typingMany;
  if (typing !== undefined) return withName(texts.typing, nameOf(view, typing));
  const faces = facesOf(view, conversation);
  const [face] = faces;
  if (conversation?.kind === 'group') return withCount(texts.people, conversation.people.length, env.locale);
  if (conversation?.kind === 'direct' || view.me?.kind === 'colleague')
    return face && !face.verified ? texts.unverified : '';
  if (view.support === undefined) return '';
  return view.support.available ? texts.online : texts.away;
}
