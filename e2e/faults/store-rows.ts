import { DatabaseSync } from 'node:sqlite';
import type { StoredLog, StoredMessage } from './history.ts';

/** What stands in a data file, read by another connection that cannot write. */
export function storedIn(path: string): {
  readonly stored: readonly StoredMessage[];
  readonly logs: readonly StoredLog[];
} {
  const file = new DatabaseSync(path, { readOnly: true });
  try {
    const logs = file.prepare('SELECT ref, id, last_seq FROM log').all();
    const facts = file.prepare('SELECT log, seq, type, action, body FROM fact ORDER BY log, seq').all();
    const seqs = new Map<number, number[]>(logs.map(({ ref }) => [Number(ref), []]));
    const names = new Map(logs.map(({ ref, id }) => [Number(ref), String(id)]));
    const stored: StoredMessage[] = [];
    for (const { log, seq, type, action, body } of facts) {
      seqs.get(Number(log))?.push(Number(seq));
      if (type !== 'message.sent') continue;
      const { text } = JSON.parse(String(body)) as { text: string };
      stored.push({ log: names.get(Number(log)) ?? '', seq: Number(seq), action: String(action), text });
    }
    return {
      stored,
      logs: logs.map(({ ref, id, last_seq }) => ({
        ...{ log: String(id), lastSeq: Number(last_seq) },
        seqs: seqs.get(Number(ref)) ?? [],
      })),
    };
  } finally {
    file.close();
  }
}
