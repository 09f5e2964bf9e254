import { expect, test } from 'vitest';
import type { DeskFacts } from '../../../protocol/desk.ts';
import type { Device } from '../../bin/contract-stage.ts';
import { memoryStore } from '../../stores/memory.ts';
import { asks, deskStage, passes, supportOf } from './contract-desk.ts';

test('shows the desk while it is being read, tells what changes, and shows it again once all is known', async () => {
  const store = memoryStore();
  const queues = [{ id: 'all', name: 'All', assignment: 'pull' as const }];
  const before = await deskStage({ queues }, { store });
  const [ann] = (await asks(before, 'ann')) as [Device];
  await before.friend.stop();
  const gate = Promise.withResolvers<void>();
  const listed = store.listed.bind(store);
  store.listed = async (list, ...more) => {
    if (list === 'desk') await gate.promise;
    return listed(list, ...more);
  };
  const stage = await deskStage({ queues }, { store });
  stage.clock.advance(10_000);
  const bob = await stage.colleague('bob');

  const [early] = await bob.answers(bob.action('desk.show', {}));
  const [dan] = (await asks(stage, 'dan')) as [Device];
  const list = bob.answers(bob.action('desk.list', { view: 'waiting' }));
  gate.resolve();
  const [all] = await list;
  await passes(stage, 1, bob);

  const counts = (fact: unknown): number[] =>
    (fact as { body: DeskFacts['desk.shown'] }).body.queues.map(({ waiting }) => waiting);
  const types = bob.told.map(({ type }) => type as string);
  const again = bob.told.filter(({ type }) => (type as string) === 'desk.shown');
  expect(counts(early)).toEqual([0]);
  expect(types).toContain('desk.changed');
  expect(again.map(counts).at(-1)).toEqual([2]);
  expect((all as unknown as { body: DeskFacts['desk.listed'] }).body.cases).toMatchObject([
    { conversation: supportOf(ann) },
    { conversation: supportOf(dan) },
  ]);
});
