import { type Sound, soundOf } from './sound.ts';
import type { Theme } from './theme.ts';
import { styleOf } from './theme-style.ts';

/**
 * The style of a theme's tokens, rules for `:host` that stand behind the widget's own; what a page sets on the element
 * counts more. What does not hold is left out and named; `theme` is what is left. Scheme and looks are no style: they are attributes of the host,
 * `data-theme` and `data-density` and the like.
 */
export function cssOf(theme: Theme): Sound & { readonly css: string } {
  const { theme: sound, problems } = soundOf(theme);
  return { css: styleOf(sound, (_, value): value is string => typeof value === 'string').css, theme: sound, problems };
}
