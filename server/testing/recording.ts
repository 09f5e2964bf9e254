import { recorder } from '../core/recording.ts';
import type { Stage } from './stage.ts';

/** Lines that one recording holds. */
const limit = 200_000;

/** What people do from now on, as JSON lines. */
export interface Recording {
  /** The lines so far; the first one is a head. */
  readonly lines: readonly string[];
  /** The same as the text of a file. */
  readonly text: string;
  /** True where more was done than a recording holds: what came later is not in it. */
  readonly isCut: boolean;
  /** Records nothing more. */
  stop(): void;
}

/** Records what the friend of a stage takes, from now on. */
export function record({ steps, time }: Stage): Recording {
  const lines: string[] = [];
  let isCut = false;
  const write = (line: string): void => {
    if (lines.length < limit) lines.push(line);
    else isCut = true;
  };
  const stop = steps.listen(recorder(write, time.now()));
  return {
    lines,
    get text() {
      return lines.map((line) => `${line}\n`).join('');
    },
    get isCut() {
      return isCut;
    },
    stop,
  };
}
