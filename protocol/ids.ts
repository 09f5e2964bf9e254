import * as v from 'valibot';

/**
 * A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then chance.
 * @param now milliseconds since 1970
 * @param random at least 10 bytes from a cryptographic source
 */
export function uuidv7(now: number, random: Uint8Array): string {
  const time = Math.max(0, Math.floor(now)).toString(16).padStart(12, '0').slice(-12);
  const [a = 0, b = 0, c = 0, ...rest] = random.subarray(0, 10);
  const versioned = hex([0x70 | (a & 0x0f), b]);
  const variant = hex([0x80 | (c & 0x3f), rest[0] ?? 0]);
  const node = hex(rest.slice(1, 7));
  return `${time.slice(0, 8)}-${time.slice(8)}-${versioned}-${variant}-${node.padEnd(12, '0')}`;
}

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Twenty characters of Crockford's base 32 in lower case, so that an id survives as a JID's localpart (RFC 7622 §3.3). */
export function opaque(random: Uint8Array): string {
  return Array.from(random.subarray(0, 20), (byte) => alphabet[byte & 31])
    .join('')
    .padEnd(20, '0');
}

/** An action's id: a UUID in lower case. Ours are of version 7; any version is accepted. */
export const ActionId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'expects a lower-case UUID'),
);

/** `u_` and twenty characters. Opaque: it says nothing about the person. */
export const UserId = v.pipe(v.string(), v.regex(/^u_[0-9a-z]{20}$/, 'expects a user id, u_…'));

/** `c_` and what the friend chose. */
export const ConversationId = v.pipe(v.string(), v.regex(/^c_[0-9a-z_-]{1,100}$/, 'expects a conversation id, c_…'));

/** `f_` and twenty characters that the one who offers the file has made up. */
export const FileId = v.pipe(v.string(), v.regex(/^f_[0-9a-z]{20}$/, 'expects a file id, f_…'));

/** A log is named by the conversation or the user that it belongs to. */
export const LogId = v.pipe(
  v.string(),
  v.regex(/^(u_[0-9a-z]{20}|c_[0-9a-z_-]{1,100})$/, 'expects a log id, c_… or u_…'),
);

/** How a page names a conversation: `support`, `room:NAME`, `user:u_…`, or an id. */
export const ConversationRef = v.pipe(
  v.string(),
  v.regex(
    /^(support|room:[0-9a-z][0-9a-z-]{0,62}|user:u_[0-9a-z]{20}|c_[0-9a-z_-]{1,100})$/,
    'expects support, room:NAME, user:u_… or c_…',
  ),
);

/** A place in a log: 0 is before the first fact. */
export const Seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
