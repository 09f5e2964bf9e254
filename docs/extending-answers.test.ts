import { expect, test } from 'vitest';
import { Stage } from '../server/bin/contract-stage.ts';
import type { AskAnswered } from '../server/core/asks.ts';
import { append, ask } from '../server/core/effect.ts';
import type { Friend } from '../server/core/friend.ts';
import { actionOf, started, user } from './contract-extending.ts';

// What stands between "example" and "end" is quoted by the documents, word for word.

function withOffers(friend: Friend): void {
  // example
  // Whoever asks for help may choose; the answer is the id of what he chose.
  friend.after('message.sent', ({ fact }) => {
    if (fact.body.text !== 'Help') return [];
    const replies = [
      { id: 'parcel', label: 'Where is my parcel?' },
      { id: 'return', label: 'I send something back' },
    ];
    return [append(fact.log, 'message.sent', { text: 'What is it about?', extras: { replies } }, { item: true })];
  });

  friend.after('message.answered', ({ fact }) => {
    if (fact.body.choice !== 'return') return [];
    const form = { fields: [{ id: 'order', label: 'Number of the order', kind: 'number', required: true }] };
    return [append(fact.log, 'message.sent', { text: 'Which order is it?', extras: { form } }, { item: true })];
  });
  // end
}

function withLatest(friend: Friend): void {
  // example
  // Who writes on before the answer is there gets an answer to his last words alone.
  friend.after(
    'message:text',
    { by: 'visitor' },
    async ({ fact, fetch }) => {
      const { text } = await fetch(`https://answers.example/?q=${encodeURIComponent(fact.body.text)}`);
      return [append(fact.log, 'message.sent', { text }, { item: true })];
    },
    { name: 'answers', concurrency: 'latest' },
  );
  // end
}

function withQuestion(friend: Friend): void {
  // example
  friend.after('message:text', { by: 'visitor' }, ({ fact, now }) => {
    if (fact.body.text !== 'Shoes') return [];
    const replies = [{ id: 'small', label: 'Small' }];
    const more = { then: 'size.answered', data: { item: 'shoes' }, until: now + 3_600_000, in: fact.log };
    return [ask(fact.by, { text: 'Which size?', replies, orText: true }, more)];
  });

  friend.on('size.answered', ({ action }) => {
    const { conversation, data, answer } = action.body as AskAnswered<{ item: string }>;
    const size = 'choice' in answer ? answer.choice : 'text' in answer ? answer.text : 'any size';
    return [append(conversation, 'message.sent', { text: `${data.item}, ${size}` }, { item: true, by: 'friend' })];
  });
  // end
}

function withCard(friend: Friend): void {
  // example
  friend.after('message.sent', ({ fact }) => {
    if (!/^order 7$/i.test(fact.body.text)) return [];
    const custom = { type: 'order.card', data: { number: 7, state: 'sent' } };
    return [append(fact.log, 'message.sent', { text: 'Your order 7 was sent.', extras: { custom } }, { item: true })];
  });
  // end
}

test('offers what the reaction says, and goes on with what was chosen', async () => {
  const { friend, store } = await started(withOffers);
  const room = 'c_room_lobby';

  await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'Help' }));
  await expect.poll(() => store.page({ log: room, limit: 9 })).toHaveLength(4);
  const answer = await friend.inject(
    user,
    actionOf(2, 'message.answer', { conversation: room, seq: 4, choice: 'return' }),
  );
  await expect.poll(() => store.page({ log: room, limit: 9 })).toHaveLength(6);
  const filled = await friend.inject(
    user,
    actionOf(3, 'message.answer', { conversation: room, seq: 6, values: { order: 7 } }),
  );

  expect(answer).toMatchObject({ type: 'message.answered', by: user, body: { of: 4, choice: 'return' } });
  expect(filled).toMatchObject({ type: 'message.answered', body: { of: 6, values: { order: 7 } } });
});

test('answers the last words of who writes on', async () => {
  const asked: string[] = [];
  const stage = await Stage.open({
    prepare: withLatest,
    fetch: async (url) => {
      asked.push(url);
      if (asked.length === 1) return new Promise(() => undefined);
      return { status: 200, ok: true, headers: {}, text: 'Blue', json: () => 'Blue' };
    },
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Which colour');
  await expect.poll(() => asked).toHaveLength(1);
  await ann.says('room:lobby', 'has the sky?');
  const said = await ann.heard((fact) => fact.by === 'friend');

  expect(said.body).toEqual({ text: 'Blue' });
});

test('asks, and goes on with the answer', async () => {
  const stage = await Stage.open({ prepare: withQuestion });
  const ann = await stage.person('ann');

  await ann.says('c_room_lobby', 'Shoes');
  await ann.heard((fact) => fact.by === 'friend');
  await ann.says('c_room_lobby', '38');
  const said = await ann.heard((fact) => fact.by === 'friend' && JSON.stringify(fact.body).includes('38'));

  expect(said.body).toEqual({ text: 'shoes, 38' });
});

test('stores what a reaction says in the team’s own way, beside words for everybody', async () => {
  const { friend, store } = await started(withCard);

  await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'Order 7' }));

  await expect.poll(() => store.page({ log: 'c_room_lobby', limit: 9 })).toHaveLength(4);
  const [, , , told] = await store.page({ log: 'c_room_lobby', limit: 9 });
  expect(JSON.parse(told?.body ?? '')).toEqual({
    text: 'Your order 7 was sent.',
    extras: { custom: { type: 'order.card', data: { number: 7, state: 'sent' } } },
  });
});
