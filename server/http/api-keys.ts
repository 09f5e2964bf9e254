import { createHash, timingSafeEqual } from 'node:crypto';

/** What a key may be for. */
export const scopes = {
  send: 'send messages as the bot of the key',
  act: 'act as any user: send, relate, ask for support',
  read: 'read conversations, users and who they are',
  users: 'make users, and say who they are',
  relations: 'set and end relations of users',
  erase: 'erase users',
  export: 'export users',
  webhooks: 'list webhooks and their dead letters, and replay these',
} as const;

export type Scope = keyof typeof scopes;

/** A key of the HTTP API, of which only the hash is known. */
export interface ApiKey {
  readonly name: string;
  /** SHA-256 of the key. */
  readonly hash: Buffer;
  readonly scopes: ReadonlySet<Scope>;
  /** The bot as which it speaks. */
  readonly bot: string;
}

/** Keys that one file may hold. */
const most = 1_000;

/**
 * Reads a file of keys: a line for each, `NAME SHA256 SCOPE,SCOPE [bot=NAME]`; `#` begins a comment.
 * @throws Error in one line that names the line
 */
export function keysOf(text: string): ApiKey[] {
  const keys: ApiKey[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [words] = line.split('#', 1);
    if (words === undefined || words.trim() === '') continue;
    const wrong = (why: string): Error => new Error(`line ${index + 1}: ${why}`);
    const [name = '', hash = '', listed = '', bot = `bot=${name}`, ...more] = words.trim().split(/\s+/);
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw wrong('a name is lower case, letters, digits and hyphens');
    if (keys.some((key) => key.name === name)) throw wrong(`${name} stands there already`);
    if (!/^[0-9a-f]{64}$/.test(hash)) throw wrong('a hash is the SHA-256 of the key, 64 digits');
    if (!/^bot=[a-z][a-z0-9-]{0,31}$/.test(bot) || more.length > 0)
      throw wrong('after the scopes comes bot=NAME or nothing');
    const given = listed.split(',');
    const unknown = given.find((scope) => !Object.hasOwn(scopes, scope));
    if (unknown !== undefined)
      throw wrong(`${JSON.stringify(unknown)} is no scope; there are ${Object.keys(scopes).join(', ')}`);
    keys.push({ name, hash: Buffer.from(hash, 'hex'), scopes: new Set(given as Scope[]), bot: bot.slice(4) });
    if (keys.length > most) throw wrong(`more than ${most} keys`);
  }
  return keys;
}

/** The key that a request shows (RFC 6750 §2.1); all are compared, each in the same time. */
export function keyIn(authorization: string | undefined, keys: readonly ApiKey[]): ApiKey | undefined {
  const token = /^Bearer ([\x21-\x7e]{16,200})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const hash = createHash('sha256').update(token).digest();
  const fitting = keys.filter((key) => timingSafeEqual(key.hash, hash));
  return fitting[0];
}
