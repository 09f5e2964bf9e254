import type { JSX } from 'preact';
import type { Studio } from '../store.ts';
import { packed } from '../theme/sharing.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly studio: Studio;
  readonly onExport: () => void;
}

/** Puts the link into the address bar, for as long as it says what is on the screen: a reload would go back to it. */
function standing(studio: Studio, address: string): void {
  const { theme } = studio;
  history.replaceState(null, '', address);
  const stop = studio.subscribe(() => {
    if (studio.theme === theme) return;
    stop();
    history.replaceState(null, '', location.pathname + location.search);
  });
}

/** The name of the place, the way back, and the ways out. */
export function TopBar({ studio, onExport }: Props): JSX.Element {
  const share = async (): Promise<void> => {
    const address = new URL(`#t=${await packed(studio.theme)}`, location.href).href;
    const copied = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    // Where nothing may be copied the address stands in the address bar.
    if (!copied) standing(studio, address);
    studio.say(copied ? 'The link is copied. It holds the whole theme.' : 'The link is in the address bar.');
  };
  return (
    <header class="top">
      <h1>
        <Icon name="mark" />
        Theme studio
      </h1>
      <fieldset class="tools" aria-label="Steps">
        <button
          type="button"
          class="tool"
          aria-label="Undo"
          title="Undo (Ctrl+Z)"
          aria-disabled={!studio.canUndo}
          onClick={() => studio.undo()}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          class="tool"
          aria-label="Redo"
          title="Redo (Ctrl+Shift+Z)"
          aria-disabled={!studio.canRedo}
          onClick={() => studio.redo()}
        >
          <Icon name="redo" />
        </button>
      </fieldset>
      <button type="button" class="plain" onClick={() => void share()}>
        <Icon name="link" />
        Copy link
      </button>
      <button type="button" class="strong" onClick={onExport}>
        <Icon name="export" />
        Export
      </button>
    </header>
  );
}
