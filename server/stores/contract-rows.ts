import type { MemberRow } from '../core/rows.ts';
import type { Append, Outcome, Put, Store, Unit } from '../core/store.ts';

/** An append to the log `c_1` by Ann, with what the test is about instead. */
export function anAppend(change: Partial<Append> = {}): Append {
  return { log: 'c_1', type: 'message.sent', at: 1_000, by: 'u_ann', body: '{}', item: true, rule: false, ...change };
}

/** A unit of Ann's device that appends one message, with what the test is about instead. */
export function aUnit(id: string, change: Partial<Unit> = {}): Unit {
  return {
    device: 'd_ann',
    id,
    digest: `digest of ${id}`,
    reads: [],
    appends: [anAppend()],
    puts: [],
    answer: 0,
    ...change,
  };
}

/** A unit without device that only writes rows. */
export function puts(...rows: readonly Put[]): Unit {
  return { id: 'rows', digest: '', reads: [], appends: [], puts: rows };
}

/** A current member of `c_1`. */
export function aMember(user: string, change: Partial<MemberRow> = {}): Put {
  const row = { conversation: 'c_1', user, role: 'member', fromSeq: 0, readSeq: 0, deliveredSeq: 0, ...change };
  return { table: 'member', row };
}

/** What a unit with one append gets as the `seq`th of a log without audiences. */
export function storedAt(seq: number): Outcome {
  return { kind: 'stored', appended: [{ seq, audienced: false }] };
}

/** Stores messages in `c_1`, one for each given change; their seqs begin at 1 where the log is new. */
export async function fill(store: Store, ...changes: readonly Partial<Append>[]): Promise<void> {
  const appends = changes.map((change) => anAppend(change));
  await store.commit([{ id: 'fill', digest: '', reads: [], appends, puts: [] }], []);
}

/** The seqs of facts. */
export function seqs(facts: readonly { readonly seq: number }[]): readonly number[] {
  return facts.map(({ seq }) => seq);
}
