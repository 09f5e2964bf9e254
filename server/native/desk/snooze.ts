const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What a number may be followed by. */
const units: Readonly<Record<string, number>> = { m: minute, min: minute, h: hour, d: day, w: 7 * day };

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The hour at which a day begins, and how far ahead is looked for one, milliseconds. */
const morning = 9;
const furthest = 366 * day;

/** What a colleague may say, for who has said something else. */
export const spans = '30m, 2h, 3d, 1w, tomorrow, or a day of the week';

/**
 * When a case comes back: `30m`, `2h`, `3d`, `1w`, `tomorrow` or a day of the week, at 9:00 in the IANA time zone, which is
 * the machine's where absent.
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970; undefined for what is no such span, and for more than a year
 */
export function snoozedUntil(span: string, now: number, zone?: string): number | undefined {
  const text = span.trim().toLowerCase();
  const [, count = '', unit = ''] = /^(\d{1,4})\s*(m|min|h|d|w)$/.exec(text) ?? [];
  if (count !== '') {
    const ms = Number(count) * (units[unit] ?? 0);
    return ms > 0 && ms <= furthest ? now + ms : undefined;
  }
  const named = weekdays.findIndex((name) => name === text || (text.length >= 3 && name.startsWith(text)));
  if (text === 'tomorrow') return nextMorning(now, zone, () => true);
  return named === -1 ? undefined : nextMorning(now, zone, (weekday) => weekday === named);
}

/** The next 9:00 on a later day that fits. Zones stand whole quarters of an hour apart. */
function nextMorning(now: number, zone: string | undefined, fits: (weekday: number) => boolean): number | undefined {
  const options = { weekday: 'long', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
  const wall = new Intl.DateTimeFormat('en-GB', { ...options, ...(zone === undefined ? {} : { timeZone: zone }) });
  const at = (time: number): { weekday: number; day: string; hour: number; minute: number } => {
    const parts = Object.fromEntries(wall.formatToParts(time).map(({ type, value }) => [type, value]));
    const weekday = weekdays.indexOf((parts.weekday ?? '').toLowerCase());
    return { weekday, day: parts.day ?? '', hour: Number(parts.hour), minute: Number(parts.minute) };
  };
  const today = at(now).day;
  const quarter = 15 * minute;
  for (let time = Math.ceil(now / quarter) * quarter; time <= now + 9 * day; time += quarter) {
    const then = at(time);
    if (then.day !== today && then.hour === morning && then.minute === 0 && fits(then.weekday)) return time;
  }
  return undefined;
}
