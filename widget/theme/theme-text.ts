import { type Sound, soundOf } from './sound.ts';
import type { Theme, Value } from './theme.ts';
import { type TokenGroup, typeOfGroup } from './tokens.ts';

/**
 * The style of a theme's tokens, rules for `:host` that stand behind the widget's own; what a page sets on the element
 * counts more. What does not hold is left out and named; `theme` is what is left. Scheme and looks are no style: they are attributes of the host,
 * `data-theme` and `data-density` and the like.
 */
export function cssOf(theme: Theme): Sound & { readonly css: string } {
  const { theme: sound, problems } = soundOf(theme);
  let both = '';
  let dark = '';
  for (const [group, held] of Object.entries(sound)) {
    if (typeof held !== 'object') continue;
    // Within calc() a length needs its unit.
    const unit = (value: string): string =>
      typeOfGroup[group as TokenGroup] === 'length' && +value === 0 ? '0px' : value;
    for (const [name, value] of Object.entries<Value>(held)) {
      const property = `--befriend-${group}-${name}`;
      if (typeof value === 'string') both += `${property}:${unit(value)};`;
      else if (group === 'color') both += `${property}:light-dark(${value.light},${value.dark});`;
      else {
        both += `${property}:${unit(value.light)};`;
        dark += `${property}:${unit(value.dark)};`;
      }
    }
  }
  // Of all values only a colour can hold one for each scheme.
  const inDark = `@media (prefers-color-scheme:dark){:host(:not([data-theme=light])){${dark}}}:host([data-theme=dark]){${dark}}`;
  return { css: `:host{${both}}${dark && inDark}`, theme: sound, problems };
}
