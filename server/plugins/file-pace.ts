import { TokenBucket } from '../core/token-bucket.ts';

/** Users who are remembered; who has not offered for longest is forgotten first. */
const kept = 10_000;

/** How many files one user may offer: returns 0, or the milliseconds until he may again. */
export function offerPace(perMinute: number): (user: string, now: number) => number {
  const buckets = new Map<string, TokenBucket>();
  return (user, now) => {
    const bucket = buckets.get(user) ?? new TokenBucket(perMinute / 60, perMinute, now);
    buckets.delete(user);
    const oldest = buckets.size >= kept ? buckets.keys().next().value : undefined;
    if (oldest !== undefined) buckets.delete(oldest);
    buckets.set(user, bucket);
    return bucket.take(now);
  };
}
