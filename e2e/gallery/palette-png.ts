import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const colours = 256;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** One number for each pixel: 0xRRGGBB. */
  readonly rgb: Uint32Array;
}

/**
 * The same picture in 256 colours, so that pictures can be kept: about a fifth of its bytes. What is frequent keeps
 * its exact colour, the rest takes the nearest one; the same pixels always give the same bytes (PNG, ISO/IEC 15948).
 *
 * @throws Error when it is no opaque PNG of eight bits that is not interlaced, as browsers take them
 */
export function inPalette(png: Buffer): Buffer {
  const { width, height, rgb } = decoded(png);
  const palette = paletteOf(rgb);
  const known = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = rgb[y * width + x] ?? 0;
      let index = known.get(colour);
      if (index === undefined) {
        index = nearest(palette, colour);
        known.set(colour, index);
      }
      rows[y * (width + 1) + x + 1] = index;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent colours as they are, and of what else is alike the most frequent one. */
function paletteOf(rgb: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of rgb) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([colour]) => colour);
  const chosen = new Set(sorted.slice(0, colours / 4));
  const seen = new Set<number>();
  for (const colour of sorted) {
    const alike = colour & 0xf0f0f0;
    if (chosen.size < colours && !seen.has(alike)) chosen.add(colour);
    seen.add(alike);
  }
  return [...chosen].sort((a, b) => a - b);
}

function nearest(palette: readonly number[], colour: number): number {
  const [r = 0, g = 0, b = 0] = channels(colour);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of palette.entries()) {
    const away = (r - (candidate >> 16)) ** 2 + (g - ((candidate >> 8) & 255)) ** 2 + (b - (candidate & 255)) ** 2;
    if (away < least) [best, least] = [index, away];
  }
  return best;
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function decoded(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [bits, type, interlaced] = [png[24], png[25], png[28]];
  if (bits !== 8 || (type !== 2 && type !== 6) || interlaced !== 0) throw new Error(`No such PNG is read: ${type}`);
  const size = type === 2 ? 3 : 4;
  const rows = unfiltered(inflateSync(Buffer.concat(dataOf(png))), width * size, size);
  const rgb = new Uint32Array(width * height);
  for (let i = 0; i < rgb.length; i += 1)
    rgb[i] = ((rows[i * size] ?? 0) << 16) | ((rows[i * size + 1] ?? 0) << 8) | (rows[i * size + 2] ?? 0);
  return { width, height, rgb };
}

function dataOf(png: Buffer): Buffer[] {
  const data: Buffer[] = [];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return data;
}

/** Undoes the five filters of a row; ISO/IEC 15948, section 9. */
function unfiltered(filtered: Buffer, stride: number, size: number): Buffer {
  const height = filtered.length / (stride + 1);
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = filtered[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < size ? 0 : (rows[at - size] ?? 0);
      const above = y === 0 ? 0 : (rows[at - stride] ?? 0);
      const before = x < size || y === 0 ? 0 : (rows[at - stride - size] ?? 0);
      rows[at] = (filtered[y * (stride + 1) + x + 1] ?? 0) + guessed(filter, left, above, before);
    }
  }
  return rows;
}

function guessed(filter: number | undefined, left: number, above: number, before: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? paeth(left, above, before) : 0;
}

function paeth(left: number, above: number, before: number): number {
  const toLeft = Math.abs(above - before);
  const toAbove = Math.abs(left - before);
  const toBefore = Math.abs(left + above - 2 * before);
  if (toLeft <= toAbove && toLeft <= toBefore) return left;
  return toAbove <= toBefore ? above : before;
}
