import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Scheme, schemes } from '../../../widget/theme/derived.ts';
import { schemeNames } from '../../../widget/theme/theme.ts';
import type { ColorName } from '../../../widget/theme/tokens.ts';
import { withLook } from '../theme/editing.ts';
import { Choice } from './Choice.tsx';
import { ColorRow } from './ColorRow.tsx';
import type { Tools } from './tools.ts';

const parts: Readonly<Record<string, readonly ColorName[]>> = {
  Accent: ['accent', 'on-accent', 'accent-text', 'focus'],
  Panel: ['surface', 'on-surface', 'raised', 'overlay', 'quiet', 'line'],
  Bubbles: ['bubble-out', 'on-bubble-out', 'bubble-in', 'on-bubble-in'],
  Warnings: ['danger', 'on-danger'],
};

/** Every colour; what is not set follows from the brand. */
export function Colors(tools: Tools): JSX.Element {
  const { studio } = tools;
  const [scheme, edit] = useState<Scheme>('light');
  return (
    <>
      <Choice
        label="Scheme of the widget"
        options={schemeNames}
        chosen={studio.theme.scheme ?? 'auto'}
        words={{ inherit: 'As its place' }}
        onChoose={(name) => studio.change(withLook(studio.theme, 'scheme', name))}
      />
      <h3>Both schemes</h3>
      <ColorRow {...tools} name="brand" />
      <div class="with-choice">
        <h3>One scheme</h3>
        <Choice label="Colours of" options={schemes} chosen={scheme} onChoose={edit} quiet />
      </div>
      {Object.entries(parts).map(([part, names]) => (
        <fieldset key={part} class="colors" aria-label={`${part}, ${scheme}`}>
          <h4>{part}</h4>
          {names.map((name) => (
            <ColorRow key={name} {...tools} name={name} scheme={scheme} />
          ))}
        </fieldset>
      ))}
    </>
  );
}
