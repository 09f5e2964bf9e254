import type { JSX } from 'preact';
import type { DeskState } from '../desk/state.ts';
import { colleagueName, type Drawn, filled } from './drawn.ts';
import { Glyph } from './Glyph.tsx';

/** Why nothing came of what was wanted last. */
export function DeskNotice(drawn: Drawn): JSX.Element {
  const { env, desk } = drawn;
  const { say, deeds } = env;
  const { notice } = desk;
  return (
    <div role="alert">
      {notice && (
        <p class="desk-notice">
          <span>{wordsOf(drawn, notice)}</span>
          <button type="button" class="tool" aria-label={say.done} onClick={() => deeds.dismiss()}>
            <Glyph name="close" />
          </button>
        </p>
      )}
    </div>
  );
}

function wordsOf(drawn: Drawn, { code, by }: NonNullable<DeskState['notice']>): string {
  const { say } = drawn.env;
  if (code === 'lost') return by === undefined ? say.lostNobody : filled(say.lost, { name: colleagueName(drawn, by) });
  if (code === 'offline') return say.offline;
  const problems: Readonly<Record<string, string>> = say.problems;
  return problems[code] ?? filled(say.failed, { why: code });
}
