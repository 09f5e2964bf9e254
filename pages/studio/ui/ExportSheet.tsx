import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Studio } from '../store.ts';
import { exportsOf } from '../theme/exports.ts';
import { Choice } from './Choice.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  readonly studio: Studio;
  readonly onClose: () => void;
}

/** The theme as what goes into a site: to be copied, or saved as a file. */
export function ExportSheet({ studio, onClose }: Props): JSX.Element {
  const sheet = useRef<HTMLDialogElement>(null);
  const all = exportsOf(studio.theme);
  const [chosen, choose] = useState(all[0].name);
  useEffect(() => sheet.current?.showModal(), []);
  const { text, file, note } = all.find(({ name }) => name === chosen) ?? all[0];
  const copy = async (): Promise<void> => {
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    studio.say(copied ? `${chosen}: copied.` : 'This browser does not let a page copy: mark the text and copy it.');
  };
  return (
    <dialog class="sheet" aria-label="Export" ref={sheet} onClose={onClose}>
      <div class="head">
        <h2>Export</h2>
        <button type="button" class="tool" aria-label="Close" onClick={() => sheet.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <Choice label="Form" options={all.map(({ name }) => name)} chosen={chosen} onChoose={choose} quiet />
      <p class="note">{note}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section tabIndex={0} aria-label={chosen}>
        <pre>{text}</pre>
      </section>
      <div class="foot">
        <p role="status">{studio.said}</p>
        <button type="button" class="plain" onClick={() => save(file, text)}>
          <Icon name="down" />
          {file}
        </button>
        <button type="button" class="strong" onClick={() => void copy()}>
          <Icon name="copy" />
          Copy
        </button>
      </div>
    </dialog>
  );
}

function save(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = Object.assign(document.createElement('a'), { href, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
