import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { themeIn } from '../../../widget/theme/design-tokens.ts';
import { withValue } from '../theme/editing.ts';
import { inHex } from '../theme/in-hex.ts';
import { pastedColors } from '../theme/pasted.ts';
import type { Tools } from './tools.ts';

/** What is there already: the colours of a page, or a file of design tokens, pasted, chosen or dropped. */
export function Pasted({ studio }: Tools): JSX.Element {
  const id = useId();
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<readonly string[]>([]);
  const taken = (given: string): void => {
    setText(given);
    const json = jsonIn(given);
    setProblems([]);
    if (json === undefined) return;
    const { theme, problems: found } = themeIn(json);
    setProblems(found.map(({ token, reason }) => `${token}: ${reason}`));
    if (Object.keys(theme).length === 0) return studio.say('There are no tokens of ours in it.');
    studio.change(inHex(theme));
    studio.say(found.length === 0 ? 'The tokens are in force.' : 'The tokens are in force, but for what stands below.');
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (file) taken(await file.text());
  };
  const colors = jsonIn(text) === undefined ? pastedColors(text).slice(0, 24) : [];
  return (
    <div class="pasted">
      <label for={id} class="title">
        Or what you have
      </label>
      <p class="note" id={`${id}-note`}>
        Paste the CSS of your page, a list of colours, or design tokens; a file can be dropped here.
      </p>
      <textarea
        id={id}
        aria-describedby={`${id}-note`}
        rows={3}
        spellcheck={false}
        value={text}
        placeholder="--brand: #0a7d5a;"
        onInput={({ currentTarget }) => taken(currentTarget.value)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          const [file] = event.dataTransfer?.files ?? [];
          if (file === undefined) return;
          event.preventDefault();
          void read(file);
        }}
      />
      <label class="plain file">
        <input
          type="file"
          accept=".json,.css,.html,.txt,application/json"
          onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
        />
        Choose a file
      </label>
      {colors.length > 0 && (
        <fieldset class="swatches" aria-label="Colours found: take one as your brand">
          {colors.map(({ color, times }) => (
            <button
              key={color}
              type="button"
              class="swatch"
              style={{ background: color }}
              aria-label={`${color}, ${times} times`}
              title={`${color}, ${times}×`}
              onClick={() => studio.change(withValue(studio.theme, 'color-brand', color))}
            />
          ))}
        </fieldset>
      )}
      {problems.length > 0 && (
        <ul class="problems">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The object in a text that is JSON; nothing where it is none, or not yet. */
function jsonIn(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
