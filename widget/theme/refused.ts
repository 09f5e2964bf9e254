import type { TokensFile } from './design-tokens.ts';
import { soundOf } from './sound.ts';
import { looks, type Problem, schemeNames, type Theme } from './theme.ts';
import { tokens } from './tokens.ts';

const known = `There is no such word; there are ${schemeNames.join(', ')}, a brand as #0a7d5a, a look as density-compact (${Object.keys(looks).join(', ')}), and the address of a tokens file.`;

/** Where a theme comes from: an object, words, a file, or a file of which words change a part. */
export interface ThemeSource {
  /** All of it together. */
  readonly theme: Theme;
  readonly words?: Theme;
  readonly file?: TokensFile;
}

/** What of a theme does not hold, and why, in the place where it was said. */
export function refusedOf({ theme, words, file }: ThemeSource): readonly Problem[] {
  const inFile = file ? [...file.problems, ...soundOf(file.theme, file.pointerOf).problems] : [];
  if (!words) return file ? inFile : soundOf(theme).problems;
  const said = Object.entries(words);
  const isKnown = ([name]: readonly [string, unknown]): boolean =>
    name === 'scheme' || Object.hasOwn(looks, name) || Object.hasOwn(tokens, name);
  return [
    ...inFile,
    ...said
      .filter((one) => !isKnown(one))
      .map(([look, choice]) => ({ token: choice ? `${look}-${choice}` : look, reason: known })),
    ...soundOf(Object.fromEntries(said.filter(isKnown))).problems,
  ];
}
