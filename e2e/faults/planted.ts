import { check, type Violation } from './checker.ts';
import type { History, Seen, StoredLog } from './history.ts';

/** A history that was tampered with, and what the checker has to find in it. */
export interface Planted {
  readonly name: string;
  readonly history: History;
  readonly violation: Violation;
}

/** Each tampering of a true history that the checker must not miss. */
export function plantedIn(history: History): readonly Planted[] {
  const seen = history.seen.find(({ texts }) => texts.length >= 2);
  const kept = history.stored.find(({ text }) => history.sent.some((one) => one.text === text && one.answeredAt));
  const log = history.logs.find(({ seqs }) => seqs.length >= 2);
  if (seen === undefined || kept === undefined || log === undefined)
    throw new Error('Too little happened to tamper with.');
  const reads = (texts: readonly string[]): History => ({
    ...history,
    seen: history.seen.map((one): Seen => (one === seen ? { ...seen, texts } : one)),
  });
  const logIs = (changed: StoredLog): History => ({
    ...history,
    logs: history.logs.map((one) => (one === log ? changed : one)),
  });
  const [first = '', second = '', ...rest] = seen.texts;
  const stored = history.stored.filter((row) => row !== kept);
  const unanswered = history.sent.map((one) => {
    const { answeredAt: _, ...others } = one;
    return one.text === kept.text ? { ...others, forgotten: false } : one;
  });
  const nobodySees = history.seen.map((one) => ({ ...one, texts: one.texts.filter((text) => text !== kept.text) }));
  return [
    { name: 'one dropped at a reader', history: reads([second, ...rest]), violation: 'lost' },
    {
      name: 'one dropped before its ✓',
      history: { ...history, stored, seen: nobodySees, sent: unanswered },
      violation: 'lost',
    },
    { name: 'one doubled at a reader', history: reads([first, first, second, ...rest]), violation: 'doubled' },
    { name: 'one stored twice', history: { ...history, stored: [...history.stored, kept] }, violation: 'doubled' },
    { name: 'two swapped at a reader', history: reads([second, first, ...rest]), violation: 'orderDifferences' },
    { name: 'a ✓ without its row', history: { ...history, stored, seen: nobodySees }, violation: 'falseChecks' },
    { name: 'a gap in a log', history: logIs({ ...log, seqs: log.seqs.slice(1) }), violation: 'gaps' },
  ];
}

/** Plants every tampering in a history; what the checker did not find stands in `missed`. */
export function plantedFound(history: History): { readonly planted: number; readonly missed: readonly string[] } {
  const truth = check(history);
  const planted = plantedIn(history);
  const missed = planted.filter((one) => check(one.history)[one.violation] <= truth[one.violation]);
  return { planted: planted.length, missed: missed.map(({ name }) => name) };
}
