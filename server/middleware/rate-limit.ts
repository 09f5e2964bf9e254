import { refuse } from '../core/effect.ts';
import type { Middleware } from '../core/rule.ts';
import { TokenBucket } from '../core/token-bucket.ts';

export interface RateLimit {
  /** Events of one user each second, in the long run. */
  readonly perSecond: number;
  /** Events of one user at once. */
  readonly burst: number;
}

/** Buckets that are kept; a full one is as good as none and goes first. */
const kept = 10_000;

/** How often full buckets are looked for, milliseconds. */
const sweepPause = 1_000;

/**
 * Refuses with `rate` what one user, or one connection that nobody has opened yet, sends too fast. A decision that is
 * taken again takes no second token.
 */
export function rateLimit({ perSecond, burst }: RateLimit): Middleware {
  const buckets = new Map<string, TokenBucket>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  function bucketOf(key: string, now: number): TokenBucket {
    const known = buckets.get(key);
    if (known !== undefined) return known;
    if (buckets.size >= kept && Math.abs(now - sweptAt) >= sweepPause) {
      sweptAt = now;
      sweep(buckets, now);
    }
    const oldest = buckets.size >= kept ? buckets.keys().next().value : undefined;
    if (oldest !== undefined) buckets.delete(oldest);
    const bucket = new TokenBucket(perSecond, burst, now);
    buckets.set(key, bucket);
    return bucket;
  }

  return (context, next) => {
    if (context.attempt > 1) return next();
    const retryAfter = bucketOf(context.user?.id ?? context.jid, context.now).take(context.now);
    return retryAfter === 0 ? next() : Promise.resolve([refuse('rate', { retryAfter })]);
  };
}

function sweep(buckets: Map<string, TokenBucket>, now: number): void {
  for (const [key, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(key);
}
