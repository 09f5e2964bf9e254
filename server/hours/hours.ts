import { Temporal } from 'temporal-polyfill';
import { FriendError } from '../core/errors.ts';

/** Days of the week, as `Week` names them. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** From and until, local time `HH:MM`; until `24:00` is the end of the day. What is before its start goes on over midnight. */
export type Span = readonly [from: string, until: string];

/** A day on which nobody opens, `YYYY-MM-DD`. What began the evening before goes on. */
export type Holiday = string | { readonly date: string; readonly name: string };

/** When somebody answers. */
export interface HoursPlan {
  /** IANA time zone, `Europe/Berlin`. */
  readonly zone: string;
  /** A day that is not named is closed. */
  readonly week: Readonly<Partial<Record<Weekday, readonly Span[]>>>;
  readonly holidays?: readonly Holiday[];
}

/** Working hours by the clock on the wall: where it is set back, an hour that comes twice is open twice. */
export interface Hours {
  /** @param now milliseconds since 1970 */
  isOpen(now: number): boolean;
  /** When that is otherwise, milliseconds since 1970; undefined where it is not within 400 days. */
  nextChange(now: number): number | undefined;
  /** The name of today's holiday in the zone; empty where it has none, undefined where today is none. */
  holiday(now: number): string | undefined;
}

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const most = { days: 400, spans: 8, holidays: 1_000 } as const;
const dayLength = 1_440;

/** Minutes of a day that are open, by ISO weekday (Monday is 0); above 1,440 it is the next day. */
type Minutes = readonly (readonly [from: number, until: number])[];

/**
 * Reads a plan of working hours.
 * @throws FriendError `FRIEND_HOURS`, with what is wrong
 */
export function hoursOf({ zone, week, holidays = [] }: HoursPlan): Hours {
  checkZone(zone);
  const unknown = Object.keys(week).find((day) => !weekdays.includes(day as Weekday));
  if (unknown !== undefined) throw wrong(`${unknown} is no day: ${weekdays.join(', ')}`);
  const days = weekdays.map((day): Minutes => minutesOf(day, week[day] ?? []));
  if (holidays.length > most.holidays) throw wrong(`at most ${most.holidays} holidays`);
  const free = new Map(holidays.map(dayOf));

  const spansOf = (date: Temporal.PlainDate): Minutes =>
    free.has(date.toString()) ? [] : (days[date.dayOfWeek - 1] ?? []);
  const local = (now: number): Temporal.ZonedDateTime =>
    Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const isOpen = (now: number): boolean => {
    const time = local(now);
    const date = time.toPlainDate();
    const minute = time.hour * 60 + time.minute;
    const within = (spans: Minutes, at: number): boolean => spans.some(([from, until]) => from <= at && at < until);
    return within(spansOf(date), minute) || within(spansOf(date.subtract({ days: 1 })), minute + dayLength);
  };

  const search = (now: number): number | undefined => {
    const open = isOpen(now);
    const today = local(now).toPlainDate();
    for (let day = -1; day <= most.days; day += 1) {
      const date = today.add({ days: day });
      const changes = [...edges(date, spansOf(date), zone), ...shifts(date, zone)].sort((one, other) => one - other);
      const next = changes.find((at) => at > now && isOpen(at) !== open);
      if (next !== undefined) return next;
    }
    return undefined;
  };

  // A look at the calendar for every message would cost more than the message: the last answer holds until it changes.
  let known = { from: 1, until: 0, open: false, next: undefined as number | undefined };
  const lookedUp = (now: number): typeof known => {
    if (now >= known.from && now < known.until) return known;
    const next = search(now);
    known = { from: now, until: next ?? now + 86_400_000, open: isOpen(now), next };
    return known;
  };

  return {
    isOpen: (now) => lookedUp(now).open,
    nextChange: (now) => lookedUp(now).next,
    holiday: (now) => free.get(local(now).toPlainDate().toString()),
  };
}

/** Instants at which a span of this day may begin or end; a time that comes twice, or never, gives both readings. */
function edges(date: Temporal.PlainDate, spans: Minutes, timeZone: string): number[] {
  return spans.flat().flatMap((minute) => {
    const day = date.add({ days: Math.floor(minute / dayLength) });
    const time = day.toPlainDateTime({ hour: Math.floor((minute % dayLength) / 60), minute: minute % 60 });
    return (['earlier', 'later'] as const).map(
      (disambiguation) => time.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds,
    );
  });
}

/** When the clock is set on this day, and the midnights around it: a holiday begins and ends with them. */
function shifts(date: Temporal.PlainDate, timeZone: string): number[] {
  const start = date.toZonedDateTime(timeZone);
  const end = date.add({ days: 1 }).toZonedDateTime(timeZone);
  const shift = start.subtract({ seconds: 1 }).getTimeZoneTransition('next')?.epochMilliseconds;
  const isToday = shift !== undefined && shift < end.epochMilliseconds;
  return [start.epochMilliseconds, ...(isToday ? [shift] : []), end.epochMilliseconds];
}

function checkZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw wrong(`${zone} is no time zone, like Europe/Berlin`);
  }
}

function minutesOf(day: Weekday, spans: readonly Span[]): Minutes {
  if (spans.length > most.spans) throw wrong(`at most ${most.spans} spans on ${day}`);
  return spans.map(([from, until]): readonly [number, number] => {
    const begins = minuteOf(from);
    const ends = minuteOf(until);
    if (begins === undefined || ends === undefined || begins === dayLength || begins === ends)
      throw wrong(`${from}–${until} on ${day}: two times like 09:00 and 17:30`);
    return [begins, ends > begins ? ends : ends + dayLength];
  });
}

function minuteOf(time: string): number | undefined {
  if (!/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time)) return undefined;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function dayOf(holiday: Holiday): [date: string, name: string] {
  const { date, name } = typeof holiday === 'string' ? { date: holiday, name: '' } : holiday;
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(date);
    return [Temporal.PlainDate.from(date, { overflow: 'reject' }).toString(), name];
  } catch {
    throw wrong(`${date} is no day, like 2026-12-25`);
  }
}

function wrong(detail: string): FriendError {
  return new FriendError('FRIEND_HOURS', detail);
}
