import { type TokenType, typeOfGroup } from './tokens.ts';

/** All types of tokens. */
export const types = [...new Set(Object.values<TokenType>(typeOfGroup))];

/** Values that are what a type is. */
export const goodValues: Readonly<Record<TokenType, readonly string[]>> = {
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

/** Values that are not. */
export const badValues: Readonly<Record<TokenType, readonly unknown[]>> = {
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

/** Pieces that values have, and hostile ones: what is put together of them may be anything. */
export const pieces: readonly string[] = [
  ...[goodValues.color, goodValues.length, goodValues.font, goodValues.shadow].flat(),
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
];
