import { expect, test } from 'vitest';
import { append, defineConfig } from '../../../server/package/server.ts';
import { testChat } from '../../../server/testing/test-chat.ts';
import { recordedTest } from './recorded.ts';

const helping = defineConfig({
  setup(friend) {
    friend.after('message:text', { by: 'person' }, ({ fact }) => {
      const replies = [{ id: 'back', label: 'Send it back' }];
      return [append(fact.log, 'message.sent', { text: "What's wrong?", extras: { replies } }, { item: true })];
    });
  },
});

test('writes a test of what was said, heard and chosen, and of the time that passed', async () => {
  await using chat = await testChat(helping);
  const { Ann, Bob } = chat.people('Ann', 'Bob');
  await Bob.arrives();
  await Ann.says('Help');
  await Ann.hears("What's wrong?");
  await chat.later('1h');
  await Ann.chooses('Send it back');
  const people = ['Ann', 'Bob', 'Kim'].map((name) => ({ id: name.toLowerCase(), name, isColleague: name === 'Kim' }));

  const text = recordedTest(chat.trace.all, people, 'room:lobby');

  expect(text.split('\n').map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      "import { testChat } from 'befriend/testing';",
      "await using chat = await testChat(config, { conversation: 'room:lobby' });",
      "const ann = chat.person('Ann');",
      "await ann.says('Help');",
      "await bob.hears('Help');",
      "await ann.hears('What\\'s wrong?');",
      "await chat.later('60 minutes');",
      "await ann.chooses('Send it back');",
    ]),
  );
  expect(text).not.toContain('kim');
});
