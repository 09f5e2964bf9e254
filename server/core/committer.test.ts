import { expect, test } from 'vitest';
import { Stage } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import type { Cursor, Store } from './store.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

/** A store that remembers which cursors came with its commits. */
function watched(): { store: Store; cursors: Cursor[][] } {
  const store = memoryStore();
  const cursors: Cursor[][] = [];
  const commit: Store['commit'] = (units, noted) => {
    if (noted.length > 0) cursors.push(noted.filter((cursor) => cursor.log === log));
    return store.commit(units, noted);
  };
  return { store: { ...store, commit }, cursors };
}

test('lets the cursors of a busy log gather, and writes them once', async () => {
  const { store, cursors } = watched();
  const stage = await Stage.open({ store });
  const ann = await stage.person('ann');

  for (let index = 0; index < 5; index += 1) await ann.says(room, `text ${index}`);
  const before = cursors.length;
  stage.clock.advance(200);
  await ann.quiet();

  expect(before).toBe(0);
  expect(cursors).toEqual([[{ log, told: 7, reacted: 7 }]]);
});

test('writes with the next batch the cursors of one that failed', async () => {
  const { store, cursors } = watched();
  let isBroken = false;
  const commit: Store['commit'] = (units, noted) => {
    if (isBroken && units.length > 0) throw new TypeError('a value of no type of a column');
    return store.commit(units, noted);
  };
  const stage = await Stage.open({ store: { ...store, commit } });
  const ann = await stage.person('ann');
  await ann.says(room, 'Hello');
  stage.clock.advance(200);
  isBroken = true;
  const answer = await ann.says(room, 'Is anybody here?');
  isBroken = false;

  await stage.friend.stop();

  expect(answer).toMatchObject({ type: 'error', body: { code: 'failed' } });
  expect(cursors).toEqual([[{ log, told: 3, reacted: 3 }]]);
});

test('writes at its end what has gathered', async () => {
  const { store, cursors } = watched();
  const stage = await Stage.open({ store });
  const ann = await stage.person('ann');
  await ann.says(room, 'Hello');

  await stage.friend.stop();

  expect(cursors).toEqual([[{ log, told: 3, reacted: 3 }]]);
});

test('has the answer to a message written at once, and then what all others are told', async () => {
  const stage = await Stage.open();
  const [ann, ben] = [await stage.person('ann'), await stage.person('ben')];
  await ann.says(room, 'Hello');
  await ben.ask('conversation.open', { conversation: room });
  await ben.quiet();
  const { frames, flushes } = stage.transport;
  const [sent, asked] = [frames.length, flushes.length];

  await ann.says(room, 'Anybody here?');
  await ben.quiet();

  expect(frames.slice(sent, sent + 2).map(({ to }) => to)).toEqual([ann.jid, ben.jid]);
  expect(flushes.slice(asked, asked + 2)).toEqual([sent + 1, sent + 2]);
});
