import { isMembers, type Located, type Members, within } from './located.ts';

/** Tokens of several sources as one, which still know where each part came from. */
export interface Composed {
  readonly value: Members;
  /** The part of a source that stands at this pointer now; of what is nowhere, the innermost around it that is. */
  origin(pointer: string): Located;
}

/** Puts `sources` together, of which `first` is one: a later token takes the place of an earlier one, groups grow together. */
export function composed(sources: readonly Located[], first: Located): Composed {
  const origins = new Map<string, Located>([['', first]]);
  const note = (at: string, source: Located): void => {
    origins.set(at, source);
    if (isMembers(source.value) || Array.isArray(source.value))
      for (const step of Object.keys(source.value)) {
        const inner = within(source, step);
        note(at + inner.pointer.slice(source.pointer.length), inner);
      }
  };
  const grown = (before: unknown, source: Located, at: string): unknown => {
    const { value } = source;
    if (!isMembers(before) || !isMembers(value) || Object.hasOwn(value, '$value')) {
      note(at, source);
      return value;
    }
    const added = Object.keys(value).map((step) => {
      const inner = within(source, step);
      const old = Object.hasOwn(before, step) ? before[step] : undefined;
      return [step, grown(old, inner, at + inner.pointer.slice(source.pointer.length))] as const;
    });
    return Object.fromEntries([...Object.entries(before), ...added]);
  };
  let value: unknown = {};
  for (const source of sources) value = grown(value, source, '');
  const origin = (pointer: string): Located => {
    let at = pointer;
    while (!origins.has(at)) at = at.slice(0, at.lastIndexOf('/'));
    return origins.get(at) ?? first;
  };
  return { value: isMembers(value) ? value : {}, origin };
}
