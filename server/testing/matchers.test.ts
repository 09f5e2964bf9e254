import { expect, test } from 'vitest';
import { assertHeard, assertShows, assertStored, matchers } from './matchers.ts';
import { testChat } from './test-chat.ts';

expect.extend(matchers);

test('knows what was heard, stored and shown', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');

  await ann.says('Hello, Bob');
  await bob.hears(/Bob/);

  expect(bob).toHaveHeard('Hello, Bob');
  expect(bob).not.toHaveHeard('Goodbye');
  expect(ann).not.toHaveHeard('Hello, Bob');
  expect(ann).toShow('Hello');
  expect(ann).not.toShow('Goodbye');
  await expect('Hello, Bob').toBeStored(chat);
  await expect(/hello/i).toBeStored(chat, 'room:lobby');
  await expect('Hello, Bob').not.toBeStored(chat, 'room:other');
});

test('says what there was instead', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('Hello');
  await ann.says('Hello');
  await bob.hears('Hello');

  expect(() => assertHeard(bob, 'Goodbye')).toThrow('bob has not heard “Goodbye”. He has heard “Hello”, “Hello”.');
  await expect(assertStored(chat, 'Hello')).rejects.toThrow('“Hello” is stored 2 times, which holds “Hello”, “Hello”.');
  expect(() => assertShows(ann, /bye/)).toThrow(
    'The screen of ann does not show /bye/. It shows “ann joined”, “Hello”',
  );
});

test('says what a matcher is for, where it is asked of something else', async () => {
  expect(() => expect('bob').not.toHaveHeard('Hello')).toThrow('toHaveHeard is asked of a person of the chat');
  expect(() => expect({}).toShow('Hello')).toThrow('toShow is asked of a person or a widget');
});
