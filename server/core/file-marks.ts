/**
 * What a camera writes into a picture beside the picture: where and when it was taken, with what. Nobody who gets a picture
 * is to learn that from it.
 */

type Bytes = Uint8Array<ArrayBufferLike>;

/** The types that it knows. */
export const markedTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

/** Parts that one file may have; above it somebody only wants to keep the friend busy. */
const partsLimit = 100_000;

/**
 * The same picture without EXIF, XMP, IPTC and comments; the same bytes where there is nothing to take away. A JPEG keeps
 * its orientation (EXIF 2.32 §4.6.4, tag 0x0112). Undefined where the file is built so badly, or of so many parts, that nobody
 * can say what is in it; of types that are not among `markedTypes` it knows nothing and returns the same bytes.
 */
export function withoutMarks(type: string, bytes: Bytes): Bytes | undefined {
  try {
    if (type === 'image/jpeg') return jpeg(bytes);
    if (type === 'image/png') return png(bytes);
    return type === 'image/webp' ? webp(bytes) : bytes;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Parts of a file that stay; `RangeError` for what lies outside of it. */
class Cutting {
  readonly bytes: Bytes;
  readonly #view: DataView;
  readonly #kept: { from: number; to: number; readonly of: Bytes }[] = [];
  #parts = 0;
  #hasCut = false;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16(at: number, little = false): number {
    return this.#view.getUint16(at, little);
  }

  u32(at: number, little = false): number {
    return this.#view.getUint32(at, little);
  }

  name(at: number, length = 4): string {
    let name = '';
    for (const end = Math.min(at + length, this.bytes.length); at < end; at += 1) {
      name += String.fromCharCode(this.bytes[at] ?? 0);
    }
    return name;
  }

  keep(from: number, to: number): void {
    if (to > this.bytes.length || from > to) throw new RangeError('It ends in the middle');
    this.#count();
    const last = this.#kept.at(-1);
    if (last?.of === this.bytes && last.to === from) last.to = to;
    else this.#kept.push({ from, to, of: this.bytes });
  }

  /** Leaves out what is not kept, and puts `instead` there. */
  cut(instead?: Bytes): void {
    this.#count();
    this.#hasCut = true;
    if (instead !== undefined) this.#kept.push({ from: 0, to: instead.length, of: instead });
  }

  get kept(): Bytes {
    if (!this.#hasCut) return this.bytes;
    const whole = new Uint8Array(this.#kept.reduce((sum, { from, to }) => sum + to - from, 0));
    let at = 0;
    for (const { from, to, of } of this.#kept) {
      whole.set(of.subarray(from, to), at);
      at += to - from;
    }
    return whole;
  }

  #count(): void {
    this.#parts += 1;
    if (this.#parts > partsLimit) throw new RangeError('It has too many parts');
  }
}

/** Segments of JPEG (ITU T.81 §B.1.1) that are about the picture's colours: JFIF, ICC profile, Adobe transform. */
const colours: Readonly<Record<number, string>> = { 224: 'JFIF', 226: 'ICC_PROFILE', 238: 'Adobe' };

function jpeg(bytes: Bytes): Bytes {
  const file = new Cutting(bytes);
  file.keep(0, 2);
  let at = markerFrom(bytes, 2);
  while (file.u8(at) === 0xff && !isPicture(file.u8(at + 1))) at = markerFrom(bytes, segment(file, at));
  if (file.u8(at) !== 0xff) throw new RangeError('A segment begins nowhere');
  for (;;) {
    const next = segmentAfter(bytes, at);
    file.keep(at, next);
    if (next === bytes.length) return file.kept;
    if (file.u8(next + 1) === 0xd9) {
      file.keep(next, next + 2);
      // What a camera puts behind the end is another picture.
      if (next + 2 < bytes.length) file.cut();
      return file.kept;
    }
    at = segment(file, next);
  }
}

/** Behind the fill bytes that may stand before a marker. */
function markerFrom(bytes: Bytes, from: number): number {
  let at = from;
  while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
  return at;
}

/** Whether a marker begins a scan, or ends the picture. */
function isPicture(marker: number): boolean {
  return marker === 0xda || marker === 0xd9;
}

/** Keeps the segment at `at`, or cuts it, and returns where it ends. */
function segment(file: Cutting, at: number): number {
  const marker = file.u8(at + 1);
  const end = at + 2 + file.u16(at + 2);
  const isApp = marker >= 0xe0 && marker <= 0xef;
  const colour = colours[marker];
  const isKept = isApp ? colour !== undefined && file.name(at + 4, colour.length) === colour : marker !== 0xfe;
  if (isKept) file.keep(at, end);
  else file.cut(marker === 0xe1 ? orientation(file, at + 4, end) : undefined);
  return end;
}

/** Where the next segment begins, or the file ends; among the pixels, 0xff stands before 0 or a restart only. */
function segmentAfter(bytes: Bytes, from: number): number {
  // Not by `indexOf`: where every second byte is 0xff, that would take seconds.
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd8)) return at;
  }
  return bytes.length;
}

/** An EXIF segment that says how the picture is turned and nothing else; undefined where it stands upright. */
function orientation(file: Cutting, from: number, end: number): Bytes | undefined {
  if (file.name(from, 6) !== 'Exif\0\0') return undefined;
  const tiff = from + 6;
  const little = file.name(tiff, 2) === 'II';
  const directory = tiff + file.u32(tiff + 4, little);
  if (directory + 2 > end) return undefined;
  for (let index = 0; index < file.u16(directory, little); index += 1) {
    const entry = directory + 2 + 12 * index;
    if (entry + 12 > end) return undefined;
    const turned = file.u16(entry + 8, little);
    if (file.u16(entry, little) === 0x0112 && turned > 1 && turned <= 8) return turnedBy(turned);
  }
  return undefined;
}

function turnedBy(turned: number): Bytes {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  const directory = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0];
  const segment = [...exif, ...tiff, ...directory];
  return Uint8Array.from([0xff, 0xe1, 0, segment.length + 2, ...segment]);
}

/** Chunks of PNG (third edition, §11.3) that say something beside the picture. */
const pngMarks: readonly string[] = ['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'];

function png(bytes: Bytes): Bytes {
  const file = new Cutting(bytes);
  file.keep(0, 8);
  for (let at = 8; at < bytes.length; ) {
    const end = at + 12 + file.u32(at);
    const name = file.name(at + 4);
    if (pngMarks.includes(name)) file.cut();
    else file.keep(at, end);
    at = end;
    if (name !== 'IEND') continue;
    if (at < bytes.length) file.cut();
    return file.kept;
  }
  throw new RangeError('It has no end');
}

/** The chunks of a WebP file (RFC 9649 §2.7) that describe it, and what the file's head says of them. */
const webpMarks: readonly string[] = ['EXIF', 'XMP '];
const webpFlags = 0b0000_1100;

function webp(bytes: Bytes): Bytes {
  const file = new Cutting(bytes);
  file.keep(0, 12);
  const last = Math.min(bytes.length, 8 + file.u32(4, true));
  for (let at = 12; at + 8 <= last; ) {
    const size = file.u32(at + 4, true);
    const end = Math.min(bytes.length, at + 8 + size + (size % 2));
    if (size > bytes.length) throw new RangeError('It ends in the middle');
    if (webpMarks.includes(file.name(at))) file.cut();
    else file.keep(at, end);
    at = end;
  }
  if (last < bytes.length) file.cut();
  const kept = file.kept;
  if (kept === bytes) return bytes;
  const view = new DataView(kept.buffer, kept.byteOffset);
  view.setUint32(4, kept.length - 8, true);
  if (file.name(12) === 'VP8X') view.setUint8(20, file.u8(20) & ~webpFlags);
  return kept;
}
