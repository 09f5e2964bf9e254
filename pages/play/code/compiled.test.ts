import { expect, test } from 'vitest';
import { starts } from '../starts/starts.ts';
import { compiled, firstOdd } from './compiled.ts';

test.each(starts.map(({ id, code }) => [id, code]))('makes a module of the starting point %s', (_id, code) => {
  const made = compiled(code);

  expect(made).toHaveProperty('js', expect.stringContaining("require('befriend/server')"));
});

test('names the line and the column of what is no program', () => {
  const made = compiled('const first = 1;\nconst = 2;\n');

  expect(made).toMatchObject({ fault: { line: 2, message: expect.stringContaining('Unexpected token') } });
});

test('keeps each line where it was', () => {
  const made = compiled('interface Order {\n  id: number;\n}\nthrow new Error("here");\n');

  expect('js' in made && made.js.split('\n')[3]).toContain('throw new Error');
});

test('finds what only a browser refuses', () => {
  const odd = firstOdd('const a = 1;\nconst b = [1, 2;\n');

  expect(odd.line).toBe(2);
});
