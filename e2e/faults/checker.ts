import type { History, Seen, Sent, StoredMessage } from './history.ts';

/** How often a history breaks the promise "stored once, shown once, same order for all". */
export interface Verdict {
  /** Promised to its sender, or stored, and absent in the store or at a reader. */
  readonly lost: number;
  /** Stored or shown more than once. */
  readonly doubled: number;
  /** Neighbours that a reader saw, or one sender's messages were stored, the other way round. */
  readonly orderDifferences: number;
  /** ✓ without a row in the data file. */
  readonly falseChecks: number;
  /** Places in a log's numbering that no fact holds, and facts beyond its head. */
  readonly gaps: number;
  /** The first few violations in words. */
  readonly examples: readonly string[];
}

/** What can be wrong with a history. */
export type Violation = Exclude<keyof Verdict, 'examples'>;

const violations: readonly Violation[] = ['lost', 'doubled', 'orderDifferences', 'falseChecks', 'gaps'];

/** The sum of all violations. */
export function violationsIn(verdict: Verdict): number {
  return violations.reduce((sum, violation) => sum + verdict[violation], 0);
}

/** Judges a history against the promise. */
export function check(history: History): Verdict {
  const found = { lost: 0, doubled: 0, orderDifferences: 0, falseChecks: 0, gaps: 0 };
  const examples: string[] = [];
  const count: Count = (violation, what, by = 1) => {
    found[violation] += by;
    if (examples.length < 8) examples.push(`${violation}: ${what}`);
  };
  const rows = rowsByText(history.stored);
  for (const [text, same] of rows) if (same.length > 1) count('doubled', `${text} stored ${same.length}×`);
  checkSenders(history.sent, rows, count);
  for (const seen of history.seen) checkReader(seen, history.stored, rows, count);
  for (const { log, lastSeq, seqs } of history.logs) {
    const numbers = new Set(seqs);
    const missing = Array.from({ length: lastSeq }, (_, index) => index + 1).filter((seq) => !numbers.has(seq));
    const beyond = seqs.filter((seq) => seq > lastSeq);
    if (missing.length > 0) count('gaps', `${log} lacks ${missing.slice(0, 3)}`, missing.length);
    if (beyond.length > 0) count('gaps', `${log} ends at ${lastSeq} and holds ${beyond.slice(0, 3)}`, beyond.length);
  }
  return { ...found, examples };
}

type Count = (violation: Violation, what: string, by?: number) => void;
type Rows = ReadonlyMap<string, readonly StoredMessage[]>;

function rowsByText(stored: readonly StoredMessage[]): Rows {
  const rows = new Map<string, StoredMessage[]>();
  for (const row of stored) rows.set(row.text, [...(rows.get(row.text) ?? []), row]);
  return rows;
}

/** A bubble on the screen is a promise, a ✓ is another; one sender's messages keep the order in which he sent them. */
function checkSenders(sent: readonly Sent[], rows: Rows, count: Count): void {
  const newest = new Map<string, StoredMessage>();
  for (const { text, sender, id, answeredAt, refused, forgotten, log } of sent) {
    const row = rows.get(text)?.[0];
    if (row === undefined || (id !== undefined && row.action !== id)) {
      if (answeredAt !== undefined) count('falseChecks', text);
      else if (refused === undefined && forgotten !== true) count('lost', `${text} is not stored`);
    }
    if (row === undefined) continue;
    const before = newest.get(`${sender} ${log}`);
    if (before !== undefined && before.seq > row.seq) count('orderDifferences', `${text} before ${before.text}`);
    else newest.set(`${sender} ${log}`, row);
  }
}

function checkReader(
  { reader, log, texts, tail }: Seen,
  stored: readonly StoredMessage[],
  rows: Rows,
  count: Count,
): void {
  const shown = new Map<string, number>();
  for (const text of texts) shown.set(text, (shown.get(text) ?? 0) + 1);
  for (const [text, times] of shown) if (times > 1) count('doubled', `${reader} sees ${text} ${times}×`);
  const from = tail ? (rows.get(texts[0] ?? '')?.[0]?.seq ?? 0) : 0;
  const due = stored.filter((row) => row.log === log && row.seq >= from);
  for (const { text } of due) if (!shown.has(text)) count('lost', `${reader} lacks ${text}`);
  let before = 0;
  for (const text of texts) {
    const seq = rows.get(text)?.[0]?.seq;
    if (seq === undefined) {
      count('falseChecks', `${reader} sees ${text}, which is not stored`);
      continue;
    }
    if (seq < before) count('orderDifferences', `${reader} sees ${text} late`);
    before = seq;
  }
}
