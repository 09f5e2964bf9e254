import { Component, type JSX } from 'preact';
import type { Composing } from '../../core/view.ts';
import { withName } from '../../i18n/texts.ts';
import strip from '../../theme/message-strip.css?inline';
import { Glyph } from '../message/Glyph.tsx';
import { messageTexts } from '../message/message-texts.ts';
import { heldAt, lineOf, speakerOf } from '../message/quoted.ts';
import type { ComposerPart } from '../part-props.ts';

/** Its own part of the style sheet. */
export const css = strip;

type Props = ComposerPart & { readonly about: Composing };

/** What one answers or alters, and the way out of it: by its cross, or by Escape in the field. */
export class Part extends Component<Props> {
  override componentDidMount(): void {
    this.props.field.addEventListener('keydown', this.pressed);
    this.findLast();
  }

  override componentDidUpdate(): void {
    this.findLast();
  }

  override componentWillUnmount(): void {
    this.props.field.removeEventListener('keydown', this.pressed);
  }

  override render({ env, view, place, about }: Props): JSX.Element | null {
    const texts = messageTexts(env);
    const seq = about.edit ?? about.reply;
    if (!seq) return null;
    const message = heldAt(view, place, seq);
    const isEdit = about.edit !== undefined;
    const title = isEdit ? texts.editing : withName(texts.replying, speakerOf(env, view, message?.by ?? ''));
    return (
      <div class="strip" part="strip" role="status">
        <Glyph name={isEdit ? 'edit' : 'reply'} />
        <div>
          <b dir="auto">{title}</b>
          {message && <p dir="auto">{lineOf(env, message)}</p>}
        </div>
        <button type="button" class="tool" aria-label={texts.stop} title={texts.stop} onClick={this.stop}>
          <Glyph name="close" />
        </button>
      </div>
    );
  }

  /** Where it is not said which one is altered, it is one's last. */
  private findLast(): void {
    const { env, view, place, conversation, about, field } = this.props;
    if (about.edit !== 0) return;
    // Meanwhile one writes something else.
    if (field.value !== '') return this.stop();
    const own = conversation?.items.findLast((item) => item.by === view.me?.id && 'text' in item && item.text);
    if (own?.kind === 'message') env.act('compose', { ref: place, edit: own.seq, text: own.text });
    else this.stop();
  }

  private readonly stop = (): void => this.props.env.act('compose', undefined);

  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    this.stop();
  };
}
