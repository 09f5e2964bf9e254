import type { JSX } from 'preact';
import type { Studio } from '../store.ts';
import { heldIn, withValue } from '../theme/editing.ts';
import { Choice } from './Choice.tsx';
import { Slider } from './Slider.tsx';
import type { Tools } from './tools.ts';

const shadows: Readonly<Record<string, string | undefined>> = {
  usual: undefined,
  none: '0 0 0 1px #8884',
  near: '0 1px 3px #0003, 0 4px 12px #0002',
  far: '0 4px 12px #0002, 0 24px 64px #0005',
};

/** The button in the corner and the panel that it opens. */
export function Launcher({ studio }: Tools): JSX.Element {
  return (
    <>
      <h3>Launcher</h3>
      <Slider studio={studio} token="launcher-size" label="Size" from={44} to={80} usual={56} step={2} />
      <Slider studio={studio} token="launcher-offset" label="From the edges" from={8} to={64} usual={24} step={2} />
      <Slider studio={studio} token="launcher-bottom" label="From below" from={8} to={160} usual={24} step={2} />
      <h3>Panel</h3>
      <Slider studio={studio} token="panel-width" label="Width" from={320} to={560} usual={400} step={10} />
      <Slider studio={studio} token="panel-height" label="Height at most" from={400} to={900} usual={680} step={10} />
      <Shadow studio={studio} />
    </>
  );
}

function Shadow({ studio }: { readonly studio: Studio }): JSX.Element {
  const held = heldIn(studio.theme, 'shadow-panel');
  const own = typeof held === 'string' && !Object.values(shadows).includes(held);
  const chosen = Object.keys(shadows).find((name) => shadows[name] === held) ?? 'usual';
  return (
    <Choice
      label="Shadow"
      options={own ? [...Object.keys(shadows), 'own'] : Object.keys(shadows)}
      chosen={own ? 'own' : chosen}
      words={{ none: 'Hairline' }}
      onChoose={(name) => name === 'own' || studio.change(withValue(studio.theme, 'shadow-panel', shadows[name]))}
    />
  );
}
