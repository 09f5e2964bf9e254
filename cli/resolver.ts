import { type Composed, composed } from './composed.ts';
import { isMembers, type Located, type References, within, wrong } from './located.ts';

/** Which context of a modifier is meant, by the modifier's name. */
export type Contexts = Readonly<Record<string, string>>;

/** A modifier of a resolver file: its contexts in their order, and the one that holds where none is chosen. */
export interface Modifier {
  readonly name: string;
  readonly contexts: readonly string[];
  readonly otherwise?: string;
}

/** A resolver file (Design Tokens Resolver Module 2025.10). */
export interface Resolver {
  readonly modifiers: readonly Modifier[];
  /** The tokens as they are in some contexts. @throws FileError; of a context that does not exist, or has to be chosen */
  compose(contexts: Contexts): Composed;
}

interface Step {
  readonly name: string;
  readonly at: Located;
  readonly modifier?: Modifier;
}

/** Whether a file is a resolver file, and no file of tokens. */
export function isResolver(value: unknown): boolean {
  return (
    isMembers(value) &&
    ('resolutionOrder' in value || (value.version === '2025.10' && ('sets' in value || 'modifiers' in value)))
  );
}

/** Reads a resolver file. @throws FileError for what the module does not allow, and for what is not there */
export function resolverIn(root: Located, references: References): Resolver {
  const { value } = within(root, 'version');
  if (value !== '2025.10') throw wrong(within(root, 'version'), 'The version of a resolver file is "2025.10".');
  const order = within(root, 'resolutionOrder');
  if (!Array.isArray(order.value)) throw wrong(order, 'A resolver file says its resolutionOrder, a list.');
  const steps = order.value.map((_, index) => stepAt(within(order, `${index}`), references));
  for (const [index, { name, at }] of steps.entries())
    if (steps.findIndex((other) => other.name === name) < index) throw wrong(at, `${name} is there twice.`);
  const modifiers = steps.flatMap(({ modifier }) => modifier ?? []);

  const compose = (contexts: Contexts): Composed => {
    for (const name of Object.keys(contexts))
      if (!modifiers.some((one) => one.name === name))
        throw wrong(order, `There is no modifier ${name}; ${listed(modifiers.map((one) => one.name))}.`);
    const sources = steps.flatMap(({ at, modifier }) => {
      if (!modifier) return sourcesIn(within(at, 'sources'), references, []);
      const { name, otherwise } = modifier;
      const chosen = contexts[name] ?? otherwise;
      if (chosen === undefined)
        throw wrong(at, `${name} has no default: choose one with --context ${name}=…; ${listed(modifier.contexts)}.`);
      if (!modifier.contexts.includes(chosen))
        throw wrong(at, `${name} has no context ${chosen}; ${listed(modifier.contexts)}.`);
      return sourcesIn(within(at, 'contexts', chosen), references, []);
    });
    return composed(sources, root);
  };
  return { modifiers, compose };
}

/** One entry of the order: a set or a modifier of the file, or one that is written there. */
function stepAt(entry: Located, references: References): Step {
  const given = entry.value;
  const reference = isMembers(given) ? given.$ref : undefined;
  if (reference !== undefined) {
    const [, kind, name] = /^#\/(sets|modifiers)\/([^/]+)$/.exec(`${reference}`) ?? [];
    if (kind === undefined || name === undefined)
      throw wrong(entry, 'The order points to #/sets/NAME or #/modifiers/NAME.');
    const at = references.followed(entry);
    return kind === 'sets' ? { name: `set ${name}`, at } : { name, at, modifier: modifierAt(name, at) };
  }
  const { name, type } = isMembers(given) ? given : {};
  if (typeof name !== 'string' || (type !== 'set' && type !== 'modifier'))
    throw wrong(entry, 'What is written in the order has a name and a type, "set" or "modifier".');
  return type === 'set' ? { name: `set ${name}`, at: entry } : { name, at: entry, modifier: modifierAt(name, entry) };
}

function modifierAt(name: string, at: Located): Modifier {
  const contexts = within(at, 'contexts');
  const names = isMembers(contexts.value) ? Object.keys(contexts.value) : [];
  if (names.length === 0) throw wrong(contexts, `${name} has no contexts.`);
  const otherwise = within(at, 'default');
  if (otherwise.value === undefined) return { name, contexts: names };
  if (!names.some((one) => one === otherwise.value))
    throw wrong(otherwise, `${name} has no such context; ${listed(names)}.`);
  return { name, contexts: names, otherwise: `${otherwise.value}` };
}

/** The sources of a list in their order; a set in it stands for its own. */
function sourcesIn(list: Located, references: References, inside: readonly string[]): readonly Located[] {
  if (!Array.isArray(list.value)) throw wrong(list, 'Here stands a list of sources: tokens, or { "$ref": … }.');
  return list.value.flatMap((given: unknown, index) => {
    const at = within(list, `${index}`);
    const pointer = isMembers(given) && typeof given.$ref === 'string' ? /#(.*)$/.exec(given.$ref)?.[1] : undefined;
    if (pointer !== undefined && /^\/(modifiers|resolutionOrder)(\/|$)/.test(pointer))
      throw wrong(at, 'A source is a set, tokens, or a file; never a modifier, and nothing of the order.');
    const found = references.followed(at);
    if (!isMembers(found.value)) throw wrong(found, 'A source is an object of tokens.');
    if (!/^\/sets\/[^/]+$/.test(pointer ?? '')) return [found];
    if (inside.includes(found.pointer)) throw wrong(at, `${found.pointer} is a source of itself.`);
    return sourcesIn(within(found, 'sources'), references, [...inside, found.pointer]);
  });
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`;
}
