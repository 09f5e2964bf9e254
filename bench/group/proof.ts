/** What shows that every message was stored once and has reached everybody once. */
export interface GroupProof {
  /** Rows of `message.sent` in the data file, counted by another connection after the friend has ended. */
  readonly stored: number;
  readonly sent: number;
  readonly received: number;
  readonly occupants: number;
}

/** What contradicts "stored once, told once to each"; undefined where nothing does. */
export function groupContradictionIn({ stored, sent, received, occupants }: GroupProof): string | undefined {
  if (sent === 0) return 'nothing was sent';
  if (stored !== sent) return `${sent} messages were sent, but ${stored} rows are stored`;
  const due = sent * occupants;
  return received === due ? undefined : `${due} deliveries are due, but ${received} arrived`;
}
