import { FriendError } from '../../core/errors.ts';
import { keyOf } from './signature.ts';

/** What a webhook is told: a fact that is stored. */
export interface WebhookEvent {
  /** The same at every try: who has seen it, has it. */
  readonly id: string;
  readonly type: string;
  /** When it was stored, milliseconds since 1970. */
  readonly at: number;
  readonly log: string;
  readonly seq: number;
  /** The user who did it; `friend` where nobody did. */
  readonly by: string;
  readonly body: unknown;
  /** The conversation that it belongs to; absent where it stands in a user's own log. */
  readonly conversation?: string;
}

/** An address of the site's own back end that is told what happens; see docs/webhooks.md. */
export interface Webhook {
  /** Lower case; it keeps its queue under this name over restarts. */
  readonly name: string;
  /** An https address; http for the own machine and network only. */
  readonly url: string;
  /** Types of stored facts. */
  readonly events: readonly string[];
  /** Which of these; all where absent. */
  where?(event: WebhookEvent): boolean;
  /** `whsec_` and 24 to 64 random bytes in base64; several while one takes the other's place. */
  readonly secret: string | readonly string[];
  /** It leads to the own machine or network, and is meant to. */
  readonly private?: boolean;
  /** Deliveries at once, each of another conversation; 8 where absent, at most 64. */
  readonly parallel?: number;
  /** Events that may wait; beyond it the oldest become dead letters. 10,000 where absent, and at most 100,000. */
  readonly pending?: number;
}

/** A webhook that can be used. */
export interface Declared {
  readonly name: string;
  readonly url: string;
  readonly events: ReadonlySet<string>;
  readonly where: (event: WebhookEvent) => boolean;
  /** Keys of the signature, raw bytes. */
  readonly keys: readonly Uint8Array[];
  readonly parallel: number;
  readonly pending: number;
  /** It leads to the own machine or network, and nobody has said that it is meant to. */
  readonly isSuspect: boolean;
}

/** Reads what a site has declared. @throws FriendError `FRIEND_WEBHOOK` */
export function declared(hooks: readonly Webhook[]): Declared[] {
  const names = new Set<string>();
  return hooks.map((hook) => {
    const { name, url, events, where = () => true, parallel = 8, pending = 10_000 } = hook;
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw wrong(name, 'its name is lower case, letters, digits and hyphens');
    if (names.has(name)) throw wrong(name, 'another has the same name');
    names.add(name);
    const place = /^(https?):\/\/([^/?#@\s]+?)(?::\d+)?(?:[/?#]\S*)?$/i.exec(url);
    if (place === null) throw wrong(name, 'its url is an https address without a user and a password');
    const isInside = isPrivate(place[2] ?? '');
    if (place[1]?.toLowerCase() === 'http' && !isInside) throw wrong(name, 'outside your own network its url is https');
    if (events.length === 0) throw wrong(name, 'it names no events');
    if (!between(parallel, 64)) throw wrong(name, 'parallel is a whole number from 1 to 64');
    if (!between(pending, 100_000)) throw wrong(name, 'pending is a whole number from 1 to 100000');
    const keys = (typeof hook.secret === 'string' ? [hook.secret] : hook.secret).map(keyOf);
    if (keys.length === 0 || keys.length > 4) throw wrong(name, 'it has one to four secrets');
    const good = keys.filter((key) => key !== undefined);
    if (good.length < keys.length) throw wrong(name, 'a secret is whsec_ and 24 to 64 bytes in base64');
    const isSuspect = isInside && hook.private !== true;
    return { name, url, events: new Set(events), where, keys: good, parallel, pending, isSuspect };
  });
}

function wrong(name: string, why: string): FriendError {
  return new FriendError('FRIEND_WEBHOOK', `${name}: ${why}`);
}

function between(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

/** Whether a host is of the own machine or network, as far as its name says (RFC 1918, RFC 4193, RFC 6761 §6.3). */
function isPrivate(host: string): boolean {
  return /^(localhost|.*\.(localhost|local|internal|lan|home\.arpa)|0\..*|10\..*|127\..*|169\.254\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[(::1?|::ffff:.*|f[cd].*|fe[89ab].*)\])$/i.test(
    host,
  );
}
