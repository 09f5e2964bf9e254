import { expect, test } from 'vitest';
import { pastedColors } from './pasted.ts';

test('finds the colours of a style sheet in every notation, the brand first', () => {
  const css = `:root { --primary: #0a7d5a; --ink: rgb(22 22 29); --paper:#fff }
    a { color: #0A7D5A } .warn { background: hsl(12deg 80% 50%); border-color: oklch(0.7 0.1 230) }
    .shade { box-shadow: 0 1px 2px rgba(0, 0, 0, 0.2) } #fade-in { color: #ffff }`;

  const found = pastedColors(css);

  expect(found.map(({ color, times }) => `${color} ${times}`)).toEqual([
    '#0a7d5a 2',
    '#e64219 1',
    expect.stringMatching(/^#[\da-f]{6} 1$/),
    '#ffffff 2',
    '#16161d 1',
  ]);
});

test('takes what is called a brand before what is louder', () => {
  const found = pastedColors('--red: #ff0000; border: 1px solid #ff0000; --brand-500: #33556f;');

  expect(found[0]?.color).toBe('#33556f');
});

test('finds nothing where there is none', () => {
  expect(['', 'Our brand is a warm blue.', 'href="#facade1"', 'rgb(banana)'].flatMap(pastedColors)).toEqual([]);
});
