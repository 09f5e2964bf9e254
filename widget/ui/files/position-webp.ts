import { minimalExif, orientationIn } from './exif.ts';

/** A WebP (RFC 9649 §2) without EXIF and XMP, but for how it is turned; nothing where it cannot be read to its end. */
export function withoutWebp(bytes: Uint8Array<ArrayBuffer>, view: DataView): BlobPart[] | undefined {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let features: Uint8Array<ArrayBuffer> | undefined;
  const all = Math.min(bytes.length, 8 + view.getUint32(4, true));
  for (let at = 12; at + 8 <= all; ) {
    const length = view.getUint32(at + 4, true);
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const end = at + 8 + length;
    if (end > all) return undefined;
    const chunk = bytes.slice(at, end + (length & 1));
    if (type === 'VP8X') features = chunk;
    if (type === 'EXIF') parts.push(...turned(chunk.subarray(8, 8 + length)));
    else if (type !== 'XMP ') parts.push(chunk);
    at = end + (length & 1);
  }
  if (parts.length === 0) return undefined;
  const hasExif = parts.some((chunk) => chunk[0] === 0x45 && chunk[1] === 0x58);
  if (features) features[8] = ((features[8] ?? 0) & ~0x0c) | (hasExif ? 0x08 : 0);
  const head = bytes.slice(0, 12);
  const size = parts.reduce((sum, chunk) => sum + chunk.length, 4);
  new DataView(head.buffer).setUint32(4, size, true);
  return [head, ...parts];
}

/** The chunk that says how it is turned, where it is. Some write it with the mark of JPEG in front. */
function turned(exif: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const marked = exif[0] === 0x45 && exif[4] === 0;
  const orientation = orientationIn(marked ? exif.subarray(6) : exif) ?? 1;
  if (orientation === 1) return [];
  const least = minimalExif(orientation);
  return [Uint8Array.of(0x45, 0x58, 0x49, 0x46, least.length, 0, 0, 0, ...least)];
}
