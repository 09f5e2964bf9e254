import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { type Device, filledRoom, Stage } from '../bin/contract-stage.ts';

test('pages the list of a person’s conversations, most recently used first', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  for (let index = 0; index < 5; index += 1) {
    stage.clock.advance(1_000);
    await ann.says(`room:r${index}`, `text ${index}`);
  }

  const pages = await pagesOf(ann, 2);

  expect(pages).toEqual([['c_room_r4', 'c_room_r3'], ['c_room_r2', 'c_room_r1'], ['c_room_r0']]);
});

test('lists what is pinned on the first page, however long ago it was used', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  for (let index = 0; index < 5; index += 1) {
    stage.clock.advance(1_000);
    await ann.says(`room:r${index}`, `text ${index}`);
  }

  await ann.ask('conversation.prefer', { conversation: 'c_room_r0', pinned: true });

  expect(await pagesOf(ann, 2)).toEqual([['c_room_r0', 'c_room_r4'], ['c_room_r3', 'c_room_r2'], ['c_room_r1']]);
});

test('pages the list of support conversations for a colleague', async () => {
  const stage = await Stage.open();
  const helper = await stage.colleague('helper');
  const ids: string[] = [];
  for (let index = 0; index < 4; index += 1) {
    stage.clock.advance(1_000);
    const visitor = await stage.person(`visitor${index}`);
    ids.unshift((await visitor.says('support', 'Help')).log ?? '');
  }

  expect(await pagesOf(helper, 2)).toEqual([ids.slice(0, 2), ids.slice(2)]);
});

test('shows a colleague his own conversations between those of support, by last use, each once', async () => {
  const stage = await Stage.open();
  const helper = await stage.colleague('helper');
  const visitor = await stage.person('visitor');
  const ids: string[] = [];
  for (const [speaker, ref] of [
    [visitor, 'support'],
    [helper, 'room:staff'],
    [visitor, `user:${helper.user}`],
    [helper, 'room:lobby'],
  ] as const) {
    stage.clock.advance(1_000);
    ids.unshift((await speaker.says(ref, 'Hello')).log ?? '');
  }
  stage.clock.advance(1_000);
  const support = ids.at(-1) ?? '';
  await helper.says(support, 'Can I help?');

  expect(await pagesOf(helper, 2)).toEqual([
    [support, ids[0]],
    [ids[1], ids[2]],
  ]);
});

test('cuts a list of hostile names and lines so that a frame holds it', async () => {
  const stage = await Stage.open();
  const helper = await stage.colleague('helper');
  for (let index = 0; index < 50; index += 1) {
    const visitor = await stage.named(`visitor${index}`, '\ufffe'.repeat(80));
    await visitor.says('support', '\ufffe'.repeat(140));
  }

  const pages = await pagesOf(helper, 50);

  expect(pages.length).toBeGreaterThan(1);
  expect(new Set(pages.flat()).size).toBe(50);
});

test.each(['nonsense', '1e999 c_x', '-1 ', '0 c_room_nowhere'])(
  'answers a list that continues after %j',
  async (before) => {
    const { ann } = await filledRoom(1);

    expect((await ann.ask('conversation.list', { before })).type).toBe('conversation.listed');
  },
);

async function pagesOf(device: Device, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let before: string | undefined;
  do {
    const listed = await device.ask('conversation.list', { limit, ...(before === undefined ? {} : { before }) });
    const body = (listed as Extract<AnyFact, { type: 'conversation.listed' }>).body;
    pages.push(body.conversations.map(({ id }) => id));
    before = body.next;
  } while (before !== undefined);
  return pages;
}
