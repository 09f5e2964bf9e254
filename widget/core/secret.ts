import type { Keep, Random } from './ports.ts';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The device secret, made at the first need and kept: it is who this browser is. */
export function secretIn(keep: Keep, key: string, random: Random): string {
  const kept = keep.get(key);
  if (kept !== undefined) return kept;
  const secret = Array.from(random(43), (byte) => digits[byte & 63]).join('');
  keep.set(key, secret);
  return secret;
}
