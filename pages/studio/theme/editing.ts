import type { Scheme } from '../../../widget/theme/derived.ts';
import { soundOf } from '../../../widget/theme/sound.ts';
import { type LookName, looks, schemeNames, type Theme, type Value } from '../../../widget/theme/theme.ts';
import type { TokenGroup, TokenName } from '../../../widget/theme/tokens.ts';

type Group = Readonly<Record<string, Value>>;

/** The group and the name within it: `color` and `accent-text` of `color-accent-text`. */
export function placeOf(token: TokenName): readonly [group: TokenGroup, name: string] {
  const dash = token.indexOf('-');
  return [token.slice(0, dash) as TokenGroup, token.slice(dash + 1)];
}

/** What a theme sets of a token; nothing where it leaves it as it is. */
export function heldIn(theme: Theme, token: TokenName): Value | undefined {
  const [group, name] = placeOf(token);
  return (theme[group] as Group | undefined)?.[name];
}

/** What a theme sets of a token in one scheme. */
export function valueIn(theme: Theme, token: TokenName, scheme: Scheme): string | undefined {
  const value = heldIn(theme, token);
  return typeof value === 'object' ? value[scheme] : value;
}

/** The same theme with another value; without one, the token is again what it is by itself. */
export function withValue(theme: Theme, token: TokenName, value: Value | undefined): Theme {
  const [group, name] = placeOf(token);
  const { [name]: _, ...others } = (theme[group] ?? {}) as Group;
  const set = value === undefined ? others : { ...others, [name]: value };
  const { [group]: __, ...rest } = theme;
  return Object.keys(set).length === 0 ? rest : { ...rest, [group]: set };
}

/** The same theme with another value in one scheme; `other` is what the token has in the other one by itself. */
export function withValueIn(theme: Theme, token: TokenName, scheme: Scheme, value: string, other: string): Theme {
  const rest = valueIn(theme, token, scheme === 'light' ? 'dark' : 'light') ?? other;
  const both = scheme === 'light' ? { light: value, dark: rest } : { light: rest, dark: value };
  return withValue(theme, token, both.light === both.dark ? both.light : both);
}

/** The same theme with another look; the first of a kind is what it is by itself. */
export function withLook(theme: Theme, look: LookName | 'scheme', value: string): Theme {
  const { [look]: _, ...rest } = theme;
  const first: string = look === 'scheme' ? schemeNames[0] : looks[look][0];
  return value === first ? rest : ({ ...rest, [look]: value } as Theme);
}

/** What of `thing`, from a link or from what was kept, is a theme. */
export function themeOf(thing: unknown): Theme {
  if (typeof thing !== 'object' || thing === null) return {};
  const held = Object.entries(soundOf(thing).theme);
  return Object.fromEntries(held.filter(([, value]) => typeof value !== 'object' || Object.keys(value).length > 0));
}
