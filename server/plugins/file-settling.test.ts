import { expect, test } from 'vitest';
import { memoryBlobs } from '../blobs/memory.ts';
import { headBytes } from '../core/file-type.ts';
import type { Blobs } from '../core/ports.ts';
import type { FileRow } from '../core/rows.ts';
import { settled } from './file-settling.ts';

const id = `f_${'a'.repeat(20)}`;

/** Blobs that hold one file and count the bytes that are read of it. */
async function holding(bytes: Uint8Array): Promise<Blobs & { readonly bytesRead: () => number }> {
  const blobs = memoryBlobs();
  let sum = 0;
  await blobs.append(
    id,
    (async function* () {
      yield bytes;
    })(),
  );
  return {
    ...blobs,
    bytesRead: () => sum,
    async *read(of, from, to) {
      for await (const chunk of blobs.read(of, from, to)) {
        sum += chunk.length;
        yield chunk;
      }
    },
  };
}

function rowOf({ length: size }: Uint8Array): FileRow {
  return {
    id,
    by: 'u_ann',
    conversation: 'c_room_lobby',
    name: 'a',
    type: 'image/gif',
    size,
    width: 2,
    height: 1,
    at: 0,
  };
}

function latin(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(Uint8Array.from(text, (one) => one.charCodeAt(0)));
  return bytes;
}

test.each([
  ['image/gif', 'GIF89a'],
  ['image/avif', '\0\0\0\x1cftypavif'],
])('reads no more of a picture of type %s than its head, as nothing is taken out of it', async (type, head) => {
  const bytes = latin(head, 100_000);
  const blobs = await holding(bytes);

  const row = await settled(blobs, rowOf(bytes), 7);

  expect(row).toMatchObject({ type, size: 100_000, width: 2, height: 1, readyAt: 7 });
  expect(blobs.bytesRead()).toBeLessThanOrEqual(headBytes);
});

test('reads all of a picture that may say where it was taken', async () => {
  const bytes = latin('\xff\xd8\xff\xdb\0\x02\xff\xda\0\x02', 100_000);
  const blobs = await holding(bytes);

  const row = await settled(blobs, rowOf(bytes), 7);

  expect(row).toMatchObject({ type: 'image/jpeg', size: 100_000 });
  expect(blobs.bytesRead()).toBeGreaterThan(100_000);
});
