import { expect, test } from 'vitest';
import { restated, type Show, shownOf, standing } from './presence-state.ts';

test.each([
  [
    'a new show begins anew',
    { show: 'dnd', status: 'Busy', until: 90 },
    { show: 'away' },
    { show: 'away', status: 'Busy' },
  ],
  [
    'a status alone keeps show and end',
    { show: 'dnd', until: 90 },
    { status: 'Busy' },
    { show: 'dnd', status: 'Busy', until: 90 },
  ],
  ['null takes the status away', { show: 'away', status: 'Busy' }, { status: null }, { show: 'away' }],
  ['an end alone replaces the end', { show: 'away', until: 90 }, { until: 80 }, { show: 'away', until: 80 }],
  [
    'what is over is not taken along',
    { show: 'dnd', status: 'Busy', until: 50 },
    { status: 'Back' },
    { show: 'available', status: 'Back' },
  ],
] as const)('sets: %s', (_, before, body, after) => {
  const statement = restated(before, body, 60);

  expect(statement).toEqual(after);
});

test('holds what was set until its end, and then nothing', () => {
  const statement = { show: 'dnd', status: 'Busy', until: 50 } as const;

  const shows = [49, 50, 51].map((now) => standing(statement, now).show);

  expect(shows).toEqual(['dnd', 'available', 'available']);
});

const set = ['available', 'away', 'dnd', 'invisible'] as const;

test.each<[readonly Show[], readonly string[]]>([
  [[], ['offline', 'offline', 'offline', 'offline']],
  [['available'], ['available', 'away', 'dnd', 'offline']],
  [['away'], ['away', 'away', 'dnd', 'offline']],
  [
    ['away', 'available'],
    ['available', 'away', 'dnd', 'offline'],
  ],
  [
    ['away', 'dnd', 'available'],
    ['dnd', 'away', 'dnd', 'offline'],
  ],
])('combines connections that are [%s] with each of what may be set', (connections, expected) => {
  const shown = set.map((show) => shownOf({ show, status: 'Hm' }, connections, 7));

  expect(shown.map(({ show }) => show)).toEqual(expected);
  for (const { show, status, seen } of shown) {
    expect([status, seen]).toEqual(show === 'offline' ? [undefined, 7] : ['Hm', undefined]);
  }
});
