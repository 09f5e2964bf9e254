import { Component, type JSX } from 'preact';
import { withCount } from '../i18n/texts.ts';
import type { Env } from './env.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly env: Env;
  /** The conversation that is written to. */
  readonly place: string;
}

/** UTF-16 units that a message may have, and how near to that the count is shown. */
const most = 8_000;
const near = 300;

/** Where one writes. The text stays in the field itself and, as a draft, in `env.drafts` until it is sent. */
export class Composer extends Component<Props, { length: number }> {
  override state = { length: this.draft().trim().length };
  private field: HTMLTextAreaElement | null = null;

  override componentDidMount(): void {
    this.fit();
  }

  override render({ env: { texts, locale }, place }: Props): JSX.Element {
    const { length } = this.state;
    return (
      <form class="composer" onSubmit={this.submit}>
        <textarea
          rows={1}
          dir="auto"
          maxLength={most}
          placeholder={texts.write}
          aria-label={texts.write}
          enterkeyhint="send"
          defaultValue={this.draft(place)}
          ref={(field: HTMLTextAreaElement | null) => {
            this.field = field;
          }}
          onInput={this.changed}
          onKeyDown={this.pressed}
        />
        {length > most - near && <output>{withCount(texts.remaining, most - length, locale)}</output>}
        {length > 0 && (
          <button type="submit" class="send" aria-label={texts.send}>
            <Icon name="send" />
          </button>
        )}
      </form>
    );
  }

  private draft(place = this.props.place): string {
    return this.props.env.drafts.get(place) ?? '';
  }

  private readonly changed = (): void => {
    const { env, place } = this.props;
    const text = this.field?.value ?? '';
    if (text) env.drafts.set(place, text);
    else env.drafts.delete(place);
    this.fit();
    this.setState({ length: text.trim() ? text.length : 0 });
    env.act('composer.changed', { ref: place, empty: !text.trim() });
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    // 229 is what Safari says for the Enter that ends a composition.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.submit(event);
  };

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const { field } = this;
    const text = field?.value.trim();
    if (!field || !text) return;
    const { env, place } = this.props;
    field.value = '';
    this.changed();
    env.act('message.send', { ref: place, text });
    field.focus();
  };

  private fit(): void {
    if (!this.field) return;
    const { style } = this.field;
    style.height = 'auto';
    style.height = `${this.field.scrollHeight}px`;
  }
}
