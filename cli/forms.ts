import { fileOf } from '../widget/theme/design-tokens-write.ts';
import { looks, type Theme, type Value } from '../widget/theme/theme.ts';
import { isMembers, type Members } from './located.ts';

/** The forms that a theme can be written in, each as the text of a file. */
export const forms = {
  /** A flat file of design tokens (Design Tokens Format Module 2025.10), without aliases. */
  tokens: (theme: Theme): string => `${JSON.stringify(fileOf(theme), undefined, 2)}\n`,
  /** Custom properties on the element. */
  css: cssText,
  /** A typed object, as `theme(…)` takes it. */
  ts: (theme: Theme): string =>
    `import type { Theme } from 'befriend/theme';\n\nexport const theme = ${JSON.stringify(theme, undefined, 2)} as const satisfies Theme;\n`,
} as const;

export type Form = keyof typeof forms;

function cssText(theme: Theme): string {
  const both: string[] = [];
  const dark: string[] = [];
  for (const [group, held] of Object.entries(theme))
    for (const [name, value] of Object.entries(isMembers(held) ? (held as Readonly<Record<string, Value>>) : {})) {
      const property = `--befriend-${group}-${name}`;
      if (typeof value === 'string') both.push(`${property}: ${value};`);
      else if (group === 'color') both.push(`${property}: light-dark(${value.light}, ${value.dark});`);
      else {
        both.push(`${property}: ${value.light};`);
        dark.push(`${property}: ${value.dark};`);
      }
    }
  const words = wordsOf(theme);
  const rest = words.length === 0 ? '' : `/* The rest is said by the element: theme="${words.join(' ')}" */\n`;
  const inDark = `@media (prefers-color-scheme: dark) {\n${rule('befriend-chat', dark, '  ')}}\n`;
  return `${rest}${rule('befriend-chat', both, '')}${dark.length === 0 ? '' : inDark}`;
}

function rule(selector: string, lines: readonly string[], indent: string): string {
  return `${indent}${selector} {\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}\n`;
}

/** What of a theme no custom property says, in the words of the attribute. */
function wordsOf(theme: Theme): readonly string[] {
  const chosen = Object.keys(looks).flatMap((look) => {
    const choice = (theme as Members)[look];
    return choice === undefined ? [] : [`${look}-${choice}`];
  });
  return theme.scheme === undefined ? chosen : [theme.scheme, ...chosen];
}
