/**
 * The `id` of the stanza that tells the fact at `seq` of `log`: the same whenever it is told, and a reader's receipt or
 * marker names the fact by it. A fact of several stanzas has one for each `part`, of which the first is 0.
 */
export function messageId(log: string, seq: number, part: number = 0): string {
  return part === 0 ? `${log}.${seq}` : `${log}.${seq}.${part}`;
}

/** The fact that a stanza `id` of ours names; undefined for an `id` that is not ours. */
export function factOf(id: string): { readonly log: string; readonly seq: number } | undefined {
  const [, log, seq] = /^([cu]_[0-9a-z_-]{1,100})\.([1-9]\d{0,14})(?:\.[1-9]\d?)?$/.exec(id) ?? [];
  return log === undefined ? undefined : { log, seq: Number(seq) };
}

/** Derives a UUID (RFC 9562 §5.8) from a hash: the same action has the same id however often its stanza arrives. */
export function actionId(sha256: string): string {
  const variant = ((Number.parseInt(sha256.slice(16, 17), 16) & 3) | 8).toString(16);
  const [a, b, c] = [sha256.slice(0, 8), sha256.slice(8, 12), sha256.slice(13, 16)];
  return `${a}-${b}-8${c}-${variant}${sha256.slice(17, 20)}-${sha256.slice(20, 32)}`;
}
