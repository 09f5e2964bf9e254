import { unremembered } from '../core/after-commit.ts';
import type { Random, Sha256 } from '../core/ports.ts';
import type { Store } from '../core/store.ts';

/** Makes a one-time token that makes a colleague of whoever redeems it first. Only its SHA-256 is stored. */
export async function makeInvite(store: Store, random: Random, sha256: Sha256): Promise<string> {
  const token = Buffer.from(random.bytes(32)).toString('base64url');
  const row = { kind: 'invite', subject: await sha256(token), user: '', device: '' };
  await store.commit([unremembered('invite', [{ table: 'login', row, expect: 'absent' }])], []);
  return token;
}
