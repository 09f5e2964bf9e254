import { type LookName, looks, type Theme, type Value } from './theme.ts';

/** A theme as a page's own style sheet says it, of the widget's element: custom properties in rules, one to a line. */
export function pageCssOf(theme: Theme): string {
  const both: string[] = [];
  const dark: string[] = [];
  for (const [group, held] of Object.entries(theme)) {
    if (typeof held !== 'object') continue;
    for (const [name, value] of Object.entries<Value>(held)) {
      const property = `--befriend-${group}-${name}`;
      if (typeof value === 'string') both.push(`${property}: ${value};`);
      else if (group === 'color') both.push(`${property}: light-dark(${value.light}, ${value.dark});`);
      else {
        both.push(`${property}: ${value.light};`);
        dark.push(`${property}: ${value.dark};`);
      }
    }
  }
  const words = [theme.scheme, ...looksOf(theme)].filter((word) => word !== undefined);
  const rest = words.length === 0 ? '' : `/* The rest stands in the tag: data-theme="${words.join(' ')}" */\n`;
  const inDark = `@media (prefers-color-scheme: dark) {\n${rule('befriend-chat:not([data-theme="light"])', dark, '  ')}}\n`;
  const always = rule('befriend-chat[data-theme="dark"]', dark);
  return `${rest}${rule('befriend-chat', both)}${dark.length === 0 ? '' : inDark + always}`;
}

/** The looks of a theme as `data-theme` says them. */
export function looksOf(theme: Theme): readonly string[] {
  const names = Object.keys(looks) as LookName[];
  return names.flatMap((look) => (theme[look] === undefined ? [] : [`${look}-${theme[look]}`]));
}

function rule(selector: string, lines: readonly string[], indent = ''): string {
  return `${indent}${selector} {\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}\n`;
}
