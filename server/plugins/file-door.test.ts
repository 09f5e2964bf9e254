import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { Stage } from '../bin/contract-stage.ts';

const offer = { conversation: 'room:lobby', name: 'notes.txt', type: 'text/plain' } as const;

function idOf(start: string): string {
  return `f_${start.padEnd(20, '0')}`;
}

/** Fills what was granted with `chunks`. */
function filled(stage: Stage, answer: AnyFact, chunks: AsyncIterable<Uint8Array>): Promise<unknown> {
  if (answer.type !== 'file.granted') throw new Error(`It was not granted: ${JSON.stringify(answer)}`);
  const { file, upload, at } = answer.body;
  return stage.door.take(file, upload.replace(/^.*=/, ''), { at, chunks });
}

async function* bytes(length: number): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(length);
}

test('takes no more than a user may have where his offers were granted at the same time', async () => {
  const stage = await Stage.open({ fileBounds: { waitingBytes: 10 } });
  const ann = await stage.person('ann');
  const offers = ['1', '2', '3'].map((start) => ann.action('file.offer', { ...offer, file: idOf(start), size: 5 }));

  const granted = await Promise.all(offers.map((action) => stage.friend.inject(ann.user, action)));
  const taken = [];
  for (const answer of granted) taken.push(await filled(stage, answer, bytes(5)));

  expect(granted.map(({ type }) => type)).toEqual(Array(3).fill('file.granted'));
  expect(taken).toEqual([{ refused: 'quota' }, ...Array(2).fill({ at: 5, isWhole: true })]);
  expect([await stage.store.file(idOf('1')), stage.blobs.total()]).toEqual([undefined, 10]);
});

test('keeps room on the disk for the rest of each file that is coming', async () => {
  const stage = await Stage.open({ fileBounds: { diskBytes: 10 } });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const offers = [
    await ann.ask('file.offer', { ...offer, file: idOf('1'), size: 6 }),
    await bob.ask('file.offer', { ...offer, file: idOf('2'), size: 6 }),
  ] as const;
  let go: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    await gone;
    yield new Uint8Array(5);
  }

  const first = filled(stage, offers[0], slowly());
  await expect.poll(() => stage.blobs.total()).toBe(1);
  const second = await filled(stage, offers[1], bytes(6));
  go();

  expect([await first, second]).toEqual([{ at: 6, isWhole: true }, { refused: 'full' }]);
  expect(stage.blobs.total()).toBe(6);
});
