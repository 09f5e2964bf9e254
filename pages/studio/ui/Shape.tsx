import type { JSX } from 'preact';
import { type LookName, looks } from '../../../widget/theme/theme.ts';
import { withLook } from '../theme/editing.ts';
import { Choice } from './Choice.tsx';
import { Slider } from './Slider.tsx';
import type { Tools } from './tools.ts';

const labels: Readonly<Record<LookName, string>> = {
  density: 'Density',
  bubbles: 'Bubbles',
  header: 'Header',
  avatars: 'Avatars',
};

/** Density, shapes and roundings. */
export function Shape({ studio }: Tools): JSX.Element {
  return (
    <>
      {(Object.keys(looks) as LookName[]).map((look) => (
        <Choice
          key={look}
          label={labels[look]}
          options={looks[look] as readonly string[]}
          chosen={studio.theme[look] ?? looks[look][0]}
          onChoose={(option) => studio.change(withLook(studio.theme, look, option))}
          sample={(option) => <i class={`sample ${look}-${option}`} aria-hidden="true" />}
        />
      ))}
      <h3>Rounding</h3>
      <Slider studio={studio} token="radius-panel" label="Panel" from={0} to={32} usual={16} />
      <Slider studio={studio} token="radius-bubble" label="Bubbles" from={0} to={26} usual={18} />
      <Slider studio={studio} token="radius-corner" label="Corner towards the speaker" from={0} to={18} usual={6} />
      <Slider studio={studio} token="radius-control" label="Buttons and fields" from={0} to={20} usual={10} />
      <Slider studio={studio} token="radius-avatar" label="Avatars" from={0} to={50} usual={50} unit="%" />
      <h3>Space</h3>
      <Slider studio={studio} token="space-unit" label="Unit" from={3} to={6} usual={4} step={0.5} />
    </>
  );
}
