import { formatHex, parse } from 'culori';
import type { JSX, TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { type Scheme, schemes } from '../../../widget/theme/derived.ts';
import type { ColorName } from '../../../widget/theme/tokens.ts';
import { refusalOf } from '../../../widget/theme/values.ts';
import { valueIn, withValue, withValueIn } from '../theme/editing.ts';
import { colorWords } from '../theme/words.ts';
import { ResetButton } from './ResetButton.tsx';
import type { Tools } from './tools.ts';

interface Props extends Tools {
  readonly name: ColorName;
  /** In both schemes where absent. */
  readonly scheme?: Scheme;
  /** Another label than its name. */
  readonly label?: string;
}

/** One colour: a well, its value as text, and what it is by itself where nothing is set. */
export function ColorRow({ studio, looks, name, scheme, label = colorWords[name] }: Props): JSX.Element {
  const [refusal, refuse] = useState<string>();
  const token = `color-${name}` as const;
  const held = valueIn(studio.theme, token, scheme ?? 'light');
  const own = looks[scheme ?? 'light'].palette?.[name] ?? '#888888';
  const shown = (held && formatHex(parse(held))) ?? own;
  const called = scheme === undefined ? label : `${label}, ${scheme}`;
  const set = (value: string, moving?: string): void => {
    const [other = own] = schemes.filter((one) => one !== scheme).map((one) => looks[one].palette?.[name]);
    const { theme } = studio;
    studio.change(scheme ? withValueIn(theme, token, scheme, value, other) : withValue(theme, token, value), moving);
  };
  const typed = ({ currentTarget: { value } }: TargetedEvent<HTMLInputElement>): void => {
    const said = value.trim();
    if (said === '') studio.change(withValue(studio.theme, token, undefined));
    const wrong = said === '' ? undefined : (refusalOf('color', said) ?? unclear(said));
    refuse(wrong);
    if (said !== '' && wrong === undefined) set(said);
  };
  return (
    <div class="color">
      <input
        type="color"
        value={shown}
        aria-label={called}
        onInput={({ currentTarget }) => set(currentTarget.value, `${token} ${scheme}`)}
        onChange={() => studio.rest()}
      />
      <span aria-hidden="true">{label}</span>
      <input
        type="text"
        class={held === undefined ? 'by-itself' : undefined}
        value={held ?? own}
        aria-label={`${called}, as text`}
        aria-invalid={refusal !== undefined}
        spellcheck={false}
        onChange={typed}
      />
      <ResetButton studio={studio} token={token} label={called} />
      {refusal !== undefined && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}

/** What a browser may take, and of which nobody here can say how it reads. */
function unclear(value: string): string | undefined {
  return parse(value) === undefined ? `${value} cannot be measured here. Write it as #0a7d5a or oklch(…).` : undefined;
}
