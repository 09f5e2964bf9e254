import { FriendError } from './errors.ts';
import type { Effects, MaybePromise, Middleware, OpenContext } from './rule.ts';

/**
 * One function from many: each middleware wraps those after it, `last` stands inside.
 * @throws FriendError `FRIEND_NEXT_TWICE` when a middleware calls `next` a second time
 */
export function compose(
  layers: readonly Middleware[],
  last: (context: OpenContext) => MaybePromise<Effects>,
): (context: OpenContext) => Promise<Effects> {
  return (context) => {
    let reached = -1;
    const run = async (index: number): Promise<Effects> => {
      if (index <= reached) throw new FriendError('FRIEND_NEXT_TWICE');
      reached = index;
      const layer = layers[index];
      return layer === undefined ? last(context) : layer(context, () => run(index + 1));
    };
    return run(0);
  };
}
