import type { Log } from '../server/core/ports.ts';

/** A log on standard error that leaves out what is merely worth knowing: standard output belongs to the figures. */
export const problemsOnly: Log = {
  info: () => undefined,
  warn: (message, fields) => console.error('warning:', message, fields ?? ''),
  error: (message, fields) => console.error('error:', message, fields ?? ''),
};
