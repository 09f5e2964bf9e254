/** How long something has lasted, in the words of one locale: “4 min”, “2 hr”, “3 days”; less than a minute is one. */
export function spansIn(locale: string): (ms: number) => string {
  const of = (unit: string) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
  const [minutes, hours, days] = [of('minute'), of('hour'), of('day')];
  return (ms) => {
    const whole = Math.max(1, Math.floor(ms / 60_000));
    if (whole < 60) return minutes.format(whole);
    return whole < 48 * 60 ? hours.format(Math.floor(whole / 60)) : days.format(Math.floor(whole / 1440));
  };
}

/** When it is 9:00 on the day after `now` in this device's time zone, milliseconds since 1970. */
export function tomorrowAtNine(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 9).getTime();
}

/** A moment as a field of date and time takes it, in this device's time zone: `2026-11-22T09:00`. */
export function fieldTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
