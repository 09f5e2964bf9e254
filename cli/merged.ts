import { derived, type Palette, type Scheme } from '../widget/theme/derived.ts';
import { colorsIn, valueIn } from '../widget/theme/given.ts';
import { looks, type Problem, type Theme, type Value } from '../widget/theme/theme.ts';
import type { ColorName } from '../widget/theme/tokens.ts';
import { isMembers, type Members } from './located.ts';

/** One theme of two: `light` as it is in the light scheme, `dark` in the dark one. */
export function merged(light: Theme, dark: Theme): { readonly theme: Theme; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const both: Record<string, unknown> = {};
  for (const name of ['scheme', ...Object.keys(looks)]) {
    const [one, other] = [light, dark].map((theme) => (theme as Members)[name]);
    if (one !== undefined) both[name] = one;
    if (one !== other && name !== 'scheme')
      problems.push({
        token: name,
        reason: `It is ${one ?? 'not said'} in light and ${other ?? 'not said'} in dark; a look is the same in both.`,
      });
  }
  for (const group of new Set([...groupsOf(light), ...groupsOf(dark)])) {
    const [one, other] = [light, dark].map(
      (theme) => (theme as Members)[group] as Readonly<Record<string, Value>> | undefined,
    );
    const values: Record<string, Value> = {};
    for (const name of new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])) {
      const inLight = sideOf(light, group, name, one?.[name], 'light');
      const inDark = sideOf(dark, group, name, other?.[name], 'dark');
      if (inLight !== undefined && inDark !== undefined)
        values[name] = inLight === inDark ? inLight : { light: inLight, dark: inDark };
      else {
        const reason = `It is there in ${inLight === undefined ? 'dark' : 'light'} alone: say it in both.`;
        problems.push({ token: `befriend.${group}.${name}`, reason });
      }
    }
    both[group] = values;
  }
  return { theme: both as Theme, problems };
}

function groupsOf(theme: Theme): readonly string[] {
  return Object.entries(theme).flatMap(([name, held]) => (isMembers(held) ? name : []));
}

/** A colour that one scheme does not give is there what follows from the others. */
function sideOf(
  theme: Theme,
  group: string,
  name: string,
  value: Value | undefined,
  scheme: Scheme,
): string | undefined {
  if (value !== undefined) return valueIn(value, scheme);
  if (group !== 'color') return undefined;
  const palette: Palette | undefined = derivedOrNot(theme, scheme);
  return palette?.[name as ColorName];
}

function derivedOrNot(theme: Theme, scheme: Scheme): Palette | undefined {
  try {
    return derived(colorsIn(theme, scheme), scheme);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
