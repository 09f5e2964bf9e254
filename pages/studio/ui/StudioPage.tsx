import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Studio } from '../store.ts';
import { lookOf } from '../theme/gate.ts';
import { Controls } from './Controls.tsx';
import { ExportSheet } from './ExportSheet.tsx';
import { Gate } from './Gate.tsx';
import { Stage } from './Stage.tsx';
import { TopBar } from './TopBar.tsx';

/** The whole studio: what can be chosen at the start, and what comes of it beside it. */
export function StudioPage({ studio }: { readonly studio: Studio }): JSX.Element {
  const [, redraw] = useState(0);
  const [exporting, setExporting] = useState(false);
  useEffect(() => studio.subscribe(() => redraw((drawn) => drawn + 1)), [studio]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => shortcut(studio, event);
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [studio]);
  const { theme } = studio;
  const { color } = theme;
  // While a length is dragged nothing is measured.
  const looks = useMemo(() => {
    const colours = color === undefined ? {} : { color };
    return { light: lookOf(colours, 'light'), dark: lookOf(colours, 'dark') };
  }, [color]);
  const tools = { studio, looks };
  return (
    <>
      <TopBar studio={studio} onExport={() => setExporting(true)} />
      <main>
        <section class="desk" aria-label="Theme">
          <Controls {...tools} />
          <Gate {...tools} />
        </section>
        <Stage theme={theme} />
      </main>
      <p class="said" role="status">
        {studio.said}
      </p>
      {exporting && <ExportSheet studio={studio} onClose={() => setExporting(false)} />}
    </>
  );
}

/** Ctrl+Z and Ctrl+Shift+Z (with the command key where there is one), but for fields of text: they have their own. */
function shortcut(studio: Studio, event: KeyboardEvent): void {
  const within =
    event.target instanceof Element &&
    event.target.matches('textarea, input:not([type=range], [type=radio], [type=color])');
  if (within || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  if (key === 'y' || event.shiftKey) studio.redo();
  else studio.undo();
}
