import { answerOf, Extras, reactionsOf } from '../../protocol/extras.ts';

export type { Extras };

/**
 * What a message has beside its words, read part by part: a part that does not fit is left out, and the others stay.
 * A message that waits has its files and nothing else in another form; they are left out too. Never throws.
 */
export function extrasOf({ extras }: { readonly extras?: unknown }): Extras {
  const given = Object(extras) as Record<string, unknown>;
  const parts = Object.entries(Extras.entries).flatMap(([key, { wrapped }]) => {
    const part = given[key] === undefined ? undefined : wrapped.read(given[key]);
    return part === undefined ? [] : [[key, part] as const];
  });
  return Object.fromEntries(parts);
}

/** Who has set which emoji: emoji → user ids, the first first. */
export function reactionsIn(extras: Extras): ReadonlyMap<string, readonly string[]> {
  return reactionsOf(extras);
}

/** What `user` has answered; undefined where he has not. */
export function answerIn(extras: Extras, user: string): ReturnType<typeof answerOf> {
  return answerOf(extras, user);
}
