import { refuse } from '../core/effect.ts';
import type { Middleware } from '../core/rule.ts';
import { TokenBucket } from './token-bucket.ts';

export interface RateLimit {
  /** Events of one user each second, in the long run. */
  readonly perSecond: number;
  /** Events of one user at once. */
  readonly burst: number;
}

/** Buckets that are kept; a full one is as good as none and goes first. */
const kept = 10_000;

/** Refuses with `rate` what one user, or one connection that nobody has opened yet, sends too fast. */
export function rateLimit({ perSecond, burst }: RateLimit): Middleware {
  const buckets = new Map<string, TokenBucket>();
  return async (context, next) => {
    const key = context.user?.id ?? context.jid;
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      if (buckets.size >= kept) sweep(buckets, context.now);
      bucket = new TokenBucket(perSecond, burst, context.now);
      buckets.set(key, bucket);
    }
    const retryAfter = bucket.take(context.now);
    return retryAfter === 0 ? next() : [refuse('rate', { retryAfter })];
  };
}

function sweep(buckets: Map<string, TokenBucket>, now: number): void {
  for (const [key, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(key);
  const oldest = buckets.size >= kept ? buckets.keys().next().value : undefined;
  if (oldest !== undefined) buckets.delete(oldest);
}
