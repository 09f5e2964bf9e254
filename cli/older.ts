import { isMembers } from './located.ts';

/**
 * Tokens of earlier drafts in today's words: what has a `value` and no `$value` is a token, and its `type` the `$type`; so
 * Tokens Studio and Style Dictionary write them where they are not told otherwise. All else stays as it is.
 */
export function inTodaysWords(value: unknown): unknown {
  if (!isMembers(value) || Object.hasOwn(value, '$value')) return value;
  if (!isOlderToken(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inTodaysWords(one)]));
  const { value: $value, type: $type, ...rest } = value;
  return { ...($type === undefined ? {} : { $type }), ...rest, $value };
}

/** Whether it is a token in the words of earlier drafts: its value is no group that happens to have that name. */
export function isOlderToken(node: unknown): boolean {
  if (!isMembers(node) || Object.hasOwn(node, '$value') || !Object.hasOwn(node, 'value')) return false;
  return typeof node.type === 'string' || typeof node.value !== 'object';
}
