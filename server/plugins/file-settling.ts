import { markedTypes, withoutMarks } from '../core/file-marks.ts';
import { fileType, headBytes, pictureTypes } from '../core/file-type.ts';
import type { Blobs } from '../core/ports.ts';
import type { FileRow } from '../core/rows.ts';

/**
 * Makes a file whole whose bytes are all there, and says what it is then: what its bytes are, without what a camera has
 * written into it. Undefined, and nothing is done, for a picture that nobody can look into. A crash on the way is made
 * good by doing it once more.
 */
export async function settled(blobs: Blobs, row: FileRow, now: number): Promise<FileRow | undefined> {
  const type = fileType(await gathered(blobs, row.id, Math.min(headBytes, row.size)));
  const isPicture = pictureTypes.includes(type);
  const isMarked = markedTypes.includes(type);
  // What is whole already was cleaned before, and may be shorter than it was offered.
  const bytes = isMarked ? await gathered(blobs, row.id, (await blobs.stat(row.id))?.bytes ?? 0) : undefined;
  const cleaned = bytes && withoutMarks(type, bytes);
  if (isMarked && cleaned === undefined) return undefined;
  await blobs.finish(row.id, cleaned === bytes ? undefined : cleaned);
  const { width, height, ...plain } = row;
  const shape = isPicture && width !== undefined && height !== undefined ? { width, height } : {};
  return { ...plain, ...shape, type, size: (await blobs.stat(row.id))?.bytes ?? row.size, readyAt: now };
}

async function gathered(blobs: Blobs, id: string, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const chunk of blobs.read(id, 0, length)) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.subarray(0, at);
}
