import { expect, test } from 'vitest';
import { Stage } from '../bin/contract-stage.ts';
import { memoryBlobs } from '../blobs/memory.ts';
import type { Blobs } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { memoryStore } from '../stores/memory.ts';
import { sweepFiles, sweptFiles } from './file-sweep.ts';

const file = `f_${'a'.repeat(20)}`;
const offer = { file, conversation: 'room:lobby', name: 'photo.png', type: 'image/png', size: 52 } as const;

/** A picture of 52 bytes that says where it was taken. */
const png = Uint8Array.from('\x89PNG\r\n\x1a\n\0\0\0\x04IHDRsizeCRC!\0\0\0\x04eXIfhereCRC!\0\0\0\0IENDCRC!', (one) =>
  one.charCodeAt(0),
);

/** Ends the process, as far as the test is concerned, at the `at`th step that touches the disk; counts from 1. */
function ending(at: number, after: boolean): { blobs: (of: Blobs) => Blobs; store: (of: Store) => Store } {
  let steps = 0;
  const step = async <T>(run: () => Promise<T>): Promise<T> => {
    steps += 1;
    if (steps > at || (steps === at && !after)) throw new Error('The process has ended');
    const done = await run();
    if (steps === at) throw new Error('The process has ended');
    return done;
  };
  return {
    blobs: (of) => ({
      ...of,
      append: (id, chunks) => step(() => of.append(id, chunks)),
      finish: (id, bytes) => step(() => of.finish(id, bytes)),
      remove: (id) => step(() => of.remove(id)),
    }),
    // Only what the door commits: what the friend commits has its own proofs.
    store: (of) => ({
      ...of,
      commit: (units, cursors) =>
        units.some(({ id }) => id === 'file') ? step(() => of.commit(units, cursors)) : of.commit(units, cursors),
    }),
  };
}

/** Sends a file and takes it back, as far as this process gets. */
async function lived(stage: Stage): Promise<'sent and deleted'> {
  const ann = await stage.person('ann');
  const answer = await ann.ask('file.offer', offer);
  const deleted = ann.told.some(({ type }) => type === 'message.deleted');
  if (deleted || answer.type !== 'file.granted') throw new Error('It was not granted');
  const chunks = (async function* () {
    yield png.subarray(answer.body.at);
  })();
  const signature = answer.body.upload.replace(/^.*=/, '');
  const taken = await stage.door.take(file, signature, { at: answer.body.at, chunks });
  expect(taken).toMatchObject({ isWhole: true });
  const message = await ann.ask('message.send', { conversation: 'room:lobby', text: '', files: [file] });
  expect(message.type).toBe('message.sent');
  const [held] = await stage.store.filesOf('c_room_lobby', message.seq ?? 0);
  expect([held?.size, (await stage.blobs.stat(file))?.bytes]).toEqual([36, 36]);
  await ann.ask('message.delete', { conversation: 'c_room_lobby', seq: message.seq ?? 0 });
  await ann.quiet();
  if ((await stage.store.file(file)) !== undefined) throw new Error('The process has ended');
  return 'sent and deleted';
}

const steps = [1, 2, 3, 4].flatMap((at) => [false, true].map((after) => [at, after] as const));

test.each(steps)(
  'loses no file and leaves none behind where the process ends at step %i (done: %j)',
  async (at, after) => {
    const [store, blobs] = [memoryStore(), memoryBlobs()];
    const end = ending(at, after);
    const before = await Stage.open({ store: end.store(store), blobs: end.blobs(blobs) });
    await expect(lived(before)).rejects.toThrow(/The process has ended/);

    const next = await Stage.open({ store, blobs });
    const row = await store.file(file);
    if (row !== undefined && row.seq === undefined) await lived(next);
    await (await next.person('ann')).quiet();
    await sweptFiles(next);

    expect([await store.file(file), await blobs.stat(file), await blobs.list(9)]).toEqual([undefined, undefined, []]);
  },
);

test('passes four steps that touch the disk', async () => {
  const end = ending(5, false);
  const stage = await Stage.open({ store: end.store(memoryStore()), blobs: end.blobs(memoryBlobs()) });

  expect(await lived(stage)).toBe('sent and deleted');
});

async function kept(stage: Stage, id: string): Promise<void> {
  await stage.blobs.append(
    id,
    (async function* () {
      yield new TextEncoder().encode('words');
    })(),
  );
}

test('forgets after a day what was never sent, and at once what nobody has offered', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const [late, stray] = [`f_${'b'.repeat(20)}`, `f_${'c'.repeat(20)}`];
  await ann.ask('file.offer', offer);
  stage.clock.advance(43_200_000);
  await ann.ask('file.offer', { ...offer, file: late });
  for (const id of [file, late, stray]) await kept(stage, id);

  await sweptFiles(stage);
  const first = await stage.blobs.list(9);
  stage.clock.advance(43_200_001);
  await sweptFiles(stage);

  expect([first, await stage.blobs.list(9)]).toEqual([[file, late], [late]]);
  expect([await stage.store.file(file), (await stage.store.file(late))?.by]).toEqual([undefined, ann.user]);
});

test('takes the files of who was erased', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  await ann.ask('file.offer', offer);
  await kept(stage, file);
  const store: Store = { ...stage.store, user: async () => undefined };

  await sweptFiles({ ...stageParts(stage), store });

  expect([await stage.store.file(file), await stage.blobs.list(9)]).toEqual([undefined, []]);
});

test('sweeps every hour until it is told to end', async () => {
  const stage = await Stage.open();
  const end = sweepFiles(stageParts(stage));
  await expect.poll(() => stage.clock.due()).toContain(3_600_000);
  await kept(stage, file);

  stage.clock.advance(3_600_000);
  await expect.poll(() => stage.blobs.list(9)).toEqual([]);
  end();

  await expect.poll(() => stage.clock.due()).not.toContain(3_600_000);
});

function stageParts({ store, blobs, clock, log }: Stage) {
  return { store, blobs, clock, log };
}
