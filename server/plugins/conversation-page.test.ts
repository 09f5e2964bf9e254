import { expect, test } from 'vitest';
import type { AnyFact, Facts } from '../../protocol/facts.ts';
import { filledRoom, Stage } from '../bin/contract-stage.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

type Opened = Facts['conversation.opened'];

function opened(fact: AnyFact): Opened {
  if (fact.type !== 'conversation.opened') throw new Error(`It was ${fact.type}.`);
  return fact.body;
}

test('gives all of a short log, and the newest 49 facts of a longer one', async () => {
  const { stage, ann } = await filledRoom(47);
  const [bob, eve] = [await stage.person('bob'), await stage.person('eve')];

  const whole = opened(await bob.ask('conversation.open', { conversation: room }));
  await ann.says(room, 'one more');
  const cut = opened(await eve.ask('conversation.open', { conversation: room }));

  expect(whole.page).toEqual({ after: 0, to: 49, more: false, snapshot: true });
  expect(cut.page).toEqual({ after: 1, to: 50, more: true, snapshot: true });
  expect(eve.facts(log).map(({ seq }) => seq)).toEqual(Array.from({ length: 49 }, (_, index) => index + 2));
});

test('gives what is newer to who comes back, in pages that follow each other', async () => {
  const { stage } = await filledRoom(120);
  const bob = await stage.person('bob');

  const first = opened(await bob.ask('conversation.open', { conversation: room, after: 10 }));
  const paged = await bob.ask('log.read', { log, after: first.page.to });
  const last = await bob.ask('log.read', { log, after: 108 });

  expect(first.page).toEqual({ after: 10, to: 59, more: true, snapshot: false });
  expect(paged).toMatchObject({ type: 'log.paged', body: { log, after: 59, to: 108, more: true } });
  expect(last).toMatchObject({ body: { after: 108, to: 122, more: false } });
  expect(bob.facts(log).map(({ seq }) => seq)).toEqual(Array.from({ length: 112 }, (_, index) => index + 11));
  expect(bob.facts(log).every(({ seq = 0, prev }) => prev === seq - 1)).toBe(true);
});

test('pages back to the beginning', async () => {
  const { stage } = await filledRoom(60);
  const bob = await stage.person('bob');
  const newest = opened(await bob.ask('conversation.open', { conversation: room }));

  const older = await bob.ask('log.read', { log, before: newest.page.after + 1, limit: 10 });
  const oldest = await bob.ask('log.read', { log, before: 4 });
  const nothing = await bob.ask('log.read', { log, before: 0 });

  expect(newest.page).toMatchObject({ after: 13, to: 62 });
  expect(older).toMatchObject({ body: { after: 3, to: 13, more: true } });
  expect(oldest).toMatchObject({ body: { after: 0, to: 3, more: false } });
  expect(nothing).toMatchObject({ body: { after: 0, to: 0, more: false } });
});

test('gives a snapshot to who is more than 500 facts behind, or ahead of the log', async () => {
  const { stage } = await filledRoom(510);
  const bob = await stage.person('bob');

  const near = opened(await bob.ask('conversation.open', { conversation: room, after: 12 }));
  const far = opened(await bob.ask('conversation.open', { conversation: room, after: 11 }));
  const ahead = opened(await bob.ask('conversation.open', { conversation: room, after: 513 }));

  expect([near.page.snapshot, far.page.snapshot, ahead.page.snapshot]).toEqual([false, true, true]);
  expect(far.page).toMatchObject({ after: 463, to: 512 });
});

test.each([
  ['long', 'x'.repeat(7_900)],
  ['escaped', '\u0080'.repeat(8_000)],
])('cuts a page of %s texts so that a frame holds it, and gives all of them in pages', async (_, text) => {
  const { stage } = await filledRoom(20, () => text);
  const bob = await stage.person('bob');

  let page = opened(await bob.ask('conversation.open', { conversation: room, after: 0 })).page as { to: number };
  while (page.to < 22) {
    const next = await bob.ask('log.read', { log, after: page.to });
    page = (next as Extract<AnyFact, { type: 'log.paged' }>).body;
  }

  expect(bob.facts(log).map(({ seq }) => seq)).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
});

test('fits a page of many people with hostile names into a frame', async () => {
  const stage = await Stage.open();
  const names = Array.from({ length: 49 }, (_, index) => `${'\ufffe'.repeat(70)}${index}`);
  const people = await Promise.all(names.map((name, index) => stage.named(`p${index}`, name)));
  for (const person of people) await person.says(room, 'y'.repeat(1_000));
  const bob = await stage.person('bob');

  const { page } = opened(await bob.ask('conversation.open', { conversation: room }));

  expect(page.to).toBe(1 + 2 * 49);
  expect(page.after).toBeGreaterThan(50);
});
