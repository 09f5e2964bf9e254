import { Component, type JSX } from 'preact';
import { type Field, type Form, shownValue, type Values, valuesOf, wrongIn } from './form-values.ts';
import type { MessageTexts } from './message-texts.ts';

/** What stands in each field, by its id. */
export type Typed = Readonly<Record<string, string>>;

interface Props {
  /** What no other form in the panel is called. */
  readonly name: string;
  readonly form: Form;
  readonly texts: MessageTexts;
  /** It cannot be sent: there is no link, or it was sent already. */
  readonly off: boolean;
  /** What stands in it to begin with. */
  readonly typed: Typed;
  readonly onSent: (values: Values, typed: Typed) => void;
}

interface State {
  readonly typed: Typed;
  /** Once it was tried to send it, what is wrong is said while one types. */
  readonly tried: boolean;
}

/** UTF-16 units of one value. */
const most = 2_000;

/** A form under a message. What is missing or wrong is said beside its field, and the first such field gets the focus. */
export class OfferForm extends Component<Props, State> {
  override state: State = { typed: this.props.typed, tried: false };
  private element: HTMLFormElement | null = null;

  override render({ form, texts, off }: Props, { tried }: State): JSX.Element {
    return (
      <form
        class="offer-form"
        part="form"
        noValidate
        ref={(element) => {
          this.element = element;
        }}
        onSubmit={this.submit}
        // What is typed into a field moves nothing in the log.
        onKeyDown={(event) => /^Arrow|^Enter$/.test(event.key) && event.stopPropagation()}
      >
        {form.fields.map((field) => this.field(field, tried ? this.wrong(field) : undefined))}
        <button type="submit" class="choice strong" disabled={off}>
          <bdi>{form.send ?? texts.send}</bdi>
        </button>
      </form>
    );
  }

  private field(field: Field, wrong: string | undefined): JSX.Element {
    const { id, label, hint, kind, required } = field;
    const { texts, name: form } = this.props;
    const name = `${form}-${id}`;
    const beside = [hint === undefined ? '' : `${name}-hint`, wrong === undefined ? '' : `${name}-wrong`]
      .join(' ')
      .trim();
    const shared = {
      id: name,
      disabled: this.props.off,
      'aria-required': required === true,
      'aria-invalid': wrong !== undefined,
      ...(beside === '' ? {} : { 'aria-describedby': beside }),
    };
    return (
      <div key={id} class={kind === 'yes' ? 'offer-field yes' : 'offer-field'}>
        <label for={name} dir="auto">
          {label}
          {!required && kind !== 'yes' && <small> ({texts.optional})</small>}
        </label>
        {this.control(field, shared)}
        {hint !== undefined && (
          <small id={`${name}-hint`} dir="auto">
            {hint}
          </small>
        )}
        {wrong !== undefined && (
          <small id={`${name}-wrong`} class="wrong" role="alert">
            {wrong}
          </small>
        )}
      </div>
    );
  }

  private control({ id, kind, options = [] }: Field, shared: object): JSX.Element {
    const value = this.state.typed[id] ?? '';
    const onInput = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void =>
      this.type(id, currentTarget.value);
    if (kind === 'long')
      return <textarea {...shared} rows={3} dir="auto" maxLength={most} value={value} onInput={onInput} />;
    if (kind === 'yes') {
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value !== ''}
          onChange={({ currentTarget }) => this.type(id, currentTarget.checked ? 'on' : '')}
        />
      );
    }
    if (kind === 'choice') {
      return (
        <select {...shared} value={value} onInput={onInput}>
          <option value="">{this.props.texts.pick}</option>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
      );
    }
    const line = { ...shared, dir: 'auto', maxLength: most, value, onInput } as const;
    if (kind === 'email') return <input type="email" {...line} />;
    if (kind === 'tel') return <input type="tel" {...line} />;
    if (kind === 'date') return <input type="date" {...line} />;
    if (kind === 'number') return <input type="text" inputMode="decimal" {...line} />;
    return <input type="text" {...line} />;
  }

  private type(id: string, text: string): void {
    this.setState(({ typed }) => ({ typed: { ...typed, [id]: text } }));
  }

  private wrong(field: Field): string | undefined {
    return wrongIn(field, this.state.typed[field.id] ?? '', this.props.texts);
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const { form, off, onSent } = this.props;
    const { typed } = this.state;
    if (off) return;
    const first = form.fields.findIndex((field) => this.wrong(field) !== undefined);
    if (first < 0) return onSent(valuesOf(form.fields, typed), typed);
    this.setState({ tried: true });
    this.element?.querySelectorAll<HTMLElement>('input, textarea, select')[first]?.focus();
  };
}

/** What was filled into a form, once it was sent. */
export function Answered(props: {
  readonly form: Form;
  readonly values: unknown;
  readonly texts: MessageTexts;
}): JSX.Element {
  const { form, values, texts } = props;
  const given = Object(values) as Record<string, unknown>;
  return (
    <dl class="offer-form answered" aria-label={texts.answered}>
      {form.fields.map((field) => (
        <div key={field.id} dir="auto">
          <dt>{field.label}</dt>
          <dd>
            <bdi>{shownValue(field, given[field.id], texts)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
