import { Component, type JSX } from 'preact';
import { extrasOf } from '../../core/extras.ts';
import content from '../../theme/message-content.css?inline';
import { nameOf } from '../env.ts';
import { later } from '../later.tsx';
import type { RichProps } from '../part-props.ts';
import { Formatted } from './Formatted.tsx';
import { formatted } from './formatting.ts';
import type { Names } from './inlines.ts';
import { Quote } from './Quote.tsx';
import { Rendered } from './Rendered.tsx';

export { Below } from './Below.tsx';
export { Line } from './Line.tsx';

/** Its own part of the style sheet. */
export const css = content;

/** The files of a message: most have none. */
const FileList = later(() => import('../files/FileList.tsx'));

/** The words of a message with what they mean, under the message that they answer and above its files. */
export class Part extends Component<RichProps> {
  private words: { readonly of: string; readonly drawn: JSX.Element } | undefined;

  override render(props: RichProps): JSX.Element {
    const { env, view, place } = props;
    const { reply, custom } = extrasOf(props);
    return (
      <>
        {reply !== undefined && <Quote env={env} view={view} place={place} seq={reply} />}
        {custom && env.renderers?.has(custom.type) ? (
          <Rendered {...props} {...custom}>
            {this.said(props)}
          </Rendered>
        ) : (
          this.said(props)
        )}
        {Object(props.extras).files && <FileList {...props} />}
      </>
    );
  }

  /** Read again only when the words are other ones: it is drawn with every change of the view. */
  private said(props: RichProps): JSX.Element {
    const { env, view, text } = props;
    const named = (extrasOf(props).mentions ?? []).map((user): [string, string] => [user, nameOf(env, view, user)]);
    const names: Names = new Map(named);
    const of = [text, view.me?.id, ...named.flat()].join('\n');
    if (this.words?.of !== of) {
      const onPerson = env.features.has('people')
        ? (user: string) => env.act('screen.show', { at: 'person', user })
        : undefined;
      const blocks = formatted(text, names);
      this.words = { of, drawn: <Formatted blocks={blocks} me={view.me?.id} onPerson={onPerson} /> };
    }
    return this.words.drawn;
  }
}
