import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { holds, wordsOf } from '../../../widget/ui/folded.ts';
import { Dialog } from './Dialog.tsx';

/** One thing that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** What else there is to say of it, in one line. */
  readonly line?: string;
  readonly off?: boolean;
}

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly none: string;
  readonly choices: readonly Choice[];
  readonly onChosen: (id: string) => void;
  readonly onDone: () => void;
}

/** A list of which one types the beginning: arrows go through it, Enter chooses (ARIA combobox with a list). */
export function Choose({ title, hint, none, choices, onChosen, onDone }: Props): JSX.Element {
  const [needle, setNeedle] = useState('');
  const [at, setAt] = useState(0);
  const wanted = wordsOf(needle);
  const fitting = choices.filter(({ label, line = '' }) => needle.trim() === '' || holds(`${label} ${line}`, wanted));
  const current = Math.min(at, fitting.length - 1);
  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined || choice.off) return;
    onDone();
    onChosen(choice.id);
  };
  const moved = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && !event.isComposing) choose(fitting[current]);
    else if (step !== undefined) setAt((current + step + fitting.length) % Math.max(1, fitting.length));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label={title} onDone={onDone} kind="choose">
      <h2>{title}</h2>
      <input
        autofocus
        type="text"
        class="find"
        role="combobox"
        aria-expanded="true"
        aria-controls="choices"
        aria-autocomplete="list"
        aria-label={title}
        aria-activedescendant={fitting.length === 0 ? undefined : `choice-${current}`}
        placeholder={hint}
        maxLength={100}
        value={needle}
        onInput={({ currentTarget }) => {
          setNeedle(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={moved}
      />
      <div id="choices" class="choices" role="listbox" aria-label={title}>
        {fitting.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and takes the keys
          <div
            key={choice.id}
            id={`choice-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            aria-disabled={choice.off}
            ref={(element) => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' });
            }}
            onClick={() => choose(choice)}
          >
            <b>
              <bdi>{choice.label}</bdi>
            </b>
            {choice.line && <span dir="auto">{choice.line}</span>}
          </div>
        ))}
      </div>
      <p class="quiet" role="status">
        {fitting.length === 0 ? none : ''}
      </p>
    </Dialog>
  );
}
