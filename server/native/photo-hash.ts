import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { bytesOf } from '../core/picture.ts';

/**
 * SHA-1 (RFC 3174) of the bytes that `base64` stands for, as 40 lower-case hexadecimal digits: the name of a picture for
 * clients (XEP-0153 §3.2), and no seal of anything.
 */
export function photoHash(base64: string): string {
  return bytesToHex(sha1(bytesOf(base64)));
}
