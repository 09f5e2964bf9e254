import type { JSX } from 'preact';
import { derived } from '../../../widget/theme/derived.ts';
import { colorsIn } from '../../../widget/theme/given.ts';
import type { Theme } from '../../../widget/theme/theme.ts';
import { presets } from '../theme/presets.ts';
import { ColorRow } from './ColorRow.tsx';
import { Pasted } from './Pasted.tsx';
import type { Tools } from './tools.ts';

/** Ways to begin: a colour, somebody else's taste, or what is there already. */
export function Start(tools: Tools): JSX.Element {
  const { studio } = tools;
  return (
    <>
      <div class="lead">
        <h3>One colour</h3>
        <p class="note">The rest follows from it, in light and dark, readable for all.</p>
        <ColorRow {...tools} name="brand" label="Your brand" />
      </div>
      <h3>Or a preset</h3>
      <fieldset class="presets" aria-label="Presets">
        {presets.map(({ name, theme }) => (
          <button key={name} type="button" class="preset" onClick={() => studio.change(theme)}>
            <Sample theme={theme} />
            {name}
          </button>
        ))}
        <button type="button" class="plain blank" onClick={() => studio.change({})}>
          As it comes
        </button>
      </fieldset>
      <Pasted {...tools} />
    </>
  );
}

/** Two bubbles on a panel, light and dark. */
function Sample({ theme }: { readonly theme: Theme }): JSX.Element {
  return (
    <span class="samples" aria-hidden="true">
      {(['light', 'dark'] as const).map((scheme) => {
        const palette = derived(colorsIn(theme, scheme), scheme);
        return (
          <span key={scheme} style={{ background: palette.surface }}>
            <i style={{ background: palette['bubble-in'] }} />
            <i style={{ background: palette['bubble-out'] }} />
          </span>
        );
      })}
    </span>
  );
}
