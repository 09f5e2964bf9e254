/** How a picture is turned, 1 to 8, as its EXIF says (TIFF 6.0, tag 274); nothing where it says nothing of it. */
export function orientationIn(exif: Uint8Array): number | undefined {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  try {
    const little = view.getUint16(0) === 0x4949;
    const first = view.getUint32(4, little);
    const count = view.getUint16(first, little);
    for (let index = 0; index < count; index += 1) {
      const entry = first + 2 + 12 * index;
      if (view.getUint16(entry, little) !== 274) continue;
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  } catch {
    // It ends before it has said so.
  }
  return undefined;
}

/** EXIF that says how a picture is turned, and nothing else: one directory of one entry. */
export function minimalExif(orientation: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  );
}
