import { measured, type Unread, unreadIn } from './contrast.ts';
import { FileError, type Finding } from './finding.ts';
import type { Read } from './json-file.ts';
import type { Contexts } from './resolver.ts';
import { pointerOf, readTheme, type ThemeFile } from './theme-file.ts';

/** What a file is worth as a theme. */
export interface Checked {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** How many pairs of colours were measured: in each scheme those of pairs.ts. */
  readonly measured: number;
}

/** Checks a file of tokens, or a resolver file in some contexts: what it says, and how well that can be read. */
export function checked(read: Read, file: string, contexts: Contexts): Checked {
  try {
    const theme = readTheme(read, file, { contexts });
    const findings = [...theme.findings, ...unreadIn(theme.theme).map((unread) => findingOf(unread, theme))];
    return { file, findings, measured };
  } catch (error) {
    if (error instanceof FileError) return { file, findings: [error.finding], measured: 0 };
    throw error;
  }
}

/** Where it is changed best: at the first of its colours that stands in the file; for the dark scheme, at what is there for it alone. */
function findingOf({ scheme, given, reason, pair }: Unread, { place }: ThemeFile): Finding {
  const [first] = given;
  const pointer = pointerOf(first === undefined ? 'befriend' : `befriend.color.${first}`);
  const inDark = place(`${pointer}/$extensions/befriend/dark`, scheme);
  const at = scheme === 'dark' && inDark.pointer?.endsWith('/dark') ? inDark : place(pointer, scheme);
  const token = first === undefined ? {} : { token: `befriend.color.${first}` };
  return { kind: 'contrast', ...at, ...token, ...(pair === undefined ? {} : { pair }), reason };
}
