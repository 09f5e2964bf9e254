import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutMarks } from './file-marks.ts';

const place = 'GPS 52.5200 13.4050';

function latin(...parts: readonly (string | readonly number[])[]): Uint8Array {
  const text = parts.map((part) => (typeof part === 'string' ? part : String.fromCharCode(...part))).join('');
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function textOf(bytes: Uint8Array | undefined): string {
  return Array.from(bytes ?? [], (byte) => String.fromCharCode(byte)).join('');
}

/** A JPEG segment. */
function segment(marker: number, content: string): string {
  const length = content.length + 2;
  return `\xff${String.fromCharCode(marker, length >> 8, length & 255)}${content}`;
}

/** EXIF with an orientation and a place, in the byte order that is asked for. */
function exif(order: 'II' | 'MM', turned: number): string {
  const number = (value: number, size: number): string => {
    const bytes = Array.from({ length: size }, (_, index) => (value >> (8 * (size - 1 - index))) & 255);
    return String.fromCharCode(...(order === 'II' ? bytes.reverse() : bytes));
  };
  const entry = (tag: number, value: number) =>
    `${number(tag, 2)}${number(3, 2)}${number(1, 4)}${number(value, 2)}\0\0`;
  const directory = number(2, 2) + entry(0x010f, 7) + entry(0x0112, turned) + number(0, 4);
  return `Exif\0\0${order}${number(42, 2)}${number(8, 4)}${directory}${place}`;
}

const scan = `\xff\xda\0\x04\x01\x02pixels\xff\0more\xff\xd0pixels\xff\xd9`;
const jfif = segment(0xe0, 'JFIF\0\x01\x02');

test.each(['II', 'MM'] as const)('takes the place out of a JPEG of byte order %s and leaves it turned', (order) => {
  const marks = segment(0xe1, exif(order, 6)) + segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${place}`);
  const others = segment(0xed, `Photoshop 3.0\0${place}`) + segment(0xfe, place);
  const tables = segment(0xdb, 'tables') + segment(0xe2, 'ICC_PROFILE\0colours');

  const cleaned = withoutMarks('image/jpeg', latin('\xff\xd8', jfif, marks, others, tables, scan));

  const turned = `Exif\0\0MM\0*\0\0\0\b\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0`;
  expect(textOf(cleaned)).toBe(`\xff\xd8${jfif}${segment(0xe1, turned)}${tables}${scan}`);
  expect(textOf(withoutMarks('image/jpeg', cleaned ?? latin()))).toBe(textOf(cleaned));
});

test('takes away what stands behind a JPEG, and is another picture with a place', () => {
  const cleaned = withoutMarks(
    'image/jpeg',
    latin('\xff\xd8', jfif, scan, '\xff\xd8', segment(0xe1, exif('MM', 1)), scan),
  );

  expect(textOf(cleaned)).toBe(`\xff\xd8${jfif}${scan}`);
});

test('finds no end of a JPEG in a segment between two scans', () => {
  const two = `\xff\xda\0\x04\x01\x02pixels${segment(0xc4, 'table \xff\xd9 of codes')}${scan}`;

  const bytes = latin('\xff\xd8', jfif, two);

  expect(withoutMarks('image/jpeg', bytes)).toBe(bytes);
});

test('takes the place out of a JPEG between two scans too', () => {
  const marks = segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${place}`) + segment(0xfe, place);
  const two = (between: string): Uint8Array =>
    latin('\xff\xd8', jfif, `\xff\xda\0\x04\x01\x02pixels\xff${between}${segment(0xc4, 'codes')}${scan}`);

  const cleaned = withoutMarks('image/jpeg', two(marks));

  expect(textOf(cleaned)).toBe(textOf(two('')));
});

/** A PNG chunk, or a WebP chunk where `little`. */
function chunk(name: string, content: string, little = false): string {
  const size = [content.length >> 24, content.length >> 16, content.length >> 8, content.length].map(
    (one) => one & 255,
  );
  const padded = content.length % 2 === 1 ? `${content}\0` : content;
  return little
    ? `${name}${String.fromCharCode(...size.reverse())}${padded}`
    : `${String.fromCharCode(...size)}${name}${content}CRC!`;
}

const signature = '\x89PNG\r\n\x1a\n';

test('takes the place out of a PNG, and what stands behind its end', () => {
  const picture = `${chunk('IHDR', 'size')}${chunk('iCCP', 'colours')}`;
  const marks = ['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'].map((name) => chunk(name, place)).join('');
  const end = `${chunk('IDAT', 'pixels')}${chunk('IEND', '')}`;

  const cleaned = withoutMarks('image/png', latin(signature, picture, marks, end, place));

  expect(textOf(cleaned)).toBe(`${signature}${picture}${end}`);
});

test('takes the place out of a WebP, and says in its head that it is gone', () => {
  const rest = chunk('VP8 ', 'pixels!', true);
  const file = (flags: number, marks: string): Uint8Array => {
    const body = `WEBP${chunk('VP8X', `${String.fromCharCode(flags)}\0\0\0sizes!`, true)}${rest}${marks}`;
    return latin(chunk('RIFF', body, true));
  };

  const cleaned = withoutMarks('image/webp', file(0b1_1100, chunk('EXIF', place, true) + chunk('XMP ', place, true)));

  expect(textOf(cleaned)).toBe(textOf(file(0b1_0000, '')));
});

test.each(['image/png', 'image/jpeg', 'image/webp'])('leaves a %s alone that says nothing but itself', (type) => {
  const files: Record<string, Uint8Array> = {
    'image/png': latin(signature, chunk('IHDR', 'size'), chunk('IEND', '')),
    'image/jpeg': latin('\xff\xd8', jfif, scan),
    'image/webp': latin(chunk('RIFF', `WEBP${chunk('VP8 ', 'pixels!', true)}`, true)),
  };
  const bytes = files[type] ?? latin();

  expect(withoutMarks(type, bytes)).toBe(bytes);
});

test.each([
  ['image/png', latin(signature, '\xff\xff\xff\xffIHDR')],
  ['image/png', latin(signature, chunk('IHDR', 'size'))],
  ['image/jpeg', latin('\xff\xd8\xff\xe1\xff\xffExif')],
  ['image/jpeg', latin('\xff\xd8\xff')],
  ['image/jpeg', latin('\xff\xd8', jfif, 'no segment')],
  ['image/webp', latin('RIFF\x24\0\0\0WEBPEXIF\xff\xff\xff\x7f')],
])('does not vouch for a %s that is built badly', (type, bytes) => {
  expect(withoutMarks(type, bytes)).toBeUndefined();
});

test('ends on any bytes, and never makes more of them than a turned picture needs', () => {
  const starts = { 'image/png': latin(signature), 'image/jpeg': latin('\xff\xd8'), 'image/webp': latin('RIFF') };

  fc.assert(
    fc.property(
      fc.constantFrom('image/png', 'image/jpeg', 'image/webp'),
      fc.uint8Array({ maxLength: 200 }),
      (type, rest) => {
        const bytes = latin([...starts[type as 'image/png'], ...rest]);
        const cleaned = withoutMarks(type, bytes);
        expect(cleaned === undefined || cleaned.length <= bytes.length + 36).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ['image/jpeg', '\xff\xd8', '\xff\xdb\0\x02', scan],
  ['image/png', signature, chunk('IDAT', ''), chunk('IEND', '')],
])('does not look into a %s of parts without number', (type, head, part, end) => {
  const [few, many] = [90_000, 110_000].map((count) => latin(head, part.repeat(count), end));

  expect(withoutMarks(type, few ?? latin()) === few).toBe(true);
  expect(withoutMarks(type, many ?? latin())).toBeUndefined();
});
