import { test } from 'node:test';
import { append, defineConfig } from 'befriend/server';
import { testChat } from 'befriend/testing';

const hello = defineConfig({
  setup(friend) {
    friend.on('hello.say', ({ user }) => [append('c_room_lobby', 'hello.said', { to: user.id })]);
    friend.after('message.sent', ({ fact }) =>
      fact.body.text === 'Hello' ? [append(fact.log, 'message.sent', { text: 'Hello to you' }, { item: true })] : [],
    );
  },
});

test('says hello to who says hello', async () => {
  await using chat = await testChat(hello);
  const ann = chat.person('Ann');
  await ann.says('Hello');
  await ann.hears('Hello to you');
});
