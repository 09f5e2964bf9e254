import type { Random } from './ports.ts';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A new device secret: 32 random bytes in base64url. Whoever has it is this browser. */
export function newSecret(random: Random): string {
  return Array.from(random(43), (byte) => digits[byte & 63]).join('');
}
