import { minimalExif, orientationIn } from './exif.ts';
import { withoutPng } from './position-png.ts';
import { withoutWebp } from './position-webp.ts';

/**
 * A picture without what was written into it of where, when and by whom it was taken (EXIF, XMP, IPTC, comments, and
 * whatever follows its end). Its pixels stay as they are, and so does the way it is turned. Nothing where the bytes are no
 * JPEG, PNG or WebP that can be read to its end.
 */
export function withoutPosition(bytes: Uint8Array<ArrayBuffer>): BlobPart[] | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return withoutJpeg(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength > 8 && view.getUint32(0) === 0x89504e47) return withoutPng(bytes, view);
  if (view.byteLength > 12 && view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250)
    return withoutWebp(bytes, view);
  return undefined;
}

/** Segments of JPEG (ITU T.81 Annex B) that draw nothing: APP1, APP3 to APP13, APP15 and comments; APP2 but for colours. */
function isExtra(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xfe) return true;
  if (marker === 0xe2) return !startsWith(segment, 'ICC_PROFILE');
  return marker >= 0xe1 && marker <= 0xef && marker !== 0xee;
}

function withoutJpeg(bytes: Uint8Array<ArrayBuffer>): BlobPart[] | undefined {
  const parts: BlobPart[] = [];
  let orientation = 1;
  let at = 2;
  for (;;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === undefined) return undefined;
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    const segment = bytes.subarray(at + 4, end);
    if (isExtra(marker, segment)) {
      if (marker === 0xe1 && startsWith(segment, 'Exif\0\0'))
        orientation = orientationIn(segment.subarray(6)) ?? orientation;
    } else parts.push(bytes.subarray(at, end));
    at = end;
    if (marker !== 0xda) continue;
    const scan = scanEnd(bytes, at);
    if (scan === undefined) return undefined;
    parts.push(bytes.subarray(at, scan));
    at = scan;
  }
  return [Uint8Array.of(0xff, 0xd8), ...turned(orientation), ...parts, Uint8Array.of(0xff, 0xd9)];
}

/** Where the pixels of a scan end: at the next marker that is neither a stuffed zero nor a restart. */
function scanEnd(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return undefined;
}

/** An EXIF segment that says how the picture is turned, and nothing else. */
function turned(orientation: number): BlobPart[] {
  if (orientation === 1) return [];
  const exif = minimalExif(orientation);
  const head = Uint8Array.of(0xff, 0xe1, 0, exif.length + 8, 0x45, 0x78, 0x69, 0x66, 0, 0);
  return [head, exif];
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Array.from(text).every((character, index) => bytes[index] === character.charCodeAt(0));
}
