import type { JSX, TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';
import type { TokenName } from '../../../widget/theme/tokens.ts';
import type { Studio } from '../store.ts';
import { heldIn, withValue } from '../theme/editing.ts';
import { ResetButton } from './ResetButton.tsx';

interface Props {
  readonly studio: Studio;
  readonly token: TokenName;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** What it is where the theme does not say: a number of `unit`. */
  readonly usual: number;
  readonly unit?: 'px' | 'ms' | '%' | '';
  readonly step?: number;
}

/** A length or a time that is dragged. */
export function Slider({ studio, token, label, from, to, usual, unit = 'px', step = 1 }: Props): JSX.Element {
  const id = useId();
  const held = heldIn(studio.theme, token);
  const value = typeof held === 'string' ? Number.parseFloat(held) : usual;
  const drag = (event: TargetedInputEvent<HTMLInputElement>): void => {
    studio.change(withValue(studio.theme, token, `${event.currentTarget.value}${unit}`), token);
  };
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{typeof held === 'string' ? held : `${usual}${unit}`}</output>
      <ResetButton studio={studio} token={token} label={label} />
      <input
        id={id}
        type="range"
        min={from}
        max={to}
        step={step}
        value={value}
        aria-valuetext={`${value} ${unit}`}
        onInput={drag}
        onChange={() => studio.rest()}
      />
    </div>
  );
}
