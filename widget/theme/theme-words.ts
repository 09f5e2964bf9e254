import { looks, type Problem, schemeNames, type Theme } from './theme.ts';

const known = `There is no such word; there are ${schemeNames.join(', ')}, a brand as #0a7d5a, a look as density-compact (${Object.keys(looks).join(', ')}), and the address of a tokens file.`;

/** What an attribute says of a theme. */
export interface ThemeWords {
  readonly theme: Theme;
  /** The address of a tokens file, of which the words change a part. */
  readonly file?: string;
  readonly problems: readonly Problem[];
}

/**
 * Reads words with spaces between: a scheme, the brand as `#0a7d5a`, a look with its choice as `density-compact`, and the
 * address of a tokens file, which has a `/` or ends with `.json`.
 */
export function themeWords(text: string): ThemeWords {
  const theme: Record<string, unknown> = {};
  const problems: Problem[] = [];
  let file: string | undefined;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [look = '', choice = ''] = word.split('-');
    if (/\/|\.json$/.test(word)) file = word;
    else if (word.startsWith('#')) theme.color = { brand: word };
    else if (schemeNames.some((name) => name === word)) theme.scheme = word;
    else if (Object.hasOwn(looks, look)) theme[look] = choice;
    else problems.push({ token: word, reason: known });
  }
  return { theme, problems, ...(file === undefined ? {} : { file }) };
}
