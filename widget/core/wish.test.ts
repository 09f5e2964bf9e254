import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { online } from './staged-chat.ts';
import { tick } from './staged-friend.ts';

test('sends an event of the team’s own and resolves with the fact that answers it', async () => {
  const { chat, friend } = await online(new FakeClock());
  const heard: unknown[] = [];
  chat.on('order.confirmed' as never, (fact: { body: unknown }) => heard.push(fact.body));

  const answered = chat.wish('order.placed', { number: 7 });
  await tick();
  const { id } = friend.actions.at(-1) ?? {};
  friend.tells({ type: 'order.confirmed', at: 1, re: id, body: { number: 7, at: 'desk 3' } });
  await tick();

  expect(friend.actions.at(-1)).toMatchObject({ type: 'order.placed', body: { number: 7 } });
  expect((await answered).body).toEqual({ number: 7, at: 'desk 3' });
  expect(heard).toEqual([{ number: 7, at: 'desk 3' }]);
});

test('sends a wish again with the same id while the answer is missing, and shows nothing of it', async () => {
  const { chat, clock, friend } = await online(new FakeClock());
  const answered = chat.wish('relation.ask', { user: 'u_bob', kind: 'contact' });
  await tick();
  const { id } = friend.actions.at(-1) ?? {};
  friend.refuses(id ?? '', 'busy', 2_000);
  await tick();
  friend.forget();

  clock.pass(2_000);
  await tick();
  friend.refuses(id ?? '', 'not_found');
  await tick();

  const asked = friend.actions.filter(({ type }) => type === ('relation.ask' as string));
  expect(asked.map((action) => action.id)).toEqual([id]);
  expect(chat.view.waiting).toEqual([]);
  expect(await answered).toMatchObject({ type: 'error', body: { code: 'not_found' } });
});
