import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { photoHash } from './photo-hash.ts';

test('is what another implementation of SHA-1 says, of every length around the blocks and of a large picture', () => {
  const pictures = [...Array.from({ length: 140 }, (_, length) => randomBytes(length)), randomBytes(48_000)];

  const hashes = pictures.map((picture) => photoHash(picture.toString('base64')));

  expect(hashes).toEqual(pictures.map((picture) => createHash('sha1').update(picture).digest('hex')));
});
