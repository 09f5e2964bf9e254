import { put } from '../core/effect.ts';
import { type FileKey, fileKeys, keyHolds } from '../core/file-address.ts';
import type { Context, Effects } from '../core/rule.ts';

/** The key that signs now, and what is stored where it is a new one. */
export async function signingKey({
  read,
  now,
  random,
}: Pick<Context, 'read' | 'now' | 'random'>): Promise<{ readonly key: FileKey; readonly effects: Effects }> {
  const text = await read.state(fileKeys.plugin, fileKeys.scope, 'now');
  const known = text === undefined ? undefined : (JSON.parse(text) as FileKey);
  if (known !== undefined && known.since + keyHolds > now) return { key: known, effects: [] };
  const key = { secret: Array.from(random(32), (byte) => byte.toString(16).padStart(2, '0')).join(''), since: now };
  const row = (name: string, value: string) => ({ ...fileKeys, key: name, value });
  const before = text === undefined ? [] : [put({ table: 'state', row: row('before', text) })];
  const after = put({ table: 'state', row: row('now', JSON.stringify(key)), expect: text ?? null });
  return { key, effects: [...before, after] };
}
