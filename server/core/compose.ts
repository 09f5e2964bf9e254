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
    const run = (index: number): Promise<Effects> => {
      if (index <= reached) return Promise.reject(new FriendError('FRIEND_NEXT_TWICE'));
      reached = index;
      const layer = layers[index];
      // Not an async function: each layer would cost three more turns of the microtask queue.
      try {
        return Promise.resolve(layer === undefined ? last(context) : layer(context, () => run(index + 1)));
      } catch (error) {
        return Promise.reject(error);
      }
    };
    return run(0);
  };
}
