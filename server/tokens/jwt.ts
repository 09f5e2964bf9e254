import { createSecretKey } from 'node:crypto';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import type { TokenClaims, TokenFault, TokenVerifier } from '../core/ports.ts';
import { profileIn } from './claims.ts';
import type { TokenKey } from './keys.ts';

export interface JwtOptions {
  /** For HS256, at least 32 bytes of UTF-8 (RFC 7518 §3.2). */
  readonly secret?: string;
  /** Public keys for RS256, ES256 and EdDSA. */
  readonly keys?: readonly TokenKey[];
  /** What `aud` has to name. */
  readonly audience: string;
  /** What `iss` has to be; any where absent. */
  readonly issuer?: string;
}

/** How far ahead `exp` may lie, and by how much the clocks may differ; seconds. */
export const tokenTimes = { longest: 600, tolerance: 5 } as const;

const leastSecretBytes = 32;

/** UTF-16 units of `sub`, as OpenID Connect Core §2 limits it, and of `iss`. */
const nameLength = 255;

/** Headers that would let a token say how it is to be checked (RFC 7515 §4.1). */
const forbidden = ['jku', 'x5u', 'jwk', 'crit'];

/**
 * Checks tokens as RFC 8725 advises: the key decides on the algorithm and not the token; issuer, audience, subject and a
 * short life are required.
 * @throws Error where the secret is too short, or there is neither a secret nor a key
 */
export function jwtVerifier({ secret, keys = [], audience, issuer }: JwtOptions): TokenVerifier {
  const bytes = Buffer.from(secret ?? '');
  if (secret !== undefined && bytes.length < leastSecretBytes) {
    throw new Error(`The secret has ${bytes.length} bytes; HS256 needs at least ${leastSecretBytes}.`);
  }
  const shared: TokenKey[] = secret === undefined ? [] : [{ algorithm: 'HS256', key: createSecretKey(bytes) }];
  const known = [...shared, ...keys];
  if (known.length === 0) throw new Error('There is neither a secret nor a key to check tokens with.');

  const payloadOf = async (
    token: string,
    { algorithm, key }: TokenKey,
    now: number,
  ): Promise<JWTPayload | TokenFault> => {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm],
        audience,
        clockTolerance: tokenTimes.tolerance,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp'],
        ...(issuer === undefined ? {} : { issuer }),
      });
      return payload;
    } catch (error) {
      return faultOf(error);
    }
  };

  return async (token, now) => {
    const header = headerOf(token);
    if (header === undefined) return { ok: false, why: 'malformed' };
    if (forbidden.some((name) => Object.hasOwn(header, name))) return { ok: false, why: 'header' };
    const able = known.filter(({ algorithm }) => algorithm === (header.alg === 'Ed25519' ? 'EdDSA' : header.alg));
    if (able.length === 0) return { ok: false, why: 'algorithm' };
    let why: TokenFault = 'key';
    for (const key of able.filter(({ id }) => id === undefined || header.kid === undefined || id === header.kid)) {
      const payload = await payloadOf(token, key, now);
      const claims = typeof payload === 'string' ? payload : claimsIn(payload, now);
      if (typeof claims !== 'string') return { ok: true, claims };
      why = claims;
      // Another key helps only where this one did not sign it.
      if (why !== 'signature') break;
    }
    return { ok: false, why };
  };
}

function headerOf(token: string): ProtectedHeaderParameters | undefined {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}

function claimsIn(payload: JWTPayload, now: number): TokenClaims | TokenFault {
  const { exp = 0, iss: issuer = '', sub: subject, bind_until: bound, jti: tokenId } = payload;
  if (!isName(subject) || subject === '') return 'subject';
  if (!isName(issuer)) return 'issuer';
  if (tokenId !== undefined && !isName(tokenId)) return 'malformed';
  if (exp * 1_000 > now + (tokenTimes.longest + tokenTimes.tolerance) * 1_000) return 'lasting';
  const bindUntil = typeof bound === 'number' ? Math.floor(bound * 1_000) : undefined;
  if (bound !== undefined && (bindUntil === undefined || !(bindUntil > now))) return 'binding';
  return {
    ...{ issuer, subject, expiresAt: Math.floor(exp * 1_000) },
    ...(tokenId === undefined ? {} : { tokenId }),
    ...profileIn(payload),
    ...(bindUntil === undefined ? {} : { bindUntil }),
  };
}

function isName(claim: unknown): claim is string {
  return typeof claim === 'string' && claim.length <= nameLength;
}

const faultsOfClaims: Readonly<Record<string, TokenFault>> = {
  aud: 'audience',
  iss: 'issuer',
  sub: 'subject',
  nbf: 'early',
  exp: 'expired',
};

function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return faultsOfClaims[error.claim] ?? 'malformed';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  return 'malformed';
}
