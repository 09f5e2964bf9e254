import { expect, test } from 'vitest';
import { codeOf, type Device, Stage } from '../../bin/contract-stage.ts';
import { append, put } from '../../core/effect.ts';
import type { Plugin } from '../../core/plugin.ts';
import { memoryStore } from '../../stores/memory.ts';
import { asks, assignees, caseOf, colleagueAt, deskStage, passes, shown, supportOf, wish } from './contract-desk.ts';

const day = 86_400_000;

/** What a site does that signs somebody otherwise: he is no colleague any more. */
const dismissal: Plugin = {
  name: 'dismissal',
  install(host) {
    host.after('profile.changed', async ({ fact, read }) => {
      const row = await read.user(fact.body.person.id);
      return row?.kind === 'colleague' && row.name === 'Gone'
        ? [
            put({ table: 'user', row: { ...row, kind: 'user' } }),
            append(row.id, 'profile.changed', { person: fact.body.person }, { rule: true }),
          ]
        : [];
    });
  },
};

const answering: Plugin = {
  name: 'a bot',
  install: (host) => host.provide('bots', { answersSupport: true }),
};

test('gives nothing more to who is no colleague any more, and what he did not answer to others', async () => {
  const stage = await deskStage({}, { prepare: (friend) => void friend.plug(dismissal) });
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);
  const first = await assignees(stage, [ann]);

  await bob.ask('profile.set', { name: 'Gone' });
  await passes(stage, 1, bob);
  await bob.open();
  await passes(stage, 1_000, bob);
  await passes(stage, 1, ann);
  const [dan] = (await asks(stage, 'dan')) as [Device];
  await passes(stage, 1, ann);

  expect(first).toEqual([bob.user]);
  expect(await assignees(stage, [ann, dan])).toEqual([undefined, undefined]);
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'waiting' });
});

test('leaves with a colleague what he has when an earlier absence ends while he is away for a second', async () => {
  const stage = await deskStage();
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);
  bob.leave();
  await passes(stage, 30_000, ann);
  await bob.open();
  await passes(stage, 29_000, bob);

  bob.leave();
  await passes(stage, 1_001, ann);
  const second = await caseOf(stage.store, ann);
  await passes(stage, 60_000, ann);

  expect(second).toMatchObject({ state: 'assigned', assignee: bob.user });
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'waiting' });
});

test('answers as of the first queue what waits in one that is not declared any more', async () => {
  const store = memoryStore();
  const before = await deskStage({ queues: [{ id: 'old', name: 'Old' }] }, { store });
  const people = await asks(before, 'ann');
  await before.friend.stop();

  const stage = await deskStage({ queues: [{ id: 'new', name: 'New' }] }, { store });
  stage.clock.advance(10_000);
  const eve = await colleagueAt(stage, 'eve');
  await passes(stage, 1, eve);
  const mine = await shown(eve, 'desk.list', { view: 'mine', queue: 'new' }, 'desk.listed');

  expect(await assignees(stage, people)).toEqual([eve.user]);
  expect(mine.cases).toMatchObject([{ queue: 'new' }]);
});

test('closes what a bot had when nobody has said anything for long, and gives who comes back to the bot', async () => {
  const stage = await deskStage({ times: { silence: day } }, { prepare: (friend) => void friend.plug(answering) });
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, day - 1_000, ann);
  await ann.says('support', 'Still me');

  await passes(stage, 2_000, ann);
  const heard = await caseOf(stage.store, ann);
  await passes(stage, day, ann);
  const silent = await caseOf(stage.store, ann);
  await ann.says('support', 'Back');

  expect(heard).toMatchObject({ state: 'bot' });
  expect(silent).toMatchObject({ state: 'closed' });
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'bot' });
});

test('lets nobody have more cases than one seat can hold', async () => {
  const store = memoryStore();
  await store.open();
  const value = JSON.stringify({ has: Array.from({ length: 500 }, (_, index) => `c_support_${index}`) });
  const stage = await Stage.open({ store });
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  const row = { plugin: 'desk', scope: 'seat', key: bob.user, value };
  await store.commit([{ id: 'seat', digest: '', reads: [], appends: [], puts: [{ table: 'state', row }] }], []);

  const taken = await wish(bob, 'desk.take', { conversation: supportOf(ann) });
  const said = await bob.says(supportOf(ann), 'Hello');

  expect(codeOf(taken)).toBe('quota');
  expect(said.type).toBe('message.sent');
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'waiting' });
});

test('tells the turn of those that wait, and finds what is closed of one queue behind all others', async () => {
  const queues = ['sales', 'returns'].map((id) => ({ id, name: id, assignment: 'pull' as const }));
  const stage = await deskStage({ queues });
  const bob = await colleagueAt(stage, 'bob');
  const [ann, ...others] = await asks(stage, 'ann', 'dan', 'fay', 'gil');
  const waiting = await shown(bob, 'desk.list', { view: 'waiting' }, 'desk.listed');
  await wish(bob, 'desk.move', { conversation: supportOf(ann as Device), queue: 'returns' });
  for (const person of [ann, ...others]) {
    await wish(bob, 'desk.close', { conversation: supportOf(person as Device) });
    stage.clock.advance(1);
  }

  const closed = await shown(bob, 'desk.list', { view: 'closed', queue: 'returns', limit: 1 }, 'desk.listed');

  expect(waiting.cases.map(({ turn }) => turn)).toEqual(waiting.cases.map(({ since }) => since));
  expect(closed.cases.map(({ conversation }) => conversation)).toEqual([supportOf(ann as Device)]);
});
