import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** The algorithms of RFC 7518 §3.1 and RFC 8037 §3.1 that a key of the site may sign with. */
export type TokenAlgorithm = 'HS256' | 'RS256' | 'ES256' | 'EdDSA';

/** A key that tokens may be signed with, for one algorithm and no other. */
export interface TokenKey {
  readonly algorithm: TokenAlgorithm;
  readonly key: KeyObject;
  /** Its `kid` (RFC 7517 §4.5): a token that names another one is not tried with it. */
  readonly id?: string;
}

/** Keys of one site: the current one, the next, and those of services beside it. */
const keysTaken = 16;

const leastRsaBits = 2_048;

/**
 * The public keys in the text of a file: a JWK Set (RFC 7517 §5), one JWK, or `PUBLIC KEY` blocks in PEM (RFC 7468 §13).
 * @throws Error that says in one line what is wrong with the file
 */
export function keysIn(text: string): TokenKey[] {
  const keys = text.trimStart().startsWith('{') ? keysOfSet(text) : keysOfPem(text);
  if (keys.length === 0) throw new Error('It holds no public key: neither a JWK Set nor a PUBLIC KEY in PEM.');
  if (keys.length > keysTaken) throw new Error(`It holds ${keys.length} keys; at most ${keysTaken} are tried.`);
  return keys;
}

type Jwk = JsonWebKey & { readonly kid?: unknown };

function keysOfSet(text: string): TokenKey[] {
  const read = JSON.parse(text) as { readonly keys?: readonly Jwk[] } & Jwk;
  return (read.keys ?? [read]).map((jwk) => {
    if (jwk.kty === 'oct') throw new Error('It holds a shared secret; set BEFRIEND_JWT_SECRET to that instead.');
    if (jwk.d !== undefined) throw new Error('It holds a private key; the friend needs the public one only.');
    const key = withAlgorithm(createPublicKey({ key: jwk, format: 'jwk' }));
    return typeof jwk.kid === 'string' ? { ...key, id: jwk.kid } : key;
  });
}

function keysOfPem(text: string): TokenKey[] {
  if (text.includes('PRIVATE KEY')) throw new Error('It holds a private key; the friend needs the public one only.');
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  return blocks.map((block) => withAlgorithm(createPublicKey(block)));
}

function withAlgorithm(key: KeyObject): TokenKey {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = key;
  if (type === 'ed25519') return { algorithm: 'EdDSA', key };
  if (type === 'ec' && details.namedCurve === 'prime256v1') return { algorithm: 'ES256', key };
  if (type !== 'rsa') throw new Error(`It holds a key of type ${type}; use RSA, EC on P-256, or Ed25519.`);
  const { modulusLength = 0 } = details;
  if (modulusLength < leastRsaBits)
    throw new Error(`It holds an RSA key of ${modulusLength} bits; use ${leastRsaBits}.`);
  return { algorithm: 'RS256', key };
}
