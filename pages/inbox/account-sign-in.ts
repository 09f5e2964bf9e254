import { readFrame, toJson } from '../../protocol/frame.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import type { Clock, Random } from '../../widget/core/ports.ts';
import { newSecret } from '../../widget/core/secret.ts';
import { type AccountFault, type AccountOptions, sayAsAccount } from '../../widget/transport/account.ts';

/** Why an account does not lead in; `stranger`: it does not answer for the site. Else the code of the friend's error. */
export type SignInFault = AccountFault | 'address' | 'stranger' | (string & {});

export interface SignInOptions extends Pick<AccountOptions, 'service' | 'friend'> {
  readonly clock: Clock;
  readonly random: Random;
}

/** A device secret that opens as the account's user, or why there is none. */
export type SignedIn = { readonly secret: string } | { readonly fault: SignInFault };

/**
 * Lets this browser in by an XMPP account. The password goes to its server and nowhere else, and is kept nowhere: what stays is
 * a device secret that nobody else knows.
 */
export async function signInByAccount(
  { clock, random, ...to }: SignInOptions,
  address: string,
  password: string,
): Promise<SignedIn> {
  const jid = address.trim().toLowerCase();
  if (!/^[^@/\s]+@[^@/\s]+$/.test(jid)) return { fault: 'address' };
  const secret = newSecret(random);
  const at = clock.now();
  const action = { id: uuidv7(at, random(10)), type: 'account.enter', at, body: { secret } };
  const said = await sayAsAccount({ ...to, jid, password, clock }, toJson({ v: 1, events: [action] }));
  if ('fault' in said) return said;
  const read = readFrame(said.frame);
  const answers = read.ok ? (read.frame.events as readonly Answer[]) : [];
  const answer = answers.find(({ re }) => re === action.id);
  if (answer?.type === 'account.entered') return { secret };
  const { code = 'unreachable' } = answer?.body ?? {};
  return { fault: code === 'not_found' ? 'stranger' : code };
}

interface Answer {
  readonly type: string;
  readonly re?: string;
  readonly body?: { readonly code?: string };
}
