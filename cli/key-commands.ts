import { createHash } from 'node:crypto';
import { keysOf } from '../server/http/api-keys.ts';
import { type Given, needless, WordsError } from './given.ts';
import type { Command, Exit, Surroundings } from './surroundings.ts';

/** Bytes of chance in a key or a secret. */
const length = 32;

/** What `befriend key` does: each key is said once, and kept nowhere. */
export const keyCommands: Readonly<Record<string, Command>> = { api, webhook };

function api([name, scopes, more]: readonly string[], { bot, out, ...rest }: Given, around: Surroundings): Exit {
  if (name === undefined || scopes === undefined || more !== undefined)
    throw new WordsError('befriend key api needs a name and scopes: befriend key api shop send,users,read');
  needless('key api', rest);
  const key = `bf_${Buffer.from(around.random(length)).toString('hex')}`;
  const hash = createHash('sha256').update(key).digest('hex');
  const line = `${name} ${hash} ${scopes}${bot === undefined ? '' : ` bot=${bot}`}\n`;
  const before = out === undefined ? '' : kept(out, around);
  const file = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  try {
    keysOf(`${file}${line}`);
  } catch (error) {
    const why = (error as Error).message;
    throw new WordsError(out === undefined ? why.replace(/^line \d+: /, '') : `${out}, ${why}`);
  }
  if (out === undefined) {
    around.say(`${key}\n\nThat is the key, for your back end alone: Authorization: Bearer KEY. It is not shown again.
Put this line into the file that BEFRIEND_API_KEYS names; it holds no secret:

${line}`);
    return 0;
  }
  try {
    around.write(out, `${file}${line}`);
  } catch (error) {
    around.complain(`${out}: it cannot be written: ${(error as Error).message}\n`);
    return 1;
  }
  around.say(`${key}\n\nThat is the key, for your back end alone: Authorization: Bearer KEY. It is not shown again.
${out} holds its hash. It is in force where the friend runs with BEFRIEND_API_KEYS=${out}
`);
  return 0;
}

function webhook(words: readonly string[], given: Given, around: Surroundings): Exit {
  if (words.length > 0) throw new WordsError('befriend key webhook takes no more words.');
  needless('key webhook', given);
  const secret = `whsec_${Buffer.from(around.random(length)).toString('base64')}`;
  around.say(`${secret}\n\nThat is the secret, for the friend and for who receives. It is not shown again. Give it to both as a variable:
SHOP_WEBHOOK_SECRET='${secret}'
and in befriend.config.ts: webhooks([{ name: 'shop', …, secret: process.env.SHOP_WEBHOOK_SECRET ?? '' }])
`);
  return 0;
}

/** What a file holds; nothing where there is none. */
function kept(file: string, { read }: Surroundings): string {
  try {
    return read(file);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return '';
    throw new WordsError(`${file}: it cannot be read: ${(error as Error).message}`);
  }
}
