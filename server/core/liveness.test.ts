import { expect, test } from 'vitest';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import type { Store } from './store.ts';

const room = 'room:lobby';

/** Two people whose connections the store knows, and a friend that has just started on that store. */
async function startedAgain(): Promise<{ store: Store; stage: Stage; ann: Device; bob: Device }> {
  const store = memoryStore();
  const first = await Stage.open({ store });
  for (const name of ['ann', 'bob']) await (await first.person(name)).quiet();
  await first.friend.stop();
  const stage = await Stage.open({ store });
  const [ann, bob] = [stage.device('ann'), stage.device('bob')];
  await Promise.all([ann, bob].map((device) => device.heard((fact) => fact.type === 'friend.hello')));
  return { store, stage, ann, bob };
}

test('ends after a minute who did not answer its greeting, and keeps who did', async () => {
  const { store, stage, ann, bob } = await startedAgain();
  await ann.open();

  stage.clock.advance(59_999);
  await ann.quiet();
  const before = (await store.connections()).map(({ jid }) => jid).sort();
  stage.clock.advance(1);
  await ann.quiet();

  expect(before).toEqual([ann.jid, bob.jid]);
  expect((await store.connections()).map(({ jid }) => jid)).toEqual([ann.jid]);
  expect(codeOf(await bob.says(room, 'Hello'))).toBe('not_open');
});

test('takes any frame for a sign of life', async () => {
  const { store, stage, ann, bob } = await startedAgain();
  await ann.open();

  await bob.says(room, 'sent before it has read the greeting');
  stage.clock.advance(60_000);
  await ann.quiet();

  expect((await store.connections()).map(({ jid }) => jid).sort()).toEqual([ann.jid, bob.jid]);
});

test('trusts no connection of its own after the link was down, until it has answered', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.quiet();
  stage.transport.link('down');
  stage.transport.link('up');
  await bob.heard((fact) => fact.type === 'friend.hello');

  await ann.open();
  stage.clock.advance(60_000);
  await ann.quiet();

  expect(stage.friend.status.connections).toBe(1);
  expect(codeOf(await bob.says(room, 'Hello'))).toBe('not_open');
  expect(codeOf(await bob.open())).toBe('connection.opened');
});

test('takes no silence for an end while the link is down', async () => {
  const { store, stage, ann, bob } = await startedAgain();

  stage.transport.link('down');
  stage.clock.advance(600_000);
  const open = await stage.store.connections();
  stage.transport.link('up');
  await ann.next((fact) => fact.type === 'friend.hello');

  expect(open).toHaveLength(2);
  expect((await store.connections()).map(({ jid }) => jid).sort()).toEqual([ann.jid, bob.jid]);
});

test('answers frames of an ended connection with not_open, and takes it back when it opens again', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const user = ann.user;
  ann.leave();

  const refused = await ann.says(room, 'Hello');
  await ann.open();
  const taken = await ann.says(room, 'Hello again');

  expect([codeOf(refused), codeOf(taken)]).toEqual(['not_open', 'message.sent']);
  expect(ann.user).toBe(user);
});

test('decides and answers at its end everything that it took', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.use(async (_, next) => {
        for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        return next();
      }),
  });
  const ann = await stage.person('ann');
  const messages = Array.from({ length: 20 }, (_, index) => ann.message(room, `text ${index}`));
  ann.send(...messages);

  await stage.friend.stop();

  expect(messages.map(({ id }) => codeOf(ann.answersTo(id)[0]))).toEqual(messages.map(() => 'message.sent'));
  expect((await stage.store.log('c_room_lobby'))?.lastSeq).toBe(22);
});

test('greets who missed a frame, once the server reads again', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  for (const device of [ann, bob]) await device.says(room, 'here');
  await bob.quiet();
  const send = stage.transport.send.bind(stage.transport);
  stage.transport.send = (to, json) => to !== bob.jid && send(to, json);
  await ann.says(room, 'Do you hear me?');
  stage.clock.advance(1_000);
  await ann.quiet();
  const before = bob.told.map(({ type }) => type);
  stage.transport.send = send;

  stage.clock.advance(1_000);
  await bob.quiet();

  expect([before.includes('friend.hello'), bob.told.some(({ type }) => type === 'friend.hello')]).toEqual([
    false,
    true,
  ]);
});
