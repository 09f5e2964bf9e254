/**
 * Shapes of what a friend tells, read tolerantly: unknown keys are dropped, whatever else does not fit is nothing. A
 * page carries these instead of a library of schemas; the strict ones, for what a widget wishes, stand in actions.ts.
 */
export interface Shape<T> {
  readonly type: string;
  /** The value as far as it fits, or undefined where it does not. Never throws. */
  readonly read: (value: unknown) => T | undefined;
}

/** A key that may be absent. */
export interface Optional<T> {
  readonly wrapped: Shape<T>;
}

type Entries = Readonly<Record<string, Shape<unknown> | Optional<unknown>>>;
type Simplified<T> = { [K in keyof T]: T[K] };

/** What an object of these entries is. */
type Read<E extends Entries> = Simplified<
  { [K in keyof E as E[K] extends Shape<unknown> ? K : never]: Of<E[K]> } & {
    [K in keyof E as E[K] extends Shape<unknown> ? never : K]?: Of<E[K]>;
  }
>;

/** The type that a shape reads. */
export type Of<S> = S extends Shape<infer T> ? T : S extends Optional<infer T> ? T : never;

function only<T>(type: string, fits: (value: unknown) => boolean): Shape<T> {
  return { type, read: (value) => (fits(value) ? (value as T) : undefined) };
}

export const string: Shape<string> = only('string', (value) => typeof value === 'string');
export const boolean: Shape<boolean> = only('boolean', (value) => typeof value === 'boolean');
export const number: Shape<number> = only('number', Number.isFinite);
/** A place in a log: 0 is before the first fact. */
export const seq: Shape<number> = only('Seq', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
/** Anything but nothing. */
export const anything: Shape<unknown> = only('unknown', () => true);

export function oneOf<const T extends string>(...options: readonly T[]): Shape<T> & { readonly options: readonly T[] } {
  return { ...only<T>('picklist', (value) => options.includes(value as T)), options };
}

export function optional<T>(wrapped: Shape<T>): Optional<T> {
  return { wrapped };
}

export function list<T>(item: Shape<T>): Shape<T[]> & { readonly item: Shape<T> } {
  return {
    type: 'array',
    item,
    read: (value) => {
      const read = Array.isArray(value) ? value.map(item.read) : [undefined];
      return read.includes(undefined) ? undefined : (read as T[]);
    },
  };
}

export function object<E extends Entries>(entries: E): Shape<Read<E>> & { readonly entries: E } {
  return {
    type: 'object',
    entries,
    read: (value) => {
      if (typeof value !== 'object' || value === null) return undefined;
      const read: Record<string, unknown> = {};
      for (const [key, entry] of Object.entries(entries)) {
        const isOptional = 'wrapped' in entry;
        const given = (value as Record<string, unknown>)[key];
        if (given === undefined && isOptional) continue;
        read[key] = (isOptional ? entry.wrapped : entry).read(given);
        if (read[key] === undefined) return undefined;
      }
      return read as Read<E>;
    },
  };
}
