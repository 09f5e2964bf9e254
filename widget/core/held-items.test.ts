import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { chatting, online } from './staged-chat.ts';
import { fact, message, openedPage, tick } from './staged-friend.ts';

/** Messages `from` to `to` of `c_1`. */
function facts(from: number, to: number): ReturnType<typeof message>[] {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

test('holds the newest 200 of a conversation that is not looked at, and fetches the others again', async () => {
  const all = await online(new FakeClock());
  for (let seq = 4; seq <= 300; seq += 1) all.friend.tells(message(seq));
  expect(all.held.items).toHaveLength(300);

  all.chat.act('screen.show', { at: 'list' });

  expect(all.held).toMatchObject({ from: 100, to: 300, more: true });
  expect(all.held.items.map(({ seq }) => seq)).toEqual(facts(101, 300).map(({ seq }) => seq));
  all.chat.act('screen.show', { at: 'conversation', ref: 'room:lobby' });
  all.chat.act('history.older', { ref: 'room:lobby' });
  await tick();
  expect(all.friend.last('log.read').body).toEqual({ log: 'c_1', before: 101 });
});

test('holds no more than 200 also of what comes while another place is shown', async () => {
  const all = await online(new FakeClock());
  all.chat.act('screen.show', { at: 'list' });

  for (let seq = 4; seq <= 500; seq += 1) all.friend.tells(message(seq));

  expect(all.held).toMatchObject({ from: 300, to: 500, last: 500, more: true, unread: 99 });
  expect(all.held.items).toHaveLength(200);
});

test('lets go of what is far above when the panel is closed, and holds no more of what comes while it is', async () => {
  const all = await online(new FakeClock());
  for (let seq = 4; seq <= 300; seq += 1) all.friend.tells(message(seq));

  all.chat.act('panel.close', {});
  expect(all.held.items).toHaveLength(200);
  const most: number[] = [];
  for (let seq = 301; seq <= 1_400; seq += 50) {
    all.friend.tells(...facts(seq, seq + 49));
    most.push(all.held.items.length);
  }

  expect(Math.max(...most)).toBe(200);
  expect(all.held).toMatchObject({ to: 1_400, more: true });
});

test('holds all that somebody reads, until he is back at the newest', async () => {
  const all = await online(new FakeClock());
  for (let seq = 4; seq <= 6_003; seq += 50) all.friend.tells(...facts(seq, seq + 49));
  expect(all.held.items).toHaveLength(6_003);

  all.chat.act('history.left', {});

  expect(all.held).toMatchObject({ from: 5_803, to: 6_003, more: true });
  expect(all.held.items).toHaveLength(200);
});

test('draws no older page that was on its way when its neighbours went', async () => {
  const all = await online(new FakeClock(), 0);
  all.friend.tells(...openedPage({ after: 100, to: 149, more: true }, facts(101, 149)));
  for (let seq = 150; seq <= 400; seq += 50) all.friend.tells(...facts(seq, Math.min(400, seq + 49)));
  all.chat.act('history.older', { ref: 'room:lobby' });
  await tick();
  const { id } = all.friend.last('log.read');

  all.chat.act('history.left', {});
  const body = { log: 'c_1', after: 50, to: 100, more: true, people: [] };
  all.friend.tells(fact('log.paged', body, id), ...facts(51, 99));

  expect(all.held).toMatchObject({ from: 200, to: 400, more: true, fetching: false });
  expect(all.held.items.map(({ seq }) => seq)).toEqual(facts(201, 400).map(({ seq }) => seq));
});

test('asks for the newest page only when a conversation of 100,000 messages is opened', async () => {
  const all = chatting(new FakeClock());
  all.chat.act('panel.open', {});
  await all.friend.welcomes();
  const { id, body } = all.friend.last('conversation.open');
  expect(body).toEqual({ conversation: 'room:lobby' });
  all.friend.forget();

  all.friend.tells(...openedPage({ after: 99_951, to: 100_000, more: true }, facts(99_952, 100_000), { re: id }));
  await tick();

  expect(all.held.items).toHaveLength(49);
  expect(all.friend.types).toEqual([]);
});
