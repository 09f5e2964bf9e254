import type { JSX, TargetedEvent } from 'preact';
import { useId } from 'preact/hooks';
import { refusalOf } from '../../../widget/theme/values.ts';
import { heldIn, withValue } from '../theme/editing.ts';
import { Choice } from './Choice.tsx';
import { ResetButton } from './ResetButton.tsx';
import { Slider } from './Slider.tsx';
import type { Tools } from './tools.ts';

const families: Readonly<Record<string, string | undefined>> = {
  System: undefined,
  Grotesque: '"Helvetica Neue", Helvetica, Arial, "Noto Sans", sans-serif',
  Humanist: 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", sans-serif',
  Rounded: 'ui-rounded, "SF Pro Rounded", Nunito, "Noto Sans", system-ui, sans-serif',
  Serif: '"Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", serif',
  Monospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
};

/** The font and its sizes. */
export function Type({ studio }: Tools): JSX.Element {
  const id = useId();
  const held = heldIn(studio.theme, 'font-family');
  const family = typeof held === 'string' ? held : undefined;
  const known = Object.keys(families).find((name) => families[name] === family);
  const change = (value: string | undefined): void => studio.change(withValue(studio.theme, 'font-family', value));
  const typed = ({ currentTarget: field }: TargetedEvent<HTMLInputElement>): void => {
    const refusal = field.value ? refusalOf('font', field.value) : undefined;
    field.setCustomValidity(refusal ?? '');
    if (!field.reportValidity()) return;
    change(field.value || undefined);
  };
  return (
    <>
      <Choice
        label="Font"
        options={Object.keys(families)}
        chosen={known ?? ''}
        onChoose={(name) => change(families[name])}
      />
      <div class="field">
        <label for={id}>Your own list of fonts</label>
        <div class="row">
          <input
            id={id}
            type="text"
            value={family ?? ''}
            placeholder="system-ui, sans-serif"
            spellcheck={false}
            onChange={typed}
          />
          <ResetButton studio={studio} token="font-family" label="Font" />
        </div>
        <p class="note">The widget loads no font: your page does, and the widget takes it from there.</p>
      </div>
      <h3>Sizes</h3>
      <Slider studio={studio} token="text-base" label="Messages" from={13} to={20} usual={15} step={0.5} />
      <Slider studio={studio} token="text-title" label="Titles" from={13} to={22} usual={15} step={0.5} />
      <Slider studio={studio} token="text-quiet" label="Second lines" from={11} to={17} usual={13} step={0.5} />
      <Slider studio={studio} token="text-small" label="Times and marks" from={10} to={15} usual={11} step={0.5} />
    </>
  );
}
