import { DatabaseSync } from 'node:sqlite';

/** What shows that every answer stands for a row on disk. */
export interface Proof {
  /** Rows of `message.sent` in the data file, counted by another connection after the friend has ended. */
  readonly stored: number;
  /** Answers that the senders got. */
  readonly answered: number;
  /** Facts that the other ones got. */
  readonly received: number;
}

/** Counts the messages in a data file. */
export function storedMessages(path: string): number {
  const file = new DatabaseSync(path, { readOnly: true });
  const row = file.prepare(`SELECT count(*) AS messages FROM fact WHERE type = 'message.sent'`).get();
  file.close();
  return Number(row?.messages);
}

/** Removes the newest message from a data file, as a store that lies about its commit would. */
export function loseOneMessage(path: string): void {
  const file = new DatabaseSync(path);
  file.exec(`DELETE FROM fact WHERE rowid = (SELECT max(rowid) FROM fact WHERE type = 'message.sent')`);
  file.close();
}

/** What contradicts "stored once, answered once, told once"; undefined where nothing does. */
export function contradictionIn({ stored, answered, received }: Proof): string | undefined {
  if (stored === 0) return 'nothing was stored';
  if (stored !== answered) return `${stored} rows are stored, but ${answered} answers arrived`;
  if (received !== answered) return `${answered} answers arrived, but ${received} facts at the other side`;
  return undefined;
}
