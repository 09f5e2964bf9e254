import { looks, type Problem, schemeNames, type Theme } from './theme.ts';
import { type TokenGroup, type TokenType, tokens, typeOfGroup } from './tokens.ts';
import { refusalOf } from './values.ts';

/** A theme of which all holds, and what was left out of it. */
export interface Sound {
  readonly theme: Theme;
  readonly problems: readonly Problem[];
}

/** Where something stands (RFC 6901): a group or a choice, a token, or its value for one scheme; one for both is `light`. */
export type PointerOf = (group: string, name?: string, side?: string) => string;

type Names = Readonly<Record<string, readonly string[]>>;

/** What is chosen by name, and from what. */
const choices: Names = { scheme: schemeNames, ...looks };
const groups: Names = tokens;

/** Takes what holds of `given`, which is meant to be a theme, and says of all else why it does not. */
export function soundOf(given: object, pointerOf?: PointerOf): Sound {
  const theme: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const say = (token: string, reason: string, ...at: Parameters<PointerOf>): void => {
    problems.push(pointerOf ? { token, reason, pointer: pointerOf(...at) } : { token, reason });
  };
  for (const [group, held] of fieldsOf(given)) {
    const names = own(groups, group);
    const choice = own(choices, group);
    if (choice?.includes(held as string)) theme[group] = held;
    else if (choice) say(group, `It can be ${choice.join(', ')}.`, group);
    else if (!names) say(`befriend.${group}`, noneOf([...Object.keys(choices), ...Object.keys(groups)]), group);
    else if (typeof held !== 'object') say(`befriend.${group}`, 'It holds tokens by name.', group);
    else {
      const kept: Record<string, unknown> = {};
      theme[group] = kept;
      for (const [name, value] of fieldsOf(held)) {
        const token = `befriend.${group}.${name}`;
        const [refusal, side] = refusedIn(typeOfGroup[group as TokenGroup], value);
        if (!names.includes(name)) say(token, noneOf(names), group, name);
        else if (refusal) say(token, refusal, group, name, side);
        else kept[name] = value;
      }
    }
  }
  return { theme, problems };
}

/** Why a value is not taken, and for which scheme where it has one for each. */
function refusedIn(type: TokenType, value: unknown): [refusal: string | undefined, side: string] {
  if (typeof value !== 'object') return [refusalOf(type, value), 'light'];
  const { light, dark } = { ...value } as { readonly light?: unknown; readonly dark?: unknown };
  const inLight = refusalOf(type, light);
  return inLight ? [inLight, 'light'] : [refusalOf(type, dark), 'dark'];
}

function noneOf(names: readonly string[]): string {
  return `There is no such name; there are ${names.join(', ')}.`;
}

function own(names: Names, name: string): readonly string[] | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** What an object says; what is absent is not said. */
function fieldsOf(held: unknown): [name: string, value: unknown][] {
  const fields = typeof held === 'object' ? Object.entries({ ...held }) : [];
  return fields.filter(([, value]) => value !== undefined);
}
