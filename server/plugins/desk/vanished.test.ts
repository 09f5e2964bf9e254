import { expect, test } from 'vitest';
import type { Device } from '../../bin/contract-stage.ts';
import type { Plugin } from '../../core/plugin.ts';
import { memoryStore } from '../../stores/memory.ts';
import { asks, assignees, caseOf, colleagueAt, deskStage, passes, shown, supportOf, wish } from './contract-desk.ts';

const hour = 3_600_000;

test('queues again what somebody who has vanished did not answer, before all others', async () => {
  const stage = await deskStage({ capacity: 2 });
  const bob = await colleagueAt(stage, 'bob');
  const [ann, dan] = (await asks(stage, 'ann', 'dan')) as [Device, Device];
  await passes(stage, 1, bob);
  await bob.says(supportOf(dan), 'I am here');
  const [fay] = (await asks(stage, 'fay')) as [Device];

  bob.leave();
  await passes(stage, 59_000, ann);
  const patient = await caseOf(stage.store, ann);
  await passes(stage, 1_001, ann);
  const queued = await caseOf(stage.store, ann);
  await dan.says('support', 'Still there?');
  const later = await caseOf(stage.store, dan);
  const eve = await colleagueAt(stage, 'eve');
  await passes(stage, 1, eve);

  expect(patient).toMatchObject({ state: 'assigned', assignee: bob.user });
  expect(queued).toMatchObject({ state: 'waiting', former: bob.user });
  expect(later).toMatchObject({ state: 'waiting', former: bob.user });
  expect(await assignees(stage, [ann, dan])).toEqual([eve.user, eve.user]);
  expect(await caseOf(stage.store, fay)).toMatchObject({ state: 'waiting' });
});

test('leaves with a colleague what he has when he is back within the minute', async () => {
  const stage = await deskStage();
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);

  bob.leave();
  await passes(stage, 30_000, ann);
  await bob.open();
  await passes(stage, 60_000, bob);

  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'assigned', assignee: bob.user });
});

test('gives what was not answered for long to another who is free', async () => {
  const stage = await deskStage({ times: { answer: 60_000 } });
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);
  await passes(stage, 60_000, bob);
  const alone = await caseOf(stage.store, ann);

  const eve = await colleagueAt(stage, 'eve');
  await passes(stage, 60_000, bob);
  await passes(stage, 1, bob);

  expect(alone).toMatchObject({ state: 'assigned', assignee: bob.user });
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'assigned', assignee: eve.user, former: bob.user });
});

test('goes on where it was after a restart: who waits, who has what, and whom nobody answers', async () => {
  const store = memoryStore();
  const before = await deskStage({ capacity: 1 }, { store });
  const bob = await colleagueAt(before, 'bob');
  const people = await asks(before, 'ann', 'dan', 'fay');
  await passes(before, 1, bob);
  await before.friend.stop();

  const stage = await deskStage({ capacity: 1 }, { store });
  stage.clock.advance(10_000);
  const eve = await colleagueAt(stage, 'eve');
  await passes(stage, 1, eve);
  const waiting = await shown(eve, 'desk.list', { view: 'waiting' }, 'desk.listed');
  const mine = await assignees(stage, people);
  await passes(stage, 120_000, eve);
  await passes(stage, 60_001, eve);
  await wish(eve, 'desk.close', { conversation: supportOf(people[1] as Device) });
  await passes(stage, 1, eve);

  expect(mine).toEqual([bob.user, eve.user, undefined]);
  expect(waiting.cases.map(({ conversation }) => conversation)).toEqual([supportOf(people[2] as Device)]);
  expect(await assignees(stage, people)).toEqual([eve.user, undefined, undefined]);
});

test('lets a bot answer first, and gives its hand-off to people with a note for them', async () => {
  const bot: Plugin = {
    name: 'a bot',
    needs: ['desk'],
    install(host) {
      const desk = host.service('desk');
      host.provide('bots', { answersSupport: true });
      host.after('message.sent', ({ fact, read, now }) =>
        fact.body.text === 'A person, please'
          ? desk.handOff(read, fact.log, { queue: 'returns', topic: 'size', note: 'Wants another size' }, now)
          : [],
      );
    },
  };
  const queues = [
    { id: 'sales', name: 'Sales' },
    { id: 'returns', name: 'Returns' },
  ];
  const stage = await deskStage({ queues }, { prepare: (friend) => void friend.plug(bot) });
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);
  const alone = await caseOf(stage.store, ann);

  await ann.says('support', 'A person, please');
  await passes(stage, 1, bob);
  await passes(stage, 1, bob);

  const opened = await shown(bob, 'desk.open', { conversation: supportOf(ann) }, 'desk.case');
  expect(alone).toMatchObject({ state: 'bot' });
  expect(opened.case).toMatchObject({ state: 'assigned', assignee: bob.user, queue: 'returns', topic: 'size' });
  expect(opened.notes).toMatchObject([{ text: 'Wants another size' }]);
});

test('closes by itself what the visitor leaves, and what was snoozed in vain', async () => {
  const stage = await deskStage({ times: { quiet: hour, snoozed: hour } });
  const bob = await colleagueAt(stage, 'bob');
  const [ann, dan] = (await asks(stage, 'ann', 'dan')) as [Device, Device];
  await passes(stage, 1, bob);
  for (const person of [ann, dan]) await bob.says(supportOf(person), 'Does it work now?');
  await wish(bob, 'desk.snooze', { conversation: supportOf(dan), until: 3 * hour });

  await passes(stage, hour + 1, bob);
  const quiet = await caseOf(stage.store, ann);
  await passes(stage, 2 * hour, bob);

  expect(quiet).toMatchObject({ state: 'closed' });
  expect(await caseOf(stage.store, dan)).toMatchObject({ state: 'closed' });
});
