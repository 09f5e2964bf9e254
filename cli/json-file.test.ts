import { expect, test } from 'vitest';
import { FileError, type Finding } from './finding.ts';
import { pointerTo, readJson, stepsOf } from './json-file.ts';
import { stagedFiles } from './staged-files.ts';

const text = `{
  "a/b": { "c~d": [1, { "e": null }] }
}`;

test('knows where every part of a file stands, and of what is not there the innermost that is', () => {
  const { place, value } = readJson(stagedFiles({ 'x.json': `\uFEFF${text}` }), 'x.json');

  expect(value).toEqual({ 'a/b': { 'c~d': [1, { e: null }] } });
  expect(place('/a~1b')).toEqual({ line: 2, column: 3 });
  expect(place('/a~1b/c~0d/1/e')).toEqual({ line: 2, column: 25 });
  expect(place('/a~1b/c~0d/7/nothing')).toEqual({ line: 2, column: 12 });
  expect(place('/nothing')).toEqual({ line: 1, column: 1 });
});

test('reads back the pointers that it writes', () => {
  const steps = ['a/b', 'c~d', '~1', '', '0'];

  const pointer = pointerTo(...steps);

  expect(pointer).toBe('/a~1b/c~0d/~01//0');
  expect(stepsOf(pointer)).toEqual(steps);
});

test.each([
  ['{ "a": 1, }', { line: 1, column: 11 }],
  ['{\n  "a": tru\n}', { line: 2, column: 8 }],
  ['// no comments\n{}', { line: 1, column: 1 }],
  ['', { line: 1, column: 1 }],
])('says where a text is no JSON: %j', (broken, place) => {
  const finding = refused({ 'x.json': broken });

  expect(finding).toMatchObject({ kind: 'file', file: 'x.json', ...place });
  expect(finding?.reason).toMatch(/^It is no JSON: [^()]+$/);
});

test('says that a file is not there', () => {
  expect(refused({})).toEqual({ kind: 'file', file: 'x.json', reason: 'There is no such file.' });
});

test('finds what stands in one object twice', () => {
  const { repeated } = readJson(stagedFiles({ 'x.json': '{\n"a": { "b": 1,\n"b": 2 } }' }), 'x.json');

  expect(repeated).toMatchObject([{ line: 3, column: 1, pointer: '/a/b' }]);
});

function refused(files: Readonly<Record<string, string>>): Finding | undefined {
  try {
    readJson(stagedFiles(files), 'x.json');
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error.finding;
    throw error;
  }
}
