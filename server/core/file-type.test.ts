import { expect, test } from 'vitest';
import { fileType } from './file-type.ts';

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['image/gif', 'GIF89a\x01\0'],
  ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['image/avif', '\0\0\0\x20ftypavif\0\0\0\0'],
  ['application/octet-stream', '\0\0\0\x20ftypheic\0\0\0\0'],
  ['video/mp4', '\0\0\0\x20ftypisom\0\0\x02\0'],
  ['video/webm', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm'],
  ['application/octet-stream', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska'],
  ['application/pdf', '%PDF-1.7\n'],
  ['audio/mpeg', 'ID3\x04\0'],
  ['audio/mpeg', '\xff\xfb\x90d'],
  ['audio/ogg', 'OggS\0\x02'],
  ['audio/wav', 'RIFF\x24\0\0\0WAVEfmt '],
  ['application/zip', 'PK\x03\x04\x14\0'],
  ['application/octet-stream', 'MZ\x90\0'],
  ['application/octet-stream', 'words\0and a zero'],
  ['application/octet-stream', '\xe4\xf6\xfc'],
])('tells %s by its first bytes: %j', (type, start) => {
  expect(fileType(Uint8Array.from(start, (character) => character.charCodeAt(0)))).toBe(type);
});

test.each([
  '<!doctype html><script>alert(1)</script>',
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  'Grüße, 世界 🌍\r\n\tand more',
])('takes for text, and for nothing that a browser runs: %s', (text) => {
  expect(fileType(new TextEncoder().encode(text))).toBe('text/plain');
});

test('takes a text for one that is cut in the middle of a character', () => {
  const long = new TextEncoder().encode(`x${'ü'.repeat(3_000)}`).subarray(0, 4_096);

  expect(fileType(long)).toBe('text/plain');
  expect(fileType(long.subarray(0, 100))).toBe('application/octet-stream');
  expect(fileType(new Uint8Array())).toBe('application/octet-stream');
});
