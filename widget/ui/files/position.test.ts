import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { orientationIn } from './exif.ts';
import { withoutPosition } from './position.ts';
import { nameFor } from './prepare.ts';

/** EXIF with an orientation of 6, and a GPS directory that names Berlin. */
const exif = Buffer.concat([
  Buffer.from('4d4d002a00000008', 'hex'),
  Buffer.from('0002011200030000000100060000882500040000000100000026' + '00000000', 'hex'),
  Buffer.from('0001000100020000000242450000' + '00000000', 'hex'),
  Buffer.from('GPS 52.5200 N 13.4050 E'),
]);

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

const table = segment(0xdb, Buffer.alloc(65, 1));
const colours = segment(0xe2, Buffer.from('ICC_PROFILE\0colours'));
const scan = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from('12ff00ffd034', 'hex')]);
const jpeg = Buffer.concat([
  Buffer.from('ffd8', 'hex'),
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif])),
  segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS 52.5200 N</x:xmpmeta>')),
  colours,
  segment(0xe2, Buffer.from('MPF\0 another picture, GPS 52.5200 N')),
  segment(0xfe, Buffer.from('at home, GPS 52.5200 N')),
  table,
  scan,
  Buffer.from('ffd9', 'hex'),
  Buffer.from('a film behind the picture, GPS 52.5200 N'),
]);

async function cleaned(bytes: Buffer): Promise<Buffer | undefined> {
  const parts = withoutPosition(new Uint8Array(bytes));
  return parts && Buffer.from(await new Blob(parts).arrayBuffer());
}

test('takes out of a JPEG where it was taken, and leaves its pixels, its colours and how it is turned', async () => {
  const clean = await cleaned(jpeg);

  expect(clean?.includes('GPS')).toBe(false);
  expect(clean?.includes(Buffer.concat([colours, table, scan]))).toBe(true);
  const at = clean?.indexOf('Exif\0\0') ?? -1;
  expect(orientationIn(new Uint8Array(clean?.subarray(at + 6) ?? []))).toBe(6);
  expect(clean?.subarray(-2).toString('hex')).toBe('ffd9');
});

test('takes nothing apart that it cannot read to its end', async () => {
  expect(await cleaned(jpeg.subarray(0, jpeg.indexOf(Buffer.from('ffd034', 'hex'))))).toBeUndefined();
  expect(await cleaned(Buffer.from('GIF89a'))).toBeUndefined();
});

function chunk(type: string, body: Buffer): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(type), body, Buffer.alloc(4)]);
  whole.writeUInt32BE(body.length);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), 8 + body.length);
  return whole;
}

test('takes out of a PNG what is written into it, and says how it is turned with a right checksum', async () => {
  const head = [Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', Buffer.alloc(13))];
  const end = [chunk('IDAT', deflateSync(Buffer.alloc(9))), chunk('IEND', Buffer.alloc(0))];
  const said = [chunk('eXIf', exif), chunk('iTXt', Buffer.from('XML:com.adobe.xmp\0GPS 52.5200 N'))];

  const clean = await cleaned(Buffer.concat([...head, ...said, ...end]));

  const least = clean?.subarray(clean.indexOf('eXIf') + 4, clean.indexOf('IDAT') - 8) ?? Buffer.alloc(0);
  expect(orientationIn(new Uint8Array(least))).toBe(6);
  expect(clean).toEqual(Buffer.concat([...head, chunk('eXIf', least), ...end]));
});

test('takes EXIF and XMP out of a WebP, and says so in its head', async () => {
  const riff = (type: string, body: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(body.length);
    return Buffer.concat([Buffer.from(type), size, body, Buffer.alloc(body.length & 1)]);
  };
  const pixels = riff('VP8 ', Buffer.from('pixels'));
  const features = (flags: number): Buffer => riff('VP8X', Buffer.from([flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]));
  const webp = (...chunks: Buffer[]): Buffer => riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));
  const plain = Buffer.from('4d4d002a000000080000', 'hex');

  const clean = await cleaned(webp(features(0x1c), pixels, riff('EXIF', plain), riff('XMP ', Buffer.from('GPS'))));
  const turned = await cleaned(webp(features(0x1c), pixels, riff('EXIF', exif)));

  expect(clean).toEqual(webp(features(0x10), pixels));
  expect(turned?.includes('GPS')).toBe(false);
  expect(turned?.subarray(12)).toEqual(
    webp(features(0x18), pixels, turned?.subarray(turned.indexOf('EXIF')) ?? pixels).subarray(12),
  );
});

test.each([
  ['holiday.jpg', 'holiday.jpg'],
  ['../a\\b\n.txt', '.. a b .txt'],
  ['', 'file'],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
])('calls %j %j', (given, name) => {
  expect(nameFor(given)).toBe(name);
});
