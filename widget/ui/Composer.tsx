import { Component, type JSX } from 'preact';
import type { Composing } from '../core/view.ts';
import { withCount } from '../i18n/texts.ts';
import { Icon } from './Icon.tsx';
import type { ChosenFile, ComposerProps, Naming } from './part-props.ts';
import { Chosen, ComposerStrip, EmojiGrid, Mentions } from './parts.tsx';

interface State {
  readonly length: number;
  /** The part that is open. */
  readonly part?: 'emoji' | 'names' | undefined;
  /** What was chosen, pasted or dropped last; none while it is still held over the panel. */
  readonly given?: readonly File[];
  /** What was sent last could not be kept, and stands here again. */
  readonly failed?: boolean;
}

/** UTF-16 units that a message may have, and how near to that the count is shown. */
const most = 8_000;
const near = 300;

/** Where one writes. The text stays in the field itself and, as a draft, in `env.drafts` until it is sent. */
export class Composer extends Component<ComposerProps, State> {
  override state: State = { length: this.#draft().trim().length };
  #field: HTMLTextAreaElement | null = null;
  readonly #naming: Naming = {};
  /** What goes along with the next message. */
  readonly #chosen = new Set<ChosenFile>();
  /** What stands here is on its way into the outbox. */
  #leaving = false;

  override componentDidMount(): void {
    this.#begin(undefined);
    if (!this.props.env.features.has('files')) return;
    const pane = this.#field?.closest('.pane');
    for (const by of ['change', 'paste', 'dragover', 'drop']) pane?.addEventListener(by, this.#given);
  }

  override componentDidUpdate(before: ComposerProps): void {
    if (before.view.composing !== this.props.view.composing) this.#begin(before.view.composing);
  }

  override render(
    { env, view, place, conversation }: ComposerProps,
    { length, part, given, failed }: State,
  ): JSX.Element {
    const { texts, locale } = env;
    const field = this.#field;
    const about = this.#about;
    const beside = field && { env, view, place, conversation, field, insert: this.#insert, done: this.#done };
    return (
      <form class="composer" part="composer" onSubmit={this.#submit}>
        {beside && (
          <>
            {given && (
              <Chosen {...beside} given={given} chosen={this.#chosen} changed={this.#measure} leaving={this.#leaving} />
            )}
            {about && <ComposerStrip {...beside} about={about} />}
            {part === 'emoji' && <EmojiGrid {...beside} />}
            {part === 'names' && <Mentions {...beside} naming={this.#naming} />}
          </>
        )}
        {env.features.has('files') && (
          <label class="tool attach" part="tool attach">
            <input type="file" class="sr" multiple aria-label={texts.attach} />
            <Icon name="attach" />
          </label>
        )}
        <textarea
          part="field"
          rows={1}
          dir={length > 0 ? 'auto' : undefined}
          maxLength={most}
          placeholder={texts.write}
          aria-label={texts.write}
          enterkeyhint="send"
          defaultValue={this.#draft()}
          ref={(element: HTMLTextAreaElement | null) => {
            this.#field = element;
          }}
          onInput={this.#changed}
          onKeyDown={this.#pressed}
        />
        {(failed || length > most - near) && (
          <output>{failed ? texts.failed : withCount(texts.remaining, most - length, locale)}</output>
        )}
        {env.features.has('reactions') && (
          <button
            type="button"
            class="tool emoji"
            part="tool emoji"
            aria-label={texts.emoji}
            aria-expanded={part === 'emoji'}
            onClick={() => this.setState({ part: part === 'emoji' ? undefined : 'emoji' })}
          >
            <Icon name="emoji" />
          </button>
        )}
        {length + this.#chosen.size > 0 && (
          <button type="submit" class="send" part="send" aria-label={texts.send}>
            <Icon name="send" />
          </button>
        )}
      </form>
    );
  }

  /** What is answered or altered here. */
  get #about(): Composing | undefined {
    const { place, view } = this.props;
    return view.composing?.ref === place ? view.composing : undefined;
  }

  #begin(before: Composing | undefined): void {
    const field = this.#field;
    const about = this.#about;
    if (!field) return;
    if (about?.text !== undefined) field.value = about.text;
    else if (before?.edit) field.value = this.#draft();
    if (about || before) field.focus({ preventScroll: true });
    this.#measure();
  }

  #draft(): string {
    const { env, place } = this.props;
    return env.drafts.get(place) ?? '';
  }

  readonly #insert = (text: string, back = 0): void => {
    const field = this.#field;
    if (!field) return;
    field.setRangeText(text, Math.max(0, field.selectionStart - back), field.selectionEnd, 'end');
    field.focus({ preventScroll: true });
    this.#changed();
  };

  readonly #done = (): void => this.setState({ part: undefined });

  /** Files come to the panel. What shows them is loaded with the first. */
  readonly #given = (event: Event): void => {
    const { clipboardData, dataTransfer, target } = event as ClipboardEvent &
      DragEvent & { readonly target: HTMLInputElement };
    const from = clipboardData ?? dataTransfer ?? target;
    // What is copied out of a document comes as words, and as a picture of them.
    if (!/^(?!.*rtf).*\bfiles?\b/i.test('types' in from ? from.types.join() : from.type)) return;
    event.preventDefault();
    this.setState({ given: [...(from.files ?? [])] });
    if (from === target) target.value = '';
  };

  readonly #changed = (): void => {
    const { env, place, conversation } = this.props;
    const text = this.#field?.value ?? '';
    if (!this.#about?.edit) {
      if (text) env.drafts.set(place, text);
      else env.drafts.delete(place);
    }
    this.#measure();
    if (conversation?.kind === 'group' && /(^|\s)@$/.test(text.slice(0, this.#field?.selectionStart))) {
      this.setState({ part: 'names' });
    }
    env.act('composer.changed', { ref: place, empty: !text.trim() });
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const { env, place } = this.props;
    // Which message that is, the strip finds out.
    if (event.key === 'ArrowUp' && !this.#field?.value) return env.act('compose', { ref: place, edit: 0 });
    // 229 is what Safari says for the Enter that ends a composition.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#submit(event);
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const field = this.#field;
    field?.focus();
    const about = this.#about;
    const chosen = this.#chosen;
    const naming = this.#naming;
    const text = field?.value.trim() ?? '';
    // As long as it is not found which one is altered, none is.
    const { edit: seq, reply } = about ?? {};
    if (!field || this.#leaving || !(text || (chosen.size > 0 && !seq))) return;
    const { env, place, view } = this.props;
    const files = seq ? [] : [...chosen];
    const { named } = naming;
    naming.named = undefined;
    const left = (isKept: boolean): void => {
      this.#leaving = false;
      if (!isKept) {
        naming.named ??= named;
        return this.setState({ failed: true });
      }
      for (const one of files) chosen.delete(one);
      if (this.#draft().trim() === text) env.drafts.delete(place);
      // Away meanwhile, or another message is altered here.
      if (!this.#field || (this.#about?.edit && !seq)) return;
      // What was written since then stays.
      this.#field.value = this.#field.value.replace(text, '').trim();
      this.#changed();
      this.#done();
      if (about && about === this.#about) env.act('compose', undefined);
    };
    if (seq) {
      const conversation = view.refs[place] ?? place;
      env.act('wish', { type: 'message.edit', body: { conversation, seq, text } });
    } else {
      this.#leaving = files.length > 0;
      const along = this.#leaving ? { files: files.map(({ ready }) => ready), left } : {};
      env.act('message.send', { ref: place, text, reply, mentions: named?.in(text), ...along });
    }
    if (!this.#leaving) left(true);
    this.forceUpdate();
  };

  /** Lets the field be as high as what stands in it. */
  readonly #measure = (): void => {
    const field = this.#field;
    if (!field) return;
    const { style, value } = field;
    // Where CSS does it, no letter forces a layout.
    if (!CSS.supports('field-sizing', 'content')) {
      style.height = 'auto';
      style.height = `${field.scrollHeight}px`;
    }
    this.setState({ length: value.trim() ? value.length : 0, failed: false });
  };
}
