import { Component, type JSX } from 'preact';
import { withCount } from '../i18n/texts.ts';
import { Avatar } from './Avatar.tsx';
import { isFewEmoji } from './few-emoji.ts';
import { Icon } from './Icon.tsx';
import type { BubbleProps } from './part-props.ts';
import { Below, Content } from './parts.tsx';
import { Word } from './Words.tsx';

/** One message. It is drawn again only when something in its own row has changed. */
export class Bubble extends Component<BubbleProps> {
  override shouldComponentUpdate(next: BubbleProps): boolean {
    return Object.keys(next).some((key) => next[key as keyof BubbleProps] !== this.props[key as keyof BubbleProps]);
  }

  override render(props: BubbleProps): JSX.Element {
    const { env, own, first, last, name, progress } = props;
    const { view, text } = props;
    const rich = view && !props.deleted && { ...props, view };
    const side = own ? 'own' : 'other';
    const shape = `${side}${first ? ' first' : ''}${last ? ' last' : ''}${props.live ? ' live' : ''}${props.sought ? ' sought' : ''}`;
    return (
      <article part={`message ${side}`} class={`row ${shape} ${progress ?? ''}`} tabIndex={-1}>
        {props.named && first && !own && (
          <div class="name" part="author">
            {this.#card(<bdi>{name}</bdi>)}
            {props.role !== '' && <span> · {props.role}</span>}
          </div>
        )}
        {!own && last && this.#card(<Avatar id={props.by ?? ''} name={name} src={env.picture(props.avatar)} />, true)}
        <div
          part={`bubble ${side}`}
          class={props.deleted ? 'bubble gone' : isFewEmoji(text) ? 'bubble big' : 'bubble'}
          dir="auto"
        >
          <span class="sr" dir="auto">
            {own ? env.texts.you : name}:{' '}
          </span>
          {props.deleted ? env.texts.deleted : rich ? <Content {...rich} /> : text}
        </div>
        {rich && <Below {...rich} />}
        {(last || props.edited) && this.#meta(props)}
      </article>
    );
  }

  /** By a tap, who it is. Not a stop for the Tab key: the head of the conversation leads there too. */
  #card(face: JSX.Element, hidden = false): JSX.Element {
    const { env, by } = this.props;
    if (!by || by === 'friend' || !env.features.has('people')) return face;
    return (
      <button
        type="button"
        class="who"
        tabIndex={-1}
        aria-hidden={hidden}
        onClick={() => env.act('screen.show', { at: 'person', user: by })}
      >
        {face}
      </button>
    );
  }

  #meta({ env: { texts, act, times, locale }, progress, readers, at, id, edited }: BubbleProps): JSX.Element {
    if (progress === 'failed')
      return (
        <div class="meta" part="meta">
          <Icon name="failed" /> {texts.failed} <Word text={texts.retry} onClick={() => act('message.retry', { id })} />{' '}
          · <Word text={texts.discard} onClick={() => act('message.discard', { id })} />
        </div>
      );
    return (
      <div class="meta" part="meta">
        {edited && `${texts.edited} · `}
        <time>{times.clock(at)}</time>
        {progress && <Icon name={progress === 'sending' ? 'waiting' : progress} />}
        {progress && (
          <span class={readers ? undefined : 'sr'}>
            {readers ? withCount(texts.readBy, readers, locale) : texts[progress]}
          </span>
        )}
      </div>
    );
  }
}
