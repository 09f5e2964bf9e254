import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface Props<T extends string> {
  readonly label: string;
  readonly options: readonly T[];
  readonly chosen: T;
  readonly onChoose: (option: T) => void;
  /** What an option is called; its own name where absent. */
  readonly words?: Partial<Readonly<Record<T, string>>>;
  /** A picture of an option, before its name. */
  readonly sample?: (option: T) => ComponentChildren;
  /** The label is there for screen readers alone. */
  readonly quiet?: boolean;
}

/** One of a few: radio buttons, so the arrow keys go between them. */
export function Choice<T extends string>(props: Props<T>): JSX.Element {
  const { label, options, chosen, onChoose, words, sample, quiet } = props;
  const name = useId();
  return (
    <fieldset class="choice">
      <legend class={quiet ? 'sr' : undefined}>{label}</legend>
      <div class="options">
        {options.map((option) => (
          <label key={option} class="option">
            <input type="radio" name={name} checked={option === chosen} onChange={() => onChoose(option)} />
            <span>
              {sample?.(option)}
              {words?.[option] ?? capital(option)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
