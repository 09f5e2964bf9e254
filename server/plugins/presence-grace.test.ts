import { expect, test } from 'vitest';
import type { Presence } from '../../protocol/facts.ts';
import { rest } from '../bin/contract-account.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import { Grace } from './presence-grace.ts';

/** Ann looks at two contacts, and both servers and people are there. */
async function watched(): Promise<{ stage: Stage; ann: Device; bob: Device; eve: Device }> {
  const stage = await Stage.open();
  const [ann, bob, eve] = await Promise.all(['ann', 'bob', 'eve'].map((name) => stage.person(name)));
  if (ann === undefined || bob === undefined || eve === undefined) throw new Error('nobody came');
  for (const other of [bob, eve]) {
    await ann.ask('relation.ask', { user: other.user, kind: 'contact' });
    await other.ask('relation.accept', { user: ann.user });
  }
  await ann.ask('presence.watch', { users: [bob.user, eve.user] });
  return { stage, ann, bob, eve };
}

/** Lets time pass, also where nobody can be told anything. */
async function pass({ clock }: Stage, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    clock.advance(100);
    await rest(8);
  }
}

/** What a device was told of others since it was asked last, and when. */
function changes(device: Device): (Presence & { at: number })[] {
  const told = device.told.flatMap((fact) => (fact.type === 'presence.changed' ? [{ at: fact.at, ...fact.body }] : []));
  device.told.length = 0;
  return told;
}

/** The server stops: it says of everybody that he has gone, and the link breaks. */
function serverStops(stage: Stage, ...people: readonly Device[]): void {
  for (const one of people) one.leave();
  stage.transport.link('down');
}

test('shows nobody as gone who comes back within 20 s after the XMPP server did', async () => {
  const { stage, ann, bob } = await watched();
  await pass(stage, 300);
  changes(ann);

  serverStops(stage, bob);
  await pass(stage, 12_000);
  stage.transport.link('up');
  await pass(stage, 18_000);
  await bob.open();
  await pass(stage, 30_000);

  expect(changes(ann)).toEqual([]);
});

test('shows as gone who does not come back after that, and lets a block look the same', async () => {
  const { stage, ann, bob, eve } = await watched();
  await pass(stage, 300);
  changes(ann);

  serverStops(stage, bob);
  await pass(stage, 2_000);
  stage.transport.link('up');
  await stage.friend.inject(eve.user, eve.action('relation.set', { user: ann.user, kind: 'blocked' }));
  await pass(stage, 19_000);
  const early = changes(ann);
  await pass(stage, 2_000);
  const told = changes(ann);

  expect(early).toEqual([]);
  expect(Object.fromEntries(told.map(({ user, show }) => [user, show]))).toEqual({
    [bob.user]: 'offline',
    [eve.user]: 'offline',
  });
  expect(new Set(told.map(({ at }) => at)).size).toBe(1);
});

test('takes for gone after 5 s who goes while the server is there', () => {
  const grace = new Grace();
  grace.linked(false, 0);
  grace.linked(true, 1_000);

  const there = grace.over(10_000);
  grace.linked(false, 60_000);
  const missed = [54_999, 55_000, 61_000].map((at) => grace.over(at));
  grace.linked(true, 70_000);

  expect(there).toBe(15_000);
  expect(missed).toEqual([59_999, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect([55_000, 84_000, 85_000, 100_000].map((at) => grace.over(at))).toEqual([90_000, 90_000, 90_000, 105_000]);
});

test('counts from the last link-up where the link comes and breaks again at once', () => {
  const grace = new Grace();
  grace.linked(true, 0);

  grace.linked(false, 50_000);
  grace.linked(true, 52_000);
  grace.linked(false, 53_000);
  const between = grace.over(46_000);
  grace.linked(true, 60_000);

  expect(between).toBe(Number.POSITIVE_INFINITY);
  expect(grace.over(46_000)).toBe(80_000);
});
