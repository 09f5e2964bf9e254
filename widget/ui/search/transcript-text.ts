import { extrasOf } from '../../core/extras.ts';
import type { Item } from '../../core/view.ts';
import { dayOf } from '../times.ts';

/** The words of a transcript; `{name}` is filled in. */
export interface TranscriptWords {
  readonly deleted: string;
  readonly edited: string;
  readonly joined: string;
  readonly left: string;
  readonly removed: string;
  readonly renamed: string;
  readonly reported: string;
  readonly sentFile: string;
  readonly fileGone: string;
}

/** What a transcript is made of. */
export interface TranscriptInput {
  /** Oldest first. */
  readonly items: readonly Item[];
  readonly words: TranscriptWords;
  readonly locale: string;
  /** The name of a user. */
  readonly nameOf: (user: string) => string;
}

/** A conversation as plain text: a line for each message, with its time and its author, under a line for each day. */
export function transcriptOf({ items, words, locale, nameOf }: TranscriptInput): string {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const lines: string[] = [];
  let day: number | undefined;
  for (const item of items) {
    if (dayOf(item.at) !== day) lines.push('', `— ${date.format(item.at)} —`, '');
    day = dayOf(item.at);
    const said = item.kind === 'message' ? `${nameOf(item.by)}: ${saidIn(item, words)}` : happened(item, words);
    // What goes on in the next line is set in, so that nobody can write a line in another's name.
    lines.push(`[${clock.format(item.at)}] ${said.replaceAll(/\r\n?|[\n\u2028\u2029]/g, '\n    ')}`);
  }
  return lines.join('\n').trimStart();
}

function saidIn(item: Extract<Item, { kind: 'message' }>, words: TranscriptWords): string {
  if (item.deleted) return words.deleted;
  const { files = [] } = extrasOf(item);
  const parts = [
    item.text,
    ...files.map(({ name, gone }) => `[${(gone ? words.fileGone : words.sentFile).replace('{name}', () => name)}]`),
  ];
  const said = parts.filter(Boolean).join('\n');
  return item.edited === undefined ? said : `${said} (${words.edited})`;
}

function happened(item: Exclude<Item, { kind: 'message' }>, words: TranscriptWords): string {
  if (item.kind === 'renamed') return words.renamed.replace('{name}', () => item.name);
  const said = words[item.kind].replace('{name}', () => item.person.name);
  return item.reason === undefined ? said : `${said} ${item.reason}`;
}

/** A name for the file: what no file system refuses, with the day, `YYYY-MM-DD`, of this device. */
export function fileNameOf(title: string, now: number): string {
  const day = new Date(now - new Date(now).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const name = title
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
  return `${name || 'conversation'}-${day}.txt`;
}
