/** How moments are written in one locale. Every argument is milliseconds since 1970 on the same clock. */
export interface Times {
  /** The time of day: “10:32”. */
  clock(at: number): string;
  /** The day as a mark between messages: “Today”, “Yesterday”, “Monday”, “3 March 2026”. */
  day(at: number, now: number): string;
}

/** The calendar day of a moment in this device's time zone, as a number that grows by one a day. */
export function dayOf(at: number): number {
  return Math.floor((at - new Date(at).getTimezoneOffset() * 60_000) / 86_400_000);
}

/** The formats of `locale`, each made once and not before it is needed: the first of a page takes a browser tens of milliseconds. */
export function timesIn(locale: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) => {
    let made: Intl.DateTimeFormat | undefined;
    return (at: number): string => {
      made ??= new Intl.DateTimeFormat(locale, options);
      return made.format(at);
    };
  };
  const weekday = format({ weekday: 'long' });
  const date = format({ dateStyle: 'long' });
  let relative: Intl.RelativeTimeFormat | undefined;
  const day = (at: number, now: number): string => {
    const ago = dayOf(now) - dayOf(at);
    if (ago > 6) return date(at);
    relative ??= new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    const word = ago < 2 ? relative.format(-ago, 'day') : weekday(at);
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  };
  return { clock: format({ timeStyle: 'short' }), day };
}
