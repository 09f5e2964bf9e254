import { expect, test } from 'vitest';
import { type BuiltFile, filesOfFirstMessage } from './built-files.ts';

function file(name: string, text: string): BuiltFile {
  return { name, text, gzip: Buffer.from(text) };
}

test('reckons with the launcher, its app and what that imports at once, not with what waits for its occasion', () => {
  const files = [
    file('befriend.js', 'import(new URL("app-1.js",base))'),
    file('app-1.js', 'import{a}from"./chunk-1.js";import("./chunk-2.js")'),
    file('chunk-1.js', 'import"./chunk-3.js";export const a=1'),
    file('chunk-2.js', 'export const emoji=1'),
    file('chunk-3.js', 'globalThis.b=1'),
    file('app-0.js', 'of an earlier build'),
  ];

  const names = filesOfFirstMessage(files).map(({ name }) => name);

  expect(names.sort()).toEqual(['app-1.js', 'befriend.js', 'chunk-1.js', 'chunk-3.js']);
});
