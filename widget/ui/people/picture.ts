import { most } from './most.ts';

/** Pixels of a side. */
const side = 192;

/** What is tried, the best first, until it is small enough. */
const forms = [
  ['image/webp', 0.86],
  ['image/jpeg', 0.8],
  ['image/jpeg', 0.6],
  ['image/jpeg', 0.35],
] as const;

/**
 * A file's picture as `profile.set` takes it: the middle square, scaled down, in base64. Nothing where the browser cannot
 * read it as a picture.
 */
export async function smallPicture(file: Blob): Promise<string | undefined> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    const cut = Math.min(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const drawing = canvas.getContext('2d');
    // What is clear would be black in a JPEG.
    if (drawing) drawing.fillStyle = '#fff';
    drawing?.fillRect(0, 0, side, side);
    drawing?.drawImage(bitmap, (width - cut) / 2, (height - cut) / 2, cut, cut, 0, 0, side, side);
    bitmap.close();
    for (const [type, quality] of forms) {
      const [head, base64 = ''] = canvas.toDataURL(type, quality).split(',');
      if (head === `data:${type};base64` && base64.length <= most.picture) return base64;
    }
  } catch {
    // Not a picture, or none that this browser knows.
  }
  return undefined;
}
