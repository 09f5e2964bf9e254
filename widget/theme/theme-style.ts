import { looks, schemeNames, type Theme } from './theme.ts';
import { tokens } from './tokens.ts';

/** A theme as it is put on a host. */
export interface ThemeStyle {
  /** Its tokens: rules for `:host` that stand behind the widget's own; what a page sets on the element counts more. */
  readonly css: string;
  /** What of it is no style: scheme and looks, attributes of the host, `data-theme` and `data-density` and the like. */
  readonly chosen: Omit<Theme, keyof typeof tokens>;
  /** Whether that is all that was given. */
  readonly whole: boolean;
}

type Names = Readonly<Record<string, readonly unknown[]>>;

const choices: Names = { scheme: schemeNames, ...looks };

/** Writes what of `given`, which is meant to be a theme, has a name and is a value by `isValue`. */
export function styleOf(given: object, isValue: (group: string, value: unknown) => value is string): ThemeStyle {
  const chosen: Record<string, unknown> = {};
  let whole = true;
  let both = '';
  let dark = '';
  const write = (group: string, property: string, inLight: string, inDark: string): void => {
    // Within calc() a length needs its unit.
    const unit = (value: string): string => (+value === 0 && group !== 'z' ? '0px' : value);
    // Of all values only a colour can hold one for each scheme.
    const isPair = inLight !== inDark && group === 'color';
    both += `${property}:${isPair ? `light-dark(${inLight},${inDark})` : unit(inLight)};`;
    if (inLight !== inDark && !isPair) dark += `${property}:${unit(inDark)};`;
  };
  for (const [group, held] of Object.entries(given)) {
    const names = own(tokens, group);
    if (own(choices, group)?.includes(held)) chosen[group] = held;
    else if (!names || typeof held !== 'object') whole &&= held === undefined;
    else
      for (const [name, value] of Object.entries({ ...held })) {
        const sides = typeof value === 'object' ? { ...value } : { light: value, dark: value };
        if (names.includes(name) && isValue(group, sides.light) && isValue(group, sides.dark))
          write(group, `--befriend-${group}-${name}`, sides.light, sides.dark);
        else whole &&= value === undefined;
      }
  }
  if (dark)
    dark = `@media (prefers-color-scheme:dark){:host(:not([data-theme=light])){${dark}}}:host([data-theme=dark]){${dark}}`;
  return { css: `:host{${both}}${dark}`, chosen, whole };
}

function own(names: Names, name: string): readonly unknown[] | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
