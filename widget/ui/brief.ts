import { dayOf, type Times } from './times.ts';

/**
 * How a moment is written in a list, as short as it can be: the time of day today, else the day. Both arguments of
 * what it returns are milliseconds since 1970 on the same clock.
 */
export function briefIn(locale: string, times: Times): (at: number, now: number) => string {
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  return (at, now) => {
    const ago = dayOf(now) - dayOf(at);
    if (ago <= 0) return times.clock(at);
    return ago < 7 ? times.day(at, now) : short.format(at);
  };
}
