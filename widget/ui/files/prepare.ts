import type { Outgoing } from '../../core/outgoing.ts';
import { kindOf } from './kinds.ts';
import { withoutPosition } from './position.ts';

/** Pixels of a side beyond which nothing is said of it. */
const longest = 30_000;
/** UTF-16 units of a name. */
const nameLimit = 200;

/**
 * Makes a file ready to be sent: a picture loses where it was taken, and says how large it is drawn.
 * @throws where it cannot be read any more
 */
export async function prepared(file: File): Promise<Outgoing> {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(file.type)?.[0].slice(0, 100) ?? 'application/octet-stream';
  const outgoing = { name: nameFor(file.name), type };
  if (kindOf(type) !== 'picture') {
    // A folder looks like a file until it is read.
    await file.slice(0, 1).arrayBuffer();
    return { ...outgoing, blob: file };
  }
  const parts = withoutPosition(new Uint8Array(await file.arrayBuffer()));
  const blob = parts === undefined ? await redrawn(file, type) : new Blob(parts, { type });
  return { ...outgoing, blob, ...(await formOf(blob)) };
}

/** A name in one line, without what a path is made of; the end, which says what it is, stays. */
export function nameFor(given: string): string {
  const name =
    given
      .replace(/[\p{Cc}\u2028\u2029/\\]+/gu, ' ')
      .trim()
      .toWellFormed() || 'file';
  if (name.length <= nameLimit) return name;
  const end = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, nameLimit - end.length)}${end}`.toWellFormed();
}

async function formOf(blob: Blob): Promise<Pick<Outgoing, 'width' | 'height'>> {
  const bitmap = await createImageBitmap(blob).catch(() => undefined);
  const { width = 0, height = 0 } = bitmap ?? {};
  bitmap?.close();
  return width > 0 && width <= longest && height <= longest ? { width, height } : {};
}

/** A JPEG, PNG or WebP that cannot be taken apart is drawn anew, which leaves its pixels alone; others stay as they are. */
async function redrawn(file: File, type: string): Promise<Blob> {
  if (!/jpeg|png|webp/.test(type)) return file;
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return file;
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), type, 0.95));
}
