import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Scheme, schemes } from '../../../widget/theme/derived.ts';
import type { Measured } from '../theme/gate.ts';
import { ratioText } from '../theme/gate.ts';
import { allRepaired, repaired } from '../theme/repair.ts';
import { pairWords } from '../theme/words.ts';
import { Icon } from './Icon.tsx';
import type { Tools } from './tools.ts';

/** Whether everything can be read, and if not, what cannot and what can be done. */
export function Gate({ studio, looks }: Tools): JSX.Element {
  const [says, setSays] = useState<readonly string[]>([]);
  // What was pressed may be gone then, and the keyboard with it.
  const heading = useRef<HTMLHeadingElement>(null);
  const unclear = schemes.flatMap((scheme) => looks[scheme].unclear ?? []);
  const all = schemes.flatMap((scheme) => looks[scheme].measured);
  const faint = all.filter(({ passes }) => !passes);
  const repair = (pair: Measured): void => {
    const done = repaired(studio.theme, pair, pair.scheme);
    if (done === undefined) return setSays([`${pairWords(pair)}: no lightness is enough. Choose another colour.`]);
    studio.change(done.theme);
    setSays([done.says]);
    heading.current?.focus();
  };
  const repairAll = (): void => {
    const done = allRepaired(studio.theme);
    studio.change(done.theme);
    setSays(done.says);
    heading.current?.focus();
  };
  return (
    <section class={`gate ${faint.length === 0 && unclear.length === 0 ? 'passes' : 'fails'}`} aria-label="Contrast">
      <div class="verdict">
        <Icon name={faint.length + unclear.length === 0 ? 'check' : 'warn'} />
        <h2 ref={heading} tabIndex={-1} aria-live="polite">
          {verdict(all.length, faint.length, unclear.length > 0)}
        </h2>
        {faint.length > 1 && (
          <button type="button" class="plain" onClick={repairAll}>
            Repair all
          </button>
        )}
      </div>
      {unclear.map((why) => (
        <p key={why} class="refusal">
          {why}
        </p>
      ))}
      <ul class="faint">
        {faint.map((pair) => (
          <li key={`${pair.over} ${pair.under} ${pair.scheme}`}>
            <Swatch pair={pair} looks={looks} />
            <span>
              {pairWords(pair)}, {pair.scheme}
              <small>
                {ratioText(pair.contrast)} of {pair.least}
              </small>
            </span>
            <button
              type="button"
              class="plain"
              onClick={() => repair(pair)}
              aria-label={`Repair: ${pairWords(pair)}, ${pair.scheme}`}
            >
              Repair
            </button>
          </li>
        ))}
      </ul>
      {says.length > 0 && (
        <ul class="says" aria-label="What was repaired">
          {says.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <details>
        <summary>Every pair</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Light</th>
              <th scope="col">Dark</th>
              <th scope="col">Least</th>
            </tr>
          </thead>
          <tbody>
            {looks.light.measured.map((pair, row) => (
              <tr key={pairWords(pair)}>
                <th scope="row">{pairWords(pair)}</th>
                <Ratio pair={pair} />
                <Ratio pair={looks.dark.measured[row]} />
                <td>{pair.least}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function verdict(pairs: number, faint: number, isUnclear: boolean): string {
  if (faint === 0 && isUnclear) return 'Not everything can be measured';
  if (faint === 0) return `All ${pairs} pairs can be read`;
  return faint === 1 ? 'One pair is hard to read' : `${faint} of ${pairs} pairs are hard to read`;
}

function Ratio({ pair }: { readonly pair: Measured | undefined }): JSX.Element {
  return <td class={pair?.passes ? undefined : 'short'}>{pair ? ratioText(pair.contrast) : '–'}</td>;
}

function Swatch({
  pair,
  looks,
}: {
  readonly pair: Measured;
  readonly looks: Readonly<Record<Scheme, Tools['looks'][Scheme]>>;
}): JSX.Element {
  const palette = looks[pair.scheme].palette;
  return (
    <span class="pair" aria-hidden="true" style={{ background: palette?.[pair.under], color: palette?.[pair.over] }} />
  );
}
