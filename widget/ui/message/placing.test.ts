import { expect, test } from 'vitest';
import { barSpot, isInSight, menuSpot } from './placing.ts';

const log = { left: 0, top: 100, right: 400, bottom: 600 };
const bar = { width: 100, height: 36 };
const menu = { width: 200, height: 240 };
const short = { left: 40, top: 300, right: 160, bottom: 340 };
const wide = { left: 40, top: 300, right: 380, bottom: 400 };

test('puts the bar beside the free side of a bubble', () => {
  expect(barSpot(short, log, bar, true)).toEqual({ left: 164, top: 302 });
  expect(barSpot({ ...short, left: 240, right: 360 }, log, bar, false)).toEqual({ left: 136, top: 302 });
});

test('puts the bar across the upper edge where there is no room beside the bubble', () => {
  expect(barSpot(wide, log, bar, true)).toEqual({ left: 292, top: 272 });
});

test('puts the menu under a bubble, or above it where there is no room', () => {
  expect(menuSpot(short, log, menu, true)).toEqual({ left: 40, top: 344 });
  expect(menuSpot({ ...short, top: 500, bottom: 540 }, log, menu, false)).toEqual({ left: 8, top: 256 });
});

test('keeps the menu within the log, at whatever point it was asked for', () => {
  const spot = menuSpot(short, log, menu, true, { left: 390, top: 590 });

  expect(spot).toEqual({ left: 192, top: 350 });
});

test('stands beside nothing that was scrolled out of sight', () => {
  expect(isInSight(short, log)).toBe(true);
  expect(isInSight({ ...short, top: 40, bottom: 104 }, log)).toBe(false);
});
