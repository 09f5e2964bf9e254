import { schemeNames, type Theme } from './theme.ts';

/** What an attribute says of a theme. */
export interface ThemeWords {
  /** Not all of it need hold: a word that there is not stands there as a look. */
  readonly theme: Theme;
  /** The address of a tokens file, of which the words change a part. */
  readonly file?: string;
}

/**
 * Reads words with spaces between: a scheme, the brand as `#0a7d5a`, a look with its choice as `density-compact`, and the
 * address of a tokens file, which has a `/` or ends with `.json`.
 */
export function themeWords(text: string): ThemeWords {
  const theme: Record<string, unknown> = {};
  let file: string | undefined;
  for (const word of text.match(/\S+/g) ?? []) {
    const [look = '', choice = ''] = word.split(/-(.*)/);
    if (/\/|\.json$/.test(word)) file = word;
    else if (word.startsWith('#')) theme.color = { brand: word };
    else if (schemeNames.some((name) => name === word)) theme.scheme = word;
    else theme[look] = choice;
  }
  return { theme, ...(file === undefined ? {} : { file }) };
}
