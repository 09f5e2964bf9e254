import { type PointerOf, type Sound, soundOf } from './sound.ts';
import type { Problem, Theme, Value } from './theme.ts';
import { asFields, type Fields, TokenAliases, tokenValue } from './token-aliases.ts';
import { tokenText } from './token-text.ts';
import { type TokenGroup, type TokenType, typeOfGroup } from './tokens.ts';

/** What the types are called in a file (Design Tokens Format Module 2025.10, §8 and §9). */
export const fileTypes: Readonly<Record<TokenType, string>> = {
  color: 'color',
  length: 'dimension',
  font: 'fontFamily',
  time: 'duration',
  shadow: 'shadow',
  number: 'number',
};

/** A theme as a file has it: not all of it need hold. */
export interface TokensFile {
  readonly theme: Theme;
  /** What cannot even be read. */
  readonly problems: readonly Problem[];
  readonly pointerOf: PointerOf;
}

/**
 * The theme in a file of design tokens (Design Tokens Format Module 2025.10; colours, dimensions and durations may be the
 * strings of earlier drafts): what stands in the group `befriend`; other groups are there to be pointed at. A value for the
 * dark scheme stands at `$extensions.befriend.dark` of its token, scheme and looks at `$extensions.befriend` of the group.
 */
export function themeIn(json: unknown): Sound {
  const { theme, problems, pointerOf } = tokensIn(json);
  const sound = soundOf(theme, pointerOf);
  return { theme: sound.theme, problems: [...problems, ...sound.problems] };
}

/** The same without a look at what the values are. */
export function tokensIn(json: unknown): TokensFile {
  const problems: Problem[] = [];
  /** What is read, unless there is a reason why not. */
  const read = <T>(names: readonly string[], from: (aliases: TokenAliases) => T): T | undefined => {
    try {
      return from(new TokenAliases(json));
    } catch (error) {
      problems.push({ token: names.join('.'), reason: (error as Error).message, pointer: pointerTo(names) });
      return;
    }
  };
  const fieldsAt = (node: unknown, ...names: string[]): Fields =>
    read(names, (aliases) => aliases.fieldsOf(node)) ?? {};
  const root = fieldsAt(asFields(json).befriend, 'befriend');
  if (Object.keys(root).length === 0)
    problems.push({ token: 'befriend', reason: 'There is no such group.', pointer: '' });
  const own = ['befriend', '$extensions', 'befriend'];
  const choices = ownIn(root);
  const given: Record<string, unknown> = { ...choices };
  for (const [group, held] of named(root)) {
    given[group] = {};
    // Of another group it is said once that there is none.
    if (!Object.hasOwn(typeOfGroup, group)) continue;
    const { $type, ...tokens } = fieldsAt(held, 'befriend', group);
    const values = named(tokens).map(([name, token]) => [
      name,
      read(['befriend', group, name], (aliases) => valueIn(aliases, token, group, $type ?? root.$type)),
    ]);
    given[group] = Object.fromEntries(values);
  }
  const pointerOf: PointerOf = (group, name, side) => {
    if (name === undefined) return pointerTo(Object.hasOwn(choices, group) ? [...own, group] : ['befriend', group]);
    return pointerTo([
      'befriend',
      group,
      name,
      ...(side === 'dark' ? [...own.slice(1), side] : side ? ['$value'] : []),
    ]);
  };
  return { theme: given, problems, pointerOf };
}

/** @throws Error that says why there is none */
function valueIn(aliases: TokenAliases, token: unknown, group: string, inherited: unknown): Value {
  const type: TokenType = typeOfGroup[group as TokenGroup];
  const { $type = inherited, ...fields } = asFields(token);
  if (!('$value' in fields || '$ref' in fields)) throw new Error('It has no $value.');
  const [wanted, called] = [fileTypes[type], Object.values(fileTypes).find((name) => name === $type)];
  if (called && called !== wanted) throw new Error(`By its $type it is a ${called}, where a ${wanted} is needed.`);
  const light = tokenText(type, aliases.valueOf(tokenValue(fields)));
  const { dark } = ownIn(fields);
  return dark === undefined ? light : { light, dark: tokenText(type, aliases.valueOf(dark)) };
}

/** What is said for the widget alone (§5.2.3). */
function ownIn(node: Fields): Fields {
  return asFields(asFields(node.$extensions).befriend);
}

function named(fields: Fields): [string, unknown][] {
  return Object.entries(fields).filter(([name]) => !name.startsWith('$'));
}

function pointerTo(names: readonly string[]): string {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
