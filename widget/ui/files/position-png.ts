import { minimalExif, orientationIn } from './exif.ts';

/** Chunks of PNG (third edition, §11.3) that say something and draw nothing. */
const said = ['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'];

/** A PNG without them, but for how it is turned; nothing where it cannot be read to its end. */
export function withoutPng(bytes: Uint8Array<ArrayBuffer>, view: DataView): BlobPart[] | undefined {
  const parts: BlobPart[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end > bytes.length) return undefined;
    if (!said.includes(type)) parts.push(bytes.subarray(at, end));
    else if (type === 'eXIf') {
      const orientation = orientationIn(bytes.subarray(at + 8, end - 4)) ?? 1;
      if (orientation > 1) parts.push(exifChunk(orientation));
    }
    if (type === 'IEND') return parts;
    at = end;
  }
  return undefined;
}

function exifChunk(orientation: number): Uint8Array<ArrayBuffer> {
  const exif = minimalExif(orientation);
  const chunk = new Uint8Array(12 + exif.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, exif.length);
  view.setUint32(4, 0x65584966);
  chunk.set(exif, 8);
  view.setUint32(8 + exif.length, checksum(chunk.subarray(4, 8 + exif.length)));
  return chunk;
}

/** CRC-32 of PNG, Annex D. */
function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}
