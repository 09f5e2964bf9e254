import { createHmac, type KeyObject, sign } from 'node:crypto';
import type { TokenAlgorithm } from './keys.ts';

/** What `SignJWT` of a library would not sign: any header over any payload. For tests. */
export function signed(
  header: Readonly<Record<string, unknown>>,
  payload: unknown,
  key: KeyObject | string,
  algorithm: TokenAlgorithm | 'HS384' | 'HS512' = header.alg as TokenAlgorithm,
): string {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${signatureOf(input, key, algorithm).toString('base64url')}`;
}

/** One part of a compact token (RFC 7515 §7.1). */
export function part(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

function signatureOf(input: string, key: KeyObject | string, algorithm: string): Buffer {
  const data = Buffer.from(input);
  if (algorithm.startsWith('HS'))
    return createHmac(`sha${algorithm.slice(2)}`, key as string)
      .update(data)
      .digest();
  if (algorithm === 'ES256') return sign('sha256', data, { key: key as KeyObject, dsaEncoding: 'ieee-p1363' });
  return sign(algorithm === 'EdDSA' ? null : 'sha256', data, key as KeyObject);
}
