import type { FileRow, MemberRow } from './rows.ts';
import type { Append } from './store.ts';

/**
 * As a bound of a member row, or the `seq` of a file: where its own unit stands in the conversation's log, which only
 * the commit knows. `fromSeq`: before the first fact that the unit appends there; `untilSeq`, `seq`: its last one. No unit
 * may say it without appending there.
 */
export const here = -1;

/** The row with its bounds as the commit has given them; `appended` holds the seq of each append, in order. */
export function placed(
  row: MemberRow,
  appends: readonly Pick<Append, 'log'>[],
  appended: readonly { readonly seq: number }[],
): MemberRow {
  if (row.fromSeq !== here && row.untilSeq !== here) return row;
  const seqs = appended.filter((_, index) => appends[index]?.log === row.conversation).map(({ seq }) => seq);
  const from = row.fromSeq === here ? { fromSeq: (seqs[0] ?? 1) - 1 } : {};
  const until = row.untilSeq === here ? { untilSeq: seqs.at(-1) ?? 0 } : {};
  return { ...row, ...from, ...until };
}

/** The same for a file and the message that has it. */
export function placedFile(
  row: FileRow,
  appends: readonly Pick<Append, 'log'>[],
  appended: readonly { readonly seq: number }[],
): FileRow {
  if (row.seq !== here) return row;
  return { ...row, seq: appended.findLast((_, index) => appends[index]?.log === row.log)?.seq ?? 0 };
}
