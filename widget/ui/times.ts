/** How moments are written in one locale. Every argument is milliseconds since 1970 on the same clock. */
export interface Times {
  /** The time of day: “10:32”. */
  clock(at: number): string;
  /** The day as a mark between messages: “Today”, “Yesterday”, “Monday”, “3 March 2026”. */
  day(at: number, now: number): string;
  /** As short as a list allows: the time of day today, else the day. */
  brief(at: number, now: number): string;
}

/** The calendar day of a moment in this device's time zone, as a number that grows by one a day. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}

/** Makes the formats of `locale` once; they are dear. */
export function timesIn(locale: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const clock = format({ timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const weekday = format({ weekday: 'long' });
  const date = format({ dateStyle: 'long' });
  const day = (at: number, now: number): string => {
    const ago = dayOf(now) - dayOf(at);
    if (ago < 2) return capital(relative.format(-ago, 'day'), locale);
    if (ago < 7) return capital(weekday.format(at), locale);
    return date.format(at);
  };
  const short = format({ day: 'numeric', month: 'short' });
  return {
    clock: (at) => clock.format(at),
    day,
    brief: (at, now) => {
      const ago = dayOf(now) - dayOf(at);
      if (ago <= 0) return clock.format(at);
      return ago < 7 ? day(at, now) : short.format(at);
    },
  };
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
