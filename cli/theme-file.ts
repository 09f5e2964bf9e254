import { themeIn } from '../widget/theme/design-tokens.ts';
import type { Problem, Theme } from '../widget/theme/theme.ts';
import { type Composed, composed } from './composed.ts';
import { FileError, type Finding } from './finding.ts';
import { meantBy, mistakesIn } from './format.ts';
import type { Read } from './json-file.ts';
import { References } from './located.ts';
import { merged } from './merged.ts';
import { inTodaysWords, isOlderToken } from './older.ts';
import { type Contexts, isResolver, type Resolver, resolverIn } from './resolver.ts';

/** A theme as a file of tokens, or a resolver file, says it. */
export interface ThemeFile {
  readonly theme: Theme;
  /** What does not hold and is left out. */
  readonly findings: readonly Finding[];
  /** Where something is that `pointer` shows in the tokens of one scheme. */
  place(pointer: string, scheme: 'light' | 'dark'): Pick<Finding, 'file' | 'line' | 'column' | 'pointer'>;
}

/** What is chosen of a file, and how it is read. */
export interface Reading {
  readonly contexts?: Contexts;
  /** Whether tokens may be in the words of earlier drafts, which the widget does not read. */
  readonly older?: boolean;
}

/**
 * Reads the theme in a file. Of a resolver file it is the one of `contexts`; a modifier with the contexts light and dark
 * that is not chosen gives the two schemes.
 * @throws FileError for a file that cannot be understood as a whole
 */
export function readTheme(read: Read, file: string, { contexts = {}, older = false }: Reading = {}): ThemeFile {
  const references = new References(read);
  const root = references.open(file);
  if (!isResolver(root.value)) {
    const [context] = Object.keys(contexts);
    if (context !== undefined)
      throw new FileError({ kind: 'file', file, reason: `There are no contexts to choose: it is no resolver file.` });
    const tokens = composed([root], root);
    return whole(references, { light: tokens, dark: tokens }, older);
  }
  const resolver = resolverIn(root, references);
  const inScheme = (scheme: 'light' | 'dark'): Composed =>
    resolver.compose({ ...schemeContexts(resolver, contexts, scheme), ...contexts });
  return whole(references, { light: inScheme('light'), dark: inScheme('dark') }, older);
}

/** Of each modifier that tells the schemes apart, and is not chosen: the context of one scheme. */
function schemeContexts({ modifiers }: Resolver, chosen: Contexts, scheme: string): Contexts {
  const found = modifiers.flatMap(({ name, contexts }): [string, string][] => {
    const [light, dark] = ['light', 'dark'].map((one) => contexts.find((context) => context.toLowerCase() === one));
    const wanted = scheme === 'light' ? light : dark;
    return light === undefined || wanted === undefined || dark === undefined || name in chosen ? [] : [[name, wanted]];
  });
  return Object.fromEntries(found);
}

function whole(references: References, sides: Readonly<Record<'light' | 'dark', Composed>>, older: boolean): ThemeFile {
  const themeOf = ({ value }: Composed) => {
    const { theme, problems } = themeIn(older ? inTodaysWords(value) : value);
    return { theme, problems: [...problems, ...mistakesIn(value)] };
  };
  const place: ThemeFile['place'] = (pointer, scheme) => {
    const { file, pointer: at } = sides[scheme].origin(pointer);
    return { file: file.file, ...file.place(at), pointer: at };
  };
  const findings: Finding[] = references.files.flatMap(({ repeated }) => repeated);
  const add = (scheme: 'light' | 'dark', problems: readonly Problem[]): void => {
    for (const { token, reason, pointer = pointerOf(token) } of problems) {
      const isOlder = isOlderToken(sides[scheme].origin(pointerOf(token)).value);
      const meant = meantBy(token);
      const said = isOlder
        ? 'It has a value, and no $value: befriend theme build takes both.'
        : meant === undefined
          ? reason
          : `There is no such name. Is ${meant} meant?`;
      const finding: Finding = { kind: 'token', ...place(pointer, scheme), token, reason: said };
      if (!findings.some((one) => JSON.stringify(one) === JSON.stringify(finding))) findings.push(finding);
    }
  };
  const light = themeOf(sides.light);
  add('light', light.problems);
  if (sides.light === sides.dark) return { theme: light.theme, findings, place };
  const dark = themeOf(sides.dark);
  add('dark', dark.problems);
  const both = merged(light.theme, dark.theme);
  add('dark', both.problems);
  return { theme: both.theme, findings, place };
}

/** Where a token, or a look, stands in a file. */
export function pointerOf(token: string): string {
  const [first, ...rest] = token.split('.');
  if (first === 'befriend') return `/${[first, ...rest].join('/')}`;
  return `/befriend/$extensions/befriend/${token}`;
}
