import { expect, test } from 'vitest';
import { toJson } from '../../protocol/frame.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import type { Friend } from '../core/friend.ts';
import type { Clock } from '../core/ports.ts';
import { memoryStore } from '../stores/memory.ts';
import { recordedLog } from '../transports/event-recorder.ts';
import { composeFriend } from './compose.ts';
import { secretOf } from './contract-stage.ts';
import { StageTransport } from './contract-stage-transport.ts';
import { keptTransport } from './kept-transport.ts';
import { clock, random, sha256 } from './platform.ts';
import { RunningFriend } from './running-friend.ts';

type Logic = (friend: Friend) => void;

/** A friend whose logic is changed while it runs, and what its link was told. */
async function running(logic: Logic) {
  const link = new StageTransport(() => undefined);
  const transport = keptTransport(link, recordedLog());
  const store = memoryStore();
  const lost: unknown[] = [];
  const compose = (setup: Logic, time: Clock): Friend =>
    composeFriend({
      ...{ transport, store, clock: time, random, log: recordedLog(), sha256, setup },
      fatal: (error) => lost.push(error),
    });
  const friend = new RunningFriend({ compose, logic, transport, clock, lost: (error) => lost.push(error) });
  await friend.start();
  return { friend, link, store, lost };
}

test('goes on with the logic from before where the other throws, and where it cannot start', async () => {
  let starts = 0;
  const { friend, store, lost } = await running(() => {
    starts += 1;
  });
  const open = store.open.bind(store);

  const threw = await friend
    .change(() => {
      throw new Error('no such shop');
    })
    .catch(String);
  store.open = () => {
    store.open = open;
    return Promise.reject(new Error('the disk is away'));
  };
  const unstarted = await friend.change(() => undefined).catch(String);

  expect([threw, unstarted]).toEqual(['Error: no such shop', 'Error: the disk is away']);
  expect([starts, lost, friend.status.link.state]).toEqual([2, [], 'up']);
  await friend.stop();
});

test('takes from the link again where the one before does not stop cleanly', async () => {
  const { friend, link, store, lost } = await running(() => undefined);
  const close = store.close.bind(store);
  store.close = async () => {
    store.close = close;
    throw new Error('the disk is away');
  };

  const changed = await friend.change(() => undefined).catch(String);
  const body = { versions: [1], secret: secretOf('ann') };
  const opening = { id: uuidv7(Date.now(), random.bytes(10)), type: 'connection.open', at: 0, body };
  link.events?.frame('ann@visitors.example.com/tab', toJson({ v: 1, events: [opening] }));
  await expect.poll(() => link.frames.map(({ json }) => json).join()).toContain('connection.opened');
  await friend.stop();

  expect([changed, lost]).toEqual(['Error: the disk is away', []]);
});

test('hands what arrives while it is changed to the next friend, and closes the link only at its end', async () => {
  const { friend, link, store } = await running(() => undefined);
  const close = store.close.bind(store);
  const body = { versions: [1], secret: secretOf('ann') };
  const opening = { id: uuidv7(Date.now(), random.bytes(10)), type: 'connection.open', at: 0, body };
  store.close = async () => {
    link.events?.frame('ann@visitors.example.com/tab', toJson({ v: 1, events: [opening] }));
    store.close = close;
    await close();
  };

  await friend.change(() => undefined);
  await expect.poll(() => link.frames.map(({ json }) => json).join()).toContain('connection.opened');
  const isKept = link.events !== undefined;
  await friend.stop();

  expect([isKept, link.events]).toEqual([true, undefined]);
});
