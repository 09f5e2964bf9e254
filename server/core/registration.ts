import { factFilter } from './fact-filters.ts';
import type { Concurrency, Reaction, ReactionOptions, Registration } from './rule.ts';
import type { Where } from './where.ts';

/**
 * What `after(name, where?, reaction, options?)` was given, sorted; a string for options is a name.
 * @throws FriendError `FRIEND_FILTER`
 */
export function registrationOf(
  filter: string,
  given: readonly unknown[],
): { readonly type: string; readonly registration: Registration; readonly concurrency: Concurrency | undefined } {
  const isPlaced = typeof given[0] !== 'function';
  const [reaction, options = {}] = (isPlaced ? given.slice(1) : given) as [Reaction, (ReactionOptions | string)?];
  const { name = filter, concurrency } = typeof options === 'string' ? { name: options } : options;
  const { type, ...fits } = factFilter(filter, isPlaced ? (given[0] as Where) : undefined);
  return { type, registration: { name, reaction, ...fits }, concurrency };
}
