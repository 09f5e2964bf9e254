import type { TokenType } from './tokens.ts';

const number = '[-+]?\\d*\\.?\\d+(?:e[-+]?\\d+)?';
const length = '(?:0|\\d*\\.?\\d+(?:px|r?(?:em|ex|ch|lh)|[sld]?v(?:w|h|i|b|min|max)|[cm]m|q|in|p[tc]|%))';
const part = `(?:none|${number}(?:%|deg|g?rad|turn)?)`;
const space = '(?:srgb(?:-linear)?|display-p3|a98-rgb|prophoto-rgb|rec2020|xyz(?:-d[56][05])?)';
const called = `(?:(?:rgb|hsl)a?|hwb|(?:ok)?l(?:ab|ch))\\( ?|color\\( ?${space} `;
const colour = `(?:#(?:[\\da-f]{3,4}|(?:[\\da-f]{2}){3,4})|[a-z]+|(?:${called})${part}(?: ?[ ,/] ?${part}){2,3} ?\\))`;
const layer = `(?:inset )?(?:${colour} )?[-+]?${length}(?: [-+]?${length}){1,3}(?: ${colour})?(?: inset)?`;
const word = '-?[\\p{L}_][\\p{L}\\p{N}_-]*';
const quoted = '[\\p{L}\\p{M}\\p{N}_. -]+';
const family = `(?:"${quoted}"|'${quoted}'|${word}(?: ${word})*)`;

/** Of each type: its grammar, what it is called with an example, and a property that takes just that. */
const types: Readonly<Record<TokenType, readonly [grammar: string, name: string, property: string]>> = {
  color: [colour, 'colour, such as #0a7d5a or oklch(0.6 0.1 160)', 'color'],
  length: [length, 'length, such as 12px or 0.75rem', 'width'],
  font: [`${family}(?: ?, ?${family})*`, 'list of fonts, such as "Open Sans", sans-serif', 'font-family'],
  time: ['\\d*\\.?\\d+m?s', 'time, such as 120ms', 'transition-duration'],
  shadow: [`none|${layer}(?: ?, ?${layer})*`, 'shadow, such as 0 2px 8px #0003', 'box-shadow'],
  number: ['-?\\d+', 'whole number', 'z-index'],
};

/** What of CSS stands for another value than the one that is written. */
const wide = '(?!(?:inherit|initial|unset|revert(?:-layer)?|default|currentcolor) ?$)';

const grammars: Partial<Record<TokenType, RegExp>> = {};

/**
 * Why `value` cannot be a token of `type`: a sentence; undefined where it can. Taken is what is written out: no `var()`,
 * `calc()`, `url()` or anything else that asks for what stands elsewhere. A browser is asked too, so that what is taken
 * there holds; without one a word may pass that is no name of a colour.
 */
export function refusalOf(type: TokenType, value: unknown): string | undefined {
  const [grammar, name, property] = types[type];
  const text = typeof value === 'string' && value.length <= 300 ? value.replace(/ +/g, ' ') : '';
  grammars[type] ??= new RegExp(`^ ?${wide}(?:${grammar}) ?$`, type === 'font' ? 'iu' : 'i');
  const holds = grammars[type].test(text) && (globalThis.CSS?.supports?.(property, text) ?? true);
  if (holds) return;
  return `${`${JSON.stringify(value)}`.slice(0, 60)} is no ${name}; nothing is computed or fetched.`;
}
