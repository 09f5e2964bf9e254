import { expect, test } from 'vitest';
import { append, defineConfig } from '../../../server/package/server.ts';
import { testChat } from '../../../server/testing/test-chat.ts';
import { byCause, Causes } from './causes.ts';

const greeting = defineConfig({
  setup(friend) {
    friend.after('message:text', { by: 'person' }, ({ fact, author }) => [
      append(fact.log, 'message.sent', { text: `Hello, ${author.name}` }, { item: true }),
    ]);
  },
});

test('puts a message, its rule, what was stored and told, and the answer of a reaction under one cause', async () => {
  await using chat = await testChat(greeting);
  const { Ann, Bob } = chat.people('Ann', 'Bob');
  await Bob.arrives();
  const causes = new Causes();
  for (const step of chat.trace.all) causes.add(step);
  chat.trace.listen((step) => causes.add(step));

  await Ann.says('Good morning');
  await Bob.hears('Hello, Ann');

  const groups = byCause(causes.entries.filter(({ isQuiet }) => !isQuiet));
  const group = groups.find(({ entries }) => entries.some(({ type }) => type === 'message.send'));
  expect(group?.entries.map(({ kind, who, text }) => `${kind} ${who}: ${text}`)).toEqual(
    expect.arrayContaining([
      'action Ann: Good morning',
      expect.stringContaining('append message.sent'),
      expect.stringMatching(/^stored Ann: Good morning/),
      'told Bob: Good morning',
      'reacted : append message.sent',
      expect.stringMatching(/^stored the friend: Hello, Ann/),
      'told Bob: Hello, Ann',
    ]),
  );
});

test('keeps the newest thousand steps', () => {
  const causes = new Causes();
  const action = (id: number) => ({ id: String(id), type: 'order.track', at: id, body: {} });

  for (let id = 1; id <= 1_200; id += 1) causes.add({ kind: 'action', at: id, from: 'a@b/c', action: action(id) });

  expect([causes.entries.length, causes.entries.at(0)?.at, causes.entries.at(-1)?.at]).toEqual([1_000, 201, 1_200]);
});

test('names what failed, and what nothing came of', () => {
  const causes = new Causes();
  const reacted = { kind: 'reacted', at: 1, name: 'hello', log: 'c_1', seq: 1, effects: [], ms: 2 } as const;

  causes.add(reacted);
  causes.add({ ...reacted, error: 'TypeError: x is undefined' });

  expect(causes.entries.map(({ isError, isQuiet, text }) => [isError, isQuiet, text])).toEqual([
    [false, true, 'nothing'],
    [true, false, 'TypeError: x is undefined'],
  ]);
});
