import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hoursOf } from './hours.ts';

const office = {
  zone: 'Europe/Berlin',
  week: { mon: [['09:00', '17:30']], tue: [['09:00', '12:00'] as const, ['13:00', '17:30'] as const] },
  holidays: ['2026-12-25', { date: '2026-11-24', name: 'Inventory' }],
} as const;

test('is open within its hours alone', () => {
  const hours = hoursOf(office);

  const seen = ['08:59', '09:00', '17:29', '17:30'].map((time) => hours.isOpen(Date.parse(`2026-11-23T${time}+01:00`)));

  expect(seen).toEqual([false, true, true, false]);
});

test('says when that changes, over a weekend and a holiday', () => {
  const hours = hoursOf(office);

  const closes = hours.nextChange(Date.parse('2026-11-23T10:00+01:00'));
  const opens = hours.nextChange(Date.parse('2026-11-23T18:00+01:00'));

  expect(closes).toBe(Date.parse('2026-11-23T17:30+01:00'));
  expect(opens).toBe(Date.parse('2026-11-30T09:00+01:00'));
});

test('names the holiday of the day', () => {
  const hours = hoursOf(office);

  const days = ['2026-11-24', '2026-12-25', '2026-12-24'].map((day) => hours.holiday(Date.parse(`${day}T12:00+01:00`)));

  expect(days).toEqual(['Inventory', '', undefined]);
});

test('goes on over midnight, into a holiday too', () => {
  const hours = hoursOf({ zone: 'UTC', week: { thu: [['22:00', '02:00']] }, holidays: ['2026-12-25'] });

  const open = hours.isOpen(Date.parse('2026-12-25T01:00Z'));
  const closes = hours.nextChange(Date.parse('2026-12-25T01:00Z'));

  expect([open, closes]).toEqual([true, Date.parse('2026-12-25T02:00Z')]);
});

test('knows no change where it is always open, and none where it never is', () => {
  const always = [['00:00', '24:00']] as const;
  const day = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };

  const changes = [day, {}].map((week) => hoursOf({ zone: 'Asia/Tokyo', week }).nextChange(0));

  expect(changes).toEqual([undefined, undefined]);
});

test.each([
  [{ zone: 'Europe/Atlantis', week: {} }, 'Europe/Atlantis is no time zone'],
  [{ zone: 'UTC', week: { mon: [['9:00', '17:00']] } }, '9:00–17:00 on mon'],
  [{ zone: 'UTC', week: { mon: [['09:00', '09:00']] } }, '09:00–09:00 on mon'],
  [{ zone: 'UTC', week: { monday: [] } }, 'monday is no day'],
  [{ zone: 'UTC', week: {}, holidays: ['2026-02-30'] }, '2026-02-30 is no day'],
])('refuses a plan that nobody can keep, %j', (plan, why) => {
  const read = (): unknown => hoursOf(plan as never);

  expect(read).toThrow(`FRIEND_HOURS`);
  expect(read).toThrow(why);
});

const minute = fc.integer({ min: 0, max: 1_439 });
const time = minute.map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
const span = fc.tuple(time, time).filter(([from, until]) => from !== until);
/** Hours around which clocks are set: in two hemispheres, by half an hour, at midnight. */
const moments = [
  ['Europe/Berlin', '2026-03-29T00:00Z'],
  ['Europe/Berlin', '2026-10-25T00:00Z'],
  ['America/New_York', '2026-11-01T04:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T14:00Z'],
  ['America/Santiago', '2026-09-06T03:00Z'],
] as const;

test('is open by the clock on the wall, and changes when it says, also where the clock is set', () => {
  const around = fc.record({
    moment: fc.constantFrom(...moments),
    spans: fc.array(span, { minLength: 1, maxLength: 3 }),
    ahead: fc.integer({ min: -1_500, max: 1_500 }),
  });

  fc.assert(
    fc.property(around, ({ moment: [zone, at], spans, ahead }) => {
      const week = { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans };
      const hours = hoursOf({ zone, week });
      const now = Date.parse(at) + ahead * 60_000;
      const open = onTheWall(zone, spans, now);
      let expected: number | undefined = now;
      while (expected - now < 1_600 * 60_000 && onTheWall(zone, spans, expected) === open) expected += 60_000;
      if (expected - now >= 1_600 * 60_000) expected = undefined;

      expect(hours.isOpen(now)).toBe(open);
      if (expected !== undefined) expect(hours.nextChange(now)).toBe(expected);
    }),
    { numRuns: 60 },
  );
});

const formats = new Map<string, Intl.DateTimeFormat>();

/** What `Intl` makes of it, which knows nothing of Temporal. */
function onTheWall(zone: string, spans: readonly (readonly [string, string])[], at: number): boolean {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(zone, format);
  const now = format.format(at);
  return spans.some(([from, until]) => (from < until ? from <= now && now < until : now >= from || now < until));
}
