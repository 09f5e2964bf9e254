import type { TokenClaims, TokenVerifier } from '../core/ports.ts';

/** Tokens that only the kit's own friend takes: they are not signed, so that a test needs no key. */
const issuer = 'test';

/** How long a token is good for, milliseconds. */
const lasts = 300_000;

/** A token that says who somebody is. `subject` is the site's own name for the user. */
export function testToken(claims: Partial<TokenClaims> & { readonly subject: string }, now: number): string {
  const text = JSON.stringify({ issuer, expiresAt: now + lasts, ...claims });
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return `test.${btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.`;
}

/** Takes what `testToken` has made, as long as it is good. */
export const testTokens: TokenVerifier = async (token, now) => {
  const [head, text = ''] = token.split('.');
  if (head !== 'test') return { ok: false, why: 'signature' };
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as TokenClaims;
  return claims.expiresAt <= now ? { ok: false, why: 'expired' } : { ok: true, claims };
};
