import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { blobsContract } from './contract.ts';
import { folderBlobs } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'befriend-blobs-'));
let folders = 0;

afterAll(() => rmSync(root, { recursive: true }));

function newFolder(): string {
  folders += 1;
  return join(root, String(folders), 'files');
}

blobsContract('folder', async () => {
  const blobs = folderBlobs(newFolder());
  await blobs.open();
  return blobs;
});

const aFile = `f_${'a'.repeat(20)}`;

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

test.each([
  '../secret',
  '..',
  '',
  'f_/../../secret000000000',
  `f_${'.'.repeat(20)}`,
  `f_${'a'.repeat(19)}/`,
  `f_${'a'.repeat(20)}\0`,
  `${aFile}\n`,
  'F_aaaaaaaaaaaaaaaaaaaa',
])('makes no path of %j', async (id) => {
  const folder = newFolder();
  const blobs = folderBlobs(folder);
  await blobs.open();

  const tries = [blobs.stat(id), blobs.append(id, one('x')), blobs.finish(id), blobs.remove(id)];
  const results = await Promise.allSettled([...tries, blobs.read(id, 0, 1)[Symbol.asyncIterator]().next()]);

  expect(results.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  expect(readdirSync(folder)).toEqual([]);
});

test('finds after a start what was there before, and drops what was half replaced', async () => {
  const folder = newFolder();
  const before = folderBlobs(folder);
  await before.open();
  await before.append(aFile, one('half'));
  writeFileSync(join(folder, 'aa', `${aFile}.new`), 'not yet durable');

  const after = folderBlobs(folder);
  await after.open();

  expect([await after.stat(aFile), after.total()]).toEqual([{ bytes: 4, isWhole: false }, 4]);
  expect(existsSync(join(folder, 'aa', `${aFile}.new`))).toBe(false);
});

test('lets nobody else on the machine read what people have sent', async () => {
  const folder = newFolder();
  const blobs = folderBlobs(folder);
  await blobs.open();
  await blobs.append(aFile, one('private'));

  const modes = [folder, join(folder, 'aa'), join(folder, 'aa', `${aFile}.part`)].map((path) => statSync(path).mode);

  expect(modes.map((mode) => mode & 0o077)).toEqual([0, 0, 0]);
});

test('counts what was written of a chunk that found the disk full', () => {
  const filling = `
    import { folderBlobs } from ${JSON.stringify(join(import.meta.dirname, 'folder.ts'))};
    const blobs = folderBlobs(${JSON.stringify(newFolder())});
    await blobs.open();
    const error = await blobs.append('${aFile}', [new Uint8Array(40_000)]).catch(({ name }) => name);
    console.log(JSON.stringify([error, blobs.total(), await blobs.stat('${aFile}')]));`;
  const within = ['-c', 'ulimit -f 40 && exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', filling];

  const told: unknown = JSON.parse(execFileSync('sh', within, { encoding: 'utf8' }));

  expect(told).toEqual(['StorageFull', 20_480, { bytes: 20_480, isWhole: false }]);
});
