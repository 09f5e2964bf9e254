import { beforeEach, describe, expect, test } from 'vitest';
import type { Blobs } from '../core/ports.ts';

/** What every place for bytes promises, as tests. `make` returns an empty one that is open. */
export function blobsContract(name: string, make: () => Promise<Blobs>): void {
  describe(`the ${name} blobs`, () => {
    let blobs: Blobs;
    beforeEach(async () => {
      blobs = await make();
    });

    test('knows nothing of a file before its first byte', async () => {
      expect([await blobs.stat(aFile), await blobs.list(9), blobs.total()]).toEqual([undefined, [], 0]);
      await expect(textOf(blobs, aFile, 0, 9)).rejects.toThrow();
    });

    test('gathers a file piece by piece, and has it whole when it is finished', async () => {
      const sizes = [await blobs.append(aFile, pieces('Hel', 'lo')), await blobs.append(aFile, pieces(' world'))];
      const before = await blobs.stat(aFile);

      await blobs.finish(aFile);
      await blobs.finish(aFile, new Uint8Array(3));

      expect([sizes, before]).toEqual([[5, 11], { bytes: 11, isWhole: false }]);
      expect(await blobs.stat(aFile)).toEqual({ bytes: 11, isWhole: true });
      expect([await textOf(blobs, aFile, 0, 99), await textOf(blobs, aFile, 4, 7)]).toEqual(['Hello world', 'o w']);
      expect(blobs.total()).toBe(11);
    });

    test('keeps what came before the pieces broke off, and says why they did', async () => {
      const cut = async function* (): AsyncGenerator<Uint8Array> {
        yield* pieces('abc');
        throw new Error('The line is cut');
      };

      const told = await blobs.append(aFile, cut()).catch((error: Error) => error.message);
      const after = await blobs.append(aFile, pieces('def'));

      expect([told, after, await textOf(blobs, aFile, 0, 9)]).toEqual(['The line is cut', 6, 'abcdef']);
    });

    test('replaces what was there when it finishes with other bytes', async () => {
      await blobs.append(aFile, pieces('with a place'));

      await blobs.finish(aFile, new TextEncoder().encode('without'));

      expect([await blobs.stat(aFile), await textOf(blobs, aFile, 0, 99)]).toEqual([
        { bytes: 7, isWhole: true },
        'without',
      ]);
      expect(blobs.total()).toBe(7);
    });

    test('removes a file, whole or not, and takes it calmly where there is none', async () => {
      for (const id of [aFile, another]) await blobs.append(id, pieces('words'));
      await blobs.finish(aFile);

      for (const id of [aFile, another, another]) await blobs.remove(id);

      expect([await blobs.stat(aFile), await blobs.stat(another), blobs.total()]).toEqual([undefined, undefined, 0]);
    });

    test('counts the bytes of a file once, however often and whenever it is removed', async () => {
      await blobs.append(another, pieces('stays'));
      const cut = async function* (): AsyncGenerator<Uint8Array> {
        yield* pieces('abc');
        await blobs.remove(aFile);
        yield* pieces('def');
      };
      await blobs.append(aFile, cut());
      const during = [await blobs.stat(aFile), blobs.total()];
      const [one = '', two = ''] = [aFile, `f_${'c'.repeat(20)}`];
      await blobs.append(two, pieces('with a place'));

      await Promise.all([one, one, two, one].map((id) => blobs.remove(id)));
      await blobs.append(two, pieces('with a place'));
      await Promise.all([blobs.finish(two, new Uint8Array(3)), blobs.remove(another), blobs.remove(another)]);

      expect(during).toEqual([{ bytes: 6, isWhole: false }, 11]);
      expect([await blobs.list(9), blobs.total()]).toEqual([[two], 3]);
    });

    test('lists what is there, whole or not, page by page', async () => {
      const ids = ['f_zz', 'f_a0', 'f_a1', 'f_b0'].map((start) => start.padEnd(22, '0'));
      for (const id of ids) await blobs.append(id, pieces('x'));
      await blobs.finish(ids[1] ?? '');

      const first = await blobs.list(3);
      const rest = await blobs.list(3, first.at(-1));

      expect([...first, ...rest]).toEqual([...ids].sort());
      expect(first).toHaveLength(3);
    });
  });
}

const aFile = `f_${'a'.repeat(20)}`;
const another = `f_${'b'.repeat(20)}`;

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function textOf(blobs: Blobs, id: string, from: number, to: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of blobs.read(id, from, to)) chunks.push(chunk);
  return chunks.map((chunk) => new TextDecoder().decode(chunk)).join('');
}
