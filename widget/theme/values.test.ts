import { parse } from 'culori';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileValues } from './hostile-values.ts';
import { type TokenType, typeOfGroup } from './tokens.ts';
import { refusalOf } from './values.ts';

const types = [...new Set(Object.values<TokenType>(typeOfGroup))];

const good: Readonly<Record<TokenType, readonly string[]>> = {
  color: [
    ...['#fff', '#0a7d5a', '#0a7d5a80', 'teal', 'RebeccaPurple', 'rgb(10, 125, 90)', 'rgb(10 125 90 / 50%)'],
    ...['hsl(160deg 85% 26%)', 'hwb(160 4% 51%)', 'lab(46 -38 15)', 'oklch(0.52 0.11 165 / 0.9)', 'oklab(52% none 0)'],
    ...['color(display-p3 0.2 0.5 0.4)', 'color(srgb 0 1e-7 1)', 'color(xyz-d65 0.1 0.2 0.3 / 1)'],
  ],
  length: ['0', '12px', '.5rem', '0.75em', '50%', '10dvh', '2ch'],
  font: ['Inter', 'Inter, system-ui, sans-serif', '"Source Sans 3", sans-serif', "'Noto Sans JP'", 'Größe Sans'],
  time: ['0s', '120ms', '.2s'],
  shadow: ['none', '0 2px 8px #0003', 'inset 0 0 0 1px rgb(0 0 0 / 0.1), 0 -2px 4px 1px black', 'red 1px 1px'],
  number: ['0', '-1', '2147483647'],
};

const bad: Readonly<Record<TokenType, readonly unknown[]>> = {
  color: [
    '',
    '#ff',
    '#fffff',
    'rgb(1 2)',
    'rgb(1, 2, 3, 4, 5)',
    'color(srgb-x 1 1 1)',
    'inherit',
    'currentcolor',
    7,
    null,
  ],
  length: ['12', '12 px', '-1px', '1px 2px', 'auto', '12px;', 12, {}],
  font: ['', ',', '"Inter', 'Inter"', '3270', 'inherit', 'Inter,', 'a\\62 c', ['Inter']],
  time: ['120', '-1s', '1m', '1s 1s'],
  shadow: ['2px', '0 0 0 0 0 red', '0 0 red blue', 'inherit'],
  number: ['1.5', '1e3', 'auto', '١'],
};

test('takes what is written out, of each type', () => {
  const refused = types.flatMap((type) => good[type].map((value) => refusalOf(type, value)));

  expect(refused.filter((refusal) => refusal !== undefined)).toEqual([]);
  expect(good.color.filter((value) => parse(value) === undefined)).toEqual([]);
});

test('refuses what is of no type, or of another, and says what there could be', () => {
  const taken = types.flatMap((type) => bad[type].filter((value) => refusalOf(type, value) === undefined));

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
  const pieces = fc.constantFrom(
    ...[...good.color, ...good.length, ...good.font, ...good.shadow],
    ...[
      'url(',
      'var(--x)',
      ';',
      '}',
      '{',
      '\\',
      '/*',
      '*/',
      '@import',
      '!important',
      '<',
      '>',
      '\n',
      '\0',
      '(',
      ')',
      ',',
    ],
    ...['"', "'", ' ', 'image(', 'env(', 'attr(', 'expression(', ':', '--', '/'],
  );
  const values = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 8 }).map((some) => some.join('')),
  );

  fc.assert(
    fc.property(values, fc.constantFrom(...types), (value, type) => {
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
