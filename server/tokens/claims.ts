import type { JWTPayload } from 'jose';
import { limits } from '../../protocol/limits.ts';
import type { TokenClaims } from '../core/ports.ts';

/** Entries of `attributes`, and UTF-16 units of one that is text. */
const attributesKept = 16;

/** Characters of a picture's address: it travels with every person in a page. */
const pictureLength = 256;

/**
 * What a token says of a user beside his name for the site: `name` as one line, `picture` where it is an https address,
 * `attributes`, as far as they fit, and `role` where it is `colleague`. What does not fit is left out: nobody is kept out by a picture.
 */
export function profileIn(payload: JWTPayload): Pick<TokenClaims, 'name' | 'avatar' | 'attributes' | 'role'> {
  const name = nameIn(payload.name);
  const avatar = pictureIn(payload.picture);
  const attributes = attributesIn(payload.attributes);
  return {
    ...(name === '' ? {} : { name }),
    ...(avatar === undefined ? {} : { avatar }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(payload.role === 'colleague' ? { role: payload.role } : {}),
  };
}

function nameIn(claim: unknown): string {
  if (typeof claim !== 'string') return '';
  const line = claim.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  // A pair of surrogates at the very end is cut as a whole.
  return line
    .slice(0, limits.name)
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed()
    .trim();
}

function pictureIn(claim: unknown): string | undefined {
  const url = typeof claim === 'string' && URL.canParse(claim) ? new URL(claim) : undefined;
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && url.href.length <= pictureLength ? url.href : undefined;
}

function attributesIn(claim: unknown): TokenClaims['attributes'] {
  if (typeof claim !== 'object' || claim === null) return undefined;
  const fitting = Object.entries(claim).filter(([key, value]) => /^[A-Za-z]\w{0,31}$/.test(key) && isPlain(value));
  return Object.fromEntries(fitting.slice(0, attributesKept)) as TokenClaims['attributes'];
}

function isPlain(value: unknown): boolean {
  return (
    typeof value === 'boolean' || Number.isFinite(value) || (typeof value === 'string' && value.length <= limits.note)
  );
}
