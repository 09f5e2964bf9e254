import { parse } from 'culori';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileValues } from './hostile-values.ts';
import { badValues, goodValues, pieces, types } from './sample-values.ts';
import { refusalOf } from './values.ts';

const oddValues = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((some) => some.join('')),
);

test('takes what is written out, of each type', () => {
  const refused = types.flatMap((type) => goodValues[type].map((value) => refusalOf(type, value)));

  expect(refused.filter((refusal) => refusal !== undefined)).toEqual([]);
  expect(goodValues.color.filter((value) => parse(value) === undefined)).toEqual([]);
});

test('refuses what is of no type, or of another, and says what there could be', () => {
  const taken = types.flatMap((type) => badValues[type].filter((value) => refusalOf(type, value) === undefined));

  expect(taken).toEqual([]);
  expect(refusalOf('color', 'url(x)')).toBe(
    '"url(x)" is no colour, such as #0a7d5a or oklch(0.6 0.1 160); nothing is computed or fetched.',
  );
});

test('takes no hostile value for any type', () => {
  const taken = types.flatMap((type) => hostileValues.filter((value) => refusalOf(type, value) === undefined));

  expect(hostileValues.length).toBeGreaterThan(200);
  expect(taken).toEqual([]);
});

test('takes nothing that could end a declaration, or ask for what stands elsewhere', () => {
  fc.assert(
    fc.property(oddValues, fc.constantFrom(...types), (value, type) => {
      if (refusalOf(type, value) !== undefined) return;
      expect(value).not.toMatch(/[;{}\\@!<>:]|\/\*|url|var\(|env\(|attr\(|image|expression|[\n\r\f\0]/i);
      expect(value.split('(').length).toBe(value.split(')').length);
      expect(value.split('"').length % 2).toBe(1);
    }),
    { numRuns: 5_000 },
  );
});

test('is done with a long value at once', () => {
  const long = [
    ' '.repeat(1e6),
    '1'.repeat(1e6),
    'a '.repeat(1e6),
    `rgb(${'1 '.repeat(1e6)})`,
    '0 '.repeat(149),
    '#'.repeat(300),
  ];
  const before = performance.now();

  const refused = long.flatMap((value) => types.map((type) => refusalOf(type, value)));

  expect(refused.filter((refusal) => refusal === undefined)).toEqual([]);
  expect(performance.now() - before).toBeLessThan(2_000);
});
