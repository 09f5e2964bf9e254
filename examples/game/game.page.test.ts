import { type Person, testChat } from 'befriend/testing';
import { expect, test } from 'vitest';
import config from './befriend.config.ts';

const game = 'room:table-1';

/** Ann and Bob sit at a table, and Eve looks on. */
async function seated() {
  const chat = await testChat(config, { conversation: game });
  const people = chat.people('ann', 'bob', 'eve');
  await people.eve.arrives();
  await people.ann.emits('seat.take', { game });
  await people.bob.emits('seat.take', { game });
  return { chat, ...people };
}

/** Makes moves by turns, the first player's first. */
async function plays(players: readonly [Person, Person], cells: string) {
  for (const [at, cell] of Array.from(cells).entries()) {
    await players[at % 2 === 0 ? 0 : 1].emits('move.make', { game, cell: Number(cell) });
  }
}

test('seats two, begins, takes moves by turns, and names the winner to all who look on', async () => {
  const { chat, ann, bob, eve } = await seated();
  await using _ = chat;

  const { body: started } = await eve.hearsFact('game.started');
  await plays([ann, bob], '03142');

  const { body: over } = await eve.hearsFact('game.over');
  const cells = eve.heard.facts.flatMap(({ type, body }) =>
    type === 'move.made' ? [(body as { cell: number }).cell] : [],
  );
  expect(started).toMatchObject({ x: await ann.id(), o: await bob.id() });
  expect(cells).toEqual([0, 3, 1, 4, 2]);
  expect(over).toEqual({ winner: await ann.id(), why: 'line' });
});

test('takes no move out of turn, none on a taken cell, and none of who looks on', async () => {
  const { chat, ann, bob, eve } = await seated();
  await using _ = chat;
  await plays([ann, bob], '4');

  const answers = [
    await ann.emits('move.make', { game, cell: 0 }),
    await bob.emits('move.make', { game, cell: 4 }),
    await eve.emits('move.make', { game, cell: 0 }),
    await eve.emits('seat.take', { game }),
    await bob.emits('move.make', { game, cell: 9 }),
    await bob.emits('clock.run', { game: 'c_room_table-1', number: 1, moves: 1 }),
  ];

  expect(answers.map(({ body }) => (body as { code: string }).code)).toEqual([
    'too_late',
    'too_late',
    'not_found',
    'too_late',
    'schema',
    'unknown_type',
  ]);
});

test('lets one alone have the last seat, where two take it at once', async () => {
  await using chat = await testChat(config, { conversation: game });
  const { ann, bob, eve } = chat.people('ann', 'bob', 'eve');
  await ann.emits('seat.take', { game });
  await Promise.all([bob.arrives(), eve.arrives()]);

  const answers = await Promise.all([bob, eve].map((one) => one.emits('seat.take', { game })));

  expect(answers.map(({ type }) => type).sort()).toEqual(['error', 'game.started']);
});

test('lets the clock decide when somebody thinks too long, over a restart, and each move winds it up', async () => {
  const { chat, ann, bob, eve } = await seated();
  await using _ = chat;

  await chat.later('50s');
  await plays([ann, bob], '0');
  await chat.later('50s');
  expect(eve.heard.facts.map(({ type }) => type)).not.toContain('game.over');
  await chat.crash();
  await chat.restart();
  await chat.later('10s');

  expect((await eve.hearsFact('game.over')).body).toEqual({ winner: await ann.id(), why: 'time' });
  expect((await bob.emits('move.make', { game, cell: 1 })).type).toBe('error');
});

test('begins anew at the same table', async () => {
  const { chat, ann, bob, eve } = await seated();
  await using _ = chat;
  await plays([ann, bob], '03142');

  await bob.emits('seat.take', { game });
  await eve.emits('seat.take', { game });

  const { body } = await ann.hearsFact('game.started', ({ body }) => (body as { x: string }).x === bob.userId);
  expect(body).toMatchObject({ o: await eve.id() });
});

test('shows players who has gone, and lets everybody talk', async () => {
  const { chat, ann, bob, eve } = await seated();
  await using _ = chat;
  const user = await bob.id();

  const { body } = await ann.emits('presence.watch', { users: [user] });
  await eve.says('Take the middle!');
  await ann.hears('Take the middle!');
  await bob.leaves();
  await chat.later('10s');

  expect(body).toMatchObject({ people: [{ user, show: 'available' }] });
  expect((await ann.hearsFact('presence.changed')).body).toMatchObject({ user, show: 'offline' });
});
