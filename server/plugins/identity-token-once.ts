import { put } from '../core/effect.ts';
import type { Sha256, TokenClaims } from '../core/ports.ts';
import type { Effects, OpenContext } from '../core/rule.ts';

/** How long a used token is remembered after its end, milliseconds: longer than clocks may differ. */
const after = 60_000;

/** Hexadecimal digits that tell the rows apart: 4,096 of them, each with what is still good of its tokens. */
const digits = 3;

/** Of one row, the tokens that were used: which it is, by which device, and until when it is remembered. */
type Used = readonly (readonly [token: string, device: string, until: number])[];

/**
 * A token that its site has given a name (RFC 7519 §4.1.7) counts for one device, which may bring it again: an answer may
 * be lost. Resolves with what notes whose it is; undefined where it is another's. Two that bring it at once are decided in
 * the commit. What is remembered is as much as tokens are good at a time, and 4,096 rows at most.
 */
export async function usedOnce(
  { read, now }: OpenContext,
  sha256: Sha256,
  { issuer, tokenId, expiresAt }: TokenClaims,
  device: string,
): Promise<Effects | undefined> {
  if (tokenId === undefined) return [];
  const token = await sha256(JSON.stringify([issuer, tokenId]));
  const row = { plugin: 'identity', scope: 'jti', key: token.slice(0, digits) };
  const before = await read.state(row.plugin, row.scope, row.key);
  const good = (before === undefined ? [] : (JSON.parse(before) as Used)).filter(([, , until]) => until > now);
  const known = good.find(([one]) => one === token);
  if (known !== undefined) return known[1] === device ? [] : undefined;
  const value = JSON.stringify([...good, [token, device, expiresAt + after]] satisfies Used);
  return [put({ table: 'state', row: { ...row, value }, expect: before ?? null })];
}
