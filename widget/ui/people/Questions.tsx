import { Component, type JSX } from 'preact';
import type { Env } from '../env.ts';
import { Sheet } from '../Sheet.tsx';
import { peopleTexts } from './people-texts.ts';

interface ConfirmProps {
  readonly env: Env;
  /** What will happen, in words. */
  readonly words: string;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onDone: () => void;
}

/** Asks once more before something that is not easily undone. */
export function Confirm({ env, words, yes, onYes, onDone }: ConfirmProps): JSX.Element {
  return (
    <Choices
      env={env}
      label={yes}
      words={words}
      choices={[{ label: yes, danger: true, onChosen: onYes }]}
      onDone={onDone}
    />
  );
}

/** One thing that can be chosen. */
export interface Choice {
  readonly label: string;
  /** What it comes to. */
  readonly line?: string;
  readonly danger?: boolean;
  readonly chosen?: boolean;
  readonly onChosen: () => void;
}

interface ChoicesProps {
  readonly env: Env;
  readonly label: string;
  readonly words?: string;
  readonly choices: readonly Choice[];
  readonly onDone: () => void;
}

/** One of a few things, or none of them. */
export function Choices({ env, label, words, choices, onDone }: ChoicesProps): JSX.Element {
  return (
    <Sheet label={label} onDone={onDone}>
      <h3>{label}</h3>
      {words && <p>{words}</p>}
      <div class="acts column">
        {choices.map((choice) => (
          <button
            key={choice.label}
            type="button"
            class={choice.danger ? `do ${choices.length > 1 ? 'warn' : 'danger'}` : 'do'}
            aria-pressed={choice.chosen}
            onClick={() => {
              onDone();
              choice.onChosen();
            }}
          >
            {choice.label}
            {choice.line && <small>{choice.line}</small>}
          </button>
        ))}
        <button type="button" class="do plain" onClick={onDone}>
          {peopleTexts(env).cancel}
        </button>
      </div>
    </Sheet>
  );
}

interface WriteProps {
  readonly env: Env;
  readonly label: string;
  readonly words: string;
  readonly yes: string;
  readonly value?: string;
  /** UTF-16 units. */
  readonly most: number;
  /** Several lines. */
  readonly long?: boolean;
  readonly onWritten: (text: string) => void;
  readonly onDone: () => void;
}

/** Asks for a few words. */
export class Write extends Component<WriteProps, { readonly text: string }> {
  override state = { text: this.props.value ?? '' };

  override render({ env, label, words, yes, most, long, onWritten, onDone }: WriteProps, { text }: { text: string }) {
    const field = {
      class: 'field',
      dir: 'auto',
      'aria-label': words,
      maxLength: most,
      value: text,
      onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
        this.setState({ text: currentTarget.value }),
    } as const;
    return (
      <Sheet label={label} onDone={onDone}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === '') return;
            onDone();
            onWritten(text.trim());
          }}
        >
          <h3>{label}</h3>
          <p>{words}</p>
          {long ? <textarea rows={3} {...field} /> : <input {...field} />}
          <div class="acts column">
            <button type="submit" class="do strong" disabled={text.trim() === ''}>
              {yes}
            </button>
            <button type="button" class="do plain" onClick={onDone}>
              {peopleTexts(env).cancel}
            </button>
          </div>
        </form>
      </Sheet>
    );
  }
}
