import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Clock, Hmac, Log, Random, Sha256 } from '../core/ports.ts';

/** The machine's clock; `defer` runs after the sockets that are readable now. */
export const clock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  defer: (task) => void setImmediate(task),
};

export const random: Random = { bytes: (count) => randomBytes(count) };

export const sha256: Sha256 = (text) => Promise.resolve(createHash('sha256').update(text).digest('hex'));

export const hmac: Hmac = (key, text) => Promise.resolve(createHmac('sha256', key).update(text).digest('hex'));

/** One JSON object a line on standard error. */
export function lineLog(level: 'info' | 'warn' | 'error' = 'info'): Log {
  const levels = ['info', 'warn', 'error'] as const;
  const write =
    (name: (typeof levels)[number]) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (levels.indexOf(name) < levels.indexOf(level)) return;
      process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level: name, message, ...fields })}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
