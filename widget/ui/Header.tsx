import { Component, type JSX } from 'preact';
import type { Conversation, Screen, View } from '../core/view.ts';
import { withCount, withName } from '../i18n/texts.ts';
import { Faces } from './Avatar.tsx';
import { type Env, facesOf, isSocial, nameOf, presenceOf, titleOf } from './env.ts';
import { Icon } from './Icon.tsx';
import type { HeaderMenuProps } from './part-props.ts';
import { HeaderMenu } from './parts.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown; absent over the list. */
  readonly place?: string;
  /** Absent until the friend has told it. */
  readonly conversation?: Conversation | undefined;
  /** Where the way back leads, where there is one. */
  readonly back?: Screen | undefined;
}

/** The panel's head: where one is, who is there, one line of state in words, and the way out. */
export function Header({ env, view, place, conversation, back }: Props): JSX.Element {
  const { texts, act } = env;
  const title = place ? titleOf(view, place, conversation, env) : texts.list;
  const state = place ? stateOf(env, view, conversation) : linkWords(env, view);
  const about = aboutOf(env, view, conversation);
  const heading = <bdi>{title}</bdi>;
  return (
    <header class="header" part="header">
      {back && (
        <button
          type="button"
          class="tool back"
          part="tool back"
          aria-label={back.at === 'list' ? texts.back : texts.goBack}
          onClick={() => act('screen.show', back)}
        >
          <Icon name="back" />
        </button>
      )}
      <div class="subject">
        {place && (
          <Faces env={env} view={view} people={facesOf(view, conversation)} dot={conversation?.kind === 'direct'} />
        )}
        <div class="heading">
          <h2 part="title">
            {about ? (
              <button type="button" onClick={() => act('screen.show', about)}>
                {heading}
              </button>
            ) : (
              heading
            )}
          </h2>
          <p part="status" class={state === texts.online ? 'on' : undefined}>
            {state}
          </p>
        </div>
      </div>
      {isSocial(env) && !(place && back) && <PeopleTool env={env} view={view} />}
      {(env.attention || conversation?.member || (conversation?.ready && env.features.has('search'))) && (
        <More env={env} view={view} place={place} conversation={conversation} />
      )}
      {env.mode === 'bubble' && (
        <button
          type="button"
          class="tool close"
          part="tool close"
          aria-label={texts.close}
          onClick={() => act('panel.close', {})}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

/** What else there is to do here; what draws it is loaded when it is first opened. */
class More extends Component<Omit<HeaderMenuProps, 'done'>> {
  override state = { open: false };

  override render(props: this['props'], { open }: this['state']): JSX.Element {
    const done = (): void => this.setState({ open: false });
    return (
      <>
        <button
          type="button"
          class="tool"
          part="tool"
          aria-label={props.env.texts.more}
          aria-haspopup="menu"
          aria-expanded={open}
          onClick={() => this.setState({ open: !open })}
        >
          <Icon name="more" />
        </button>
        {open && <HeaderMenu {...props} done={done} />}
      </>
    );
  }
}

/** Leads to the people, and says how many wait for an answer. */
function PeopleTool({ env: { texts, act, locale }, view }: Pick<Props, 'env' | 'view'>): JSX.Element {
  const asking = Object.values(view.related).filter(({ relations }) =>
    relations.some(({ slot, own }) => slot === 'ask' && !own),
  );
  const count = asking.length + view.invites.length;
  return (
    <button type="button" class="tool" part="tool" onClick={() => act('screen.show', { at: 'people' })}>
      <Icon name="people" />
      <span class="sr">
        {texts.contacts} {count > 0 && withCount(texts.requests, count, locale)}
      </span>
      {count > 0 && (
        <span class="count" aria-hidden="true">
          {count}
        </span>
      )}
    </button>
  );
}

/** What there is to know about a conversation: the other person's card, or the group. */
function aboutOf({ features }: Env, view: View, conversation: Conversation | undefined): Screen | undefined {
  if (conversation?.kind === 'group') return features.has('groups') ? { at: 'group', id: conversation.id } : undefined;
  const [other] = conversation?.kind === 'direct' ? facesOf(view, conversation) : [];
  return other && features.has('people') ? { at: 'person', user: other.id } : undefined;
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
  if (typing !== undefined) return more.length ? texts.typingMany : withName(texts.typing, nameOf(env, view, typing));
  const inGroup =
    conversation?.kind === 'group' &&
    (conversation.members ?? conversation.people.length + Number(conversation.member));
  if (inGroup) return withCount(texts.people, inGroup, env.locale);
  if (conversation?.kind === 'direct' || view.me?.kind === 'colleague') {
    const [other] = facesOf(view, conversation);
    const { show, status } = presenceOf(env, view, other?.id) ?? {};
    if (other?.verified === false) return texts.unverified;
    return status ?? (show === 'available' ? texts.online : show === 'away' || show === 'dnd' ? texts[show] : '');
  }
  const { support } = view;
  return support ? (support.line ?? (support.available ? texts.online : texts.closed)) : '';
}
