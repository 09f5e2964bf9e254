const units = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
} as const;

const words: Readonly<Record<string, keyof typeof units>> = {
  ms: 'ms',
  s: 's',
  sec: 's',
  second: 's',
  seconds: 's',
  m: 'm',
  min: 'm',
  minute: 'm',
  minutes: 'm',
  h: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
};

/** A span of time: milliseconds, or words such as `90m`, `2 days`, `1h 30m`. */
export type Span = number | string;

/** The longest span that a test may let pass, milliseconds: 400 days. */
export const longestSpan = 400 * units.d;

/** Milliseconds. @throws RangeError that says how a span is written, also for one that is negative or too long */
export function spanOf(span: Span): number {
  const ms = typeof span === 'number' ? span : fromWords(span);
  if (Number.isFinite(ms) && ms >= 0 && ms <= longestSpan) return ms;
  throw new RangeError(
    `${span} is no span of time: write milliseconds, or '90m', '2 days', '1h 30m'; at most 400 days.`,
  );
}

function fromWords(text: string): number {
  const parts = [...text.matchAll(/\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*/gy)];
  if (parts.reduce((sum, [part]) => sum + part.length, 0) !== text.length || parts.length === 0) return Number.NaN;
  return parts.reduce((sum, [, count, word = '']) => {
    const unit = Object.hasOwn(words, word) ? words[word] : undefined;
    return sum + Number(count) * (unit === undefined ? Number.NaN : units[unit]);
  }, 0);
}

/** The span in words, for messages: `1 min`, `2.5 s`. */
export function inWords(ms: number): string {
  if (ms < units.s) return `${ms} ms`;
  if (ms < units.m) return `${ms / units.s} s`;
  return `${Math.round((ms / units.m) * 10) / 10} min`;
}
