import { Extras, type FileInfo } from '../../protocol/extras.ts';
import type { Fact } from '../../protocol/facts.ts';
import { isA, type Line } from './line.ts';

/** The files of a message as an ordinary client can be told of them. */
export interface FilesTold {
  /** Addresses, absolute. */
  readonly links: readonly string[];
  /** What is said of those that have none. */
  readonly lines: readonly string[];
}

/** The files that a message has; none of another fact. */
export async function filesIn(fact: Fact, line: Line): Promise<FilesTold> {
  const files = isA(fact, 'message.sent') ? (Extras.read(fact.body.extras)?.files ?? []) : [];
  if (files.length === 0) return { links: [], lines: [] };
  const answer = await line.insist('account.files', { files: files.map(({ id }) => id) });
  const { links = [] } = answer.fact.body as { links?: readonly { readonly file: string; readonly url: string }[] };
  const others = files.filter(({ id }) => !links.some(({ file }) => file === id));
  return { links: links.map(({ url }) => url), lines: others.map(lineOf) };
}

function lineOf({ name, size }: FileInfo): string {
  const [count, unit] = size < 1_000_000 ? [size / 1_000, 'kB'] : [size / 1_000_000, 'MB'];
  return `${name} (${Math.max(0.1, count).toFixed(1)} ${unit})`;
}
