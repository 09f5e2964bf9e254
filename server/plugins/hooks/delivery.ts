import { toJson } from '../../../protocol/frame.ts';
import { utf8Length } from '../../../protocol/limits.ts';
import type { Answered, Clock, Fetch } from '../../core/ports.ts';
import type { Reads } from '../../core/reads.ts';
import type { StoredFact } from '../../core/rows.ts';
import type { CommittedFact } from '../../core/rule.ts';
import type { Pending } from './queue.ts';
import { signed } from './signature.ts';
import type { Declared, WebhookEvent } from './webhook.ts';

/** How long an endpoint may take, milliseconds. */
export const patience = 10_000;

/** Bytes of a delivery's body. */
export const bodyLimit = 65_536;

/** The longest that an endpoint may ask to be left alone, milliseconds. */
const longestWish = 12 * 3_600_000;

/** What became of one try. `final`: another cannot help. `after`: milliseconds that the endpoint has asked for. */
export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly final?: true; readonly after?: number };

export interface Tools {
  readonly fetch: Fetch | undefined;
  readonly clock: Clock;
}

/** Sends one fact, as it reads now: what was edited or erased meanwhile is told as that. Never rejects. */
export async function delivered(hook: Declared, { log, seq }: Pending, read: Reads, tools: Tools): Promise<Outcome> {
  try {
    const [fact] = await read.page({ log, after: seq - 1, upTo: seq, limit: 1 });
    if (fact === undefined) return { ok: false, why: 'there is no such fact', final: true };
    const event = eventOf(bodied(fact));
    const body = toJson(event);
    if (utf8Length(body) > bodyLimit) return { ok: false, why: `longer than ${bodyLimit} bytes`, final: true };
    const proof = await signed(event.id, body, hook.keys, tools.clock.now());
    const headers = { 'content-type': 'application/json', 'user-agent': 'Befriend', ...proof };
    return outcomeOf(await asked(hook.url, headers, body, tools), tools.clock.now());
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** A stored fact as webhooks are told it. */
export function eventOf({ log, seq, type, at, by, body }: CommittedFact): WebhookEvent {
  const conversation = log.startsWith('c_') ? { conversation: log.replace(/^c_desk_/, 'c_support_') } : {};
  return { id: `${log}:${seq}`, type, at, log, seq, by, body, ...conversation };
}

function bodied({ log, seq, type, at, by, body }: StoredFact): CommittedFact {
  return { log, seq, type, at, by, body: JSON.parse(body) as never };
}

async function asked(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { fetch, clock }: Tools,
): Promise<Answered> {
  if (fetch === undefined) throw new Error('this friend cannot reach the web: composeFriend({ fetch })');
  const ends: (() => void)[] = [];
  const signal = { aborted: false, onAbort: (end: () => void) => void ends.push(end) };
  let cancel: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(patience, () => {
      signal.aborted = true;
      for (const end of ends) end();
      reject(new Error(`no answer within ${patience / 1_000} s`));
    });
  });
  try {
    const asking = { method: 'POST', headers, body, timeout: patience, redirect: 'never' as const, signal };
    return await Promise.race([fetch(url, asking), late]);
  } finally {
    cancel?.();
  }
}

/** Any 2xx is a receipt (RFC 9110 §15.3); 410 says that nobody wants it any more (§15.5.11). */
function outcomeOf({ status, headers }: Answered, now: number): Outcome {
  if (status >= 200 && status < 300) return { ok: true };
  if (status === 410) return { ok: false, why: 'answered 410', final: true };
  const wish = headers['retry-after'];
  const after = wish === undefined ? Number.NaN : /^\d+$/.test(wish) ? Number(wish) * 1_000 : Date.parse(wish) - now;
  const wished = Number.isFinite(after) ? { after: Math.min(longestWish, Math.max(0, after)) } : {};
  return { ok: false, why: `answered ${status}`, ...wished };
}
