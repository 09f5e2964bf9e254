import { expect, test } from 'vitest';
import { append } from '../core/effect.ts';
import { testChat } from './test-chat.ts';

test('lets people hear each other', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');

  await ann.says('Is the kettle on?');
  await bob.hears('Is the kettle on?');
  await bob.says('It is.');
  await ann.hears(/it is/i);

  expect(ann.screen).toEqual(['ann joined', 'Is the kettle on?', 'bob joined', 'It is.']);
  expect(bob.screen).toEqual(ann.screen);
});

test('lets a bot answer by a reaction', async () => {
  await using chat = await testChat({
    setup: (friend) => {
      friend.after('message.sent', ({ fact }) =>
        fact.body.text === 'ping' ? [append(fact.log, 'message.sent', { text: 'pong' }, { item: true })] : [],
      );
    },
  });
  const ann = chat.person('ann');

  await ann.says('ping');
  const heard = await ann.hears('pong');

  expect(heard.by).toBe('friend');
});

test('knows colleagues, relations, edits, reactions, tabs and phones', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');
  const kim = chat.colleague('kim');
  await kim.arrives();

  await ann.opens('support');
  await ann.says('Where is my order?');
  await kim.hears({ text: 'Where is my order?' });
  await ann.opens('room:lobby');
  await ann.says('Hello');
  await bob.hears('Hello');
  await bob.says('Hello, too');
  await bob.reacts('👍');
  await ann.edits('Hello, Bob');
  await bob.sees('Hello, Bob');
  await ann.asksFor(bob, 'contact');
  await bob.accepts(ann);
  await ann.opens(bob);
  const own = await ann.says('Just for you');
  await bob.hears('Just for you');
  await ann.deletes(own);
  const tab = ann.tab('room:lobby');
  await tab.says('From another tab');
  await bob.hears('From another tab');
  const phone = await bob.phone();
  await phone.says('From my phone');
  await ann.opens('room:lobby');
  await ann.hears('From my phone');

  expect(await tab.id()).toBe(await ann.id());
  expect(await phone.id()).toBe(await bob.id());
  expect(chat.complaints).toEqual([]);
});

test('tells nothing to whom it is not for, and says what he heard where he did', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');
  const cid = chat.person('cid', { conversation: 'room:other' });
  await Promise.all([ann, bob, cid].map((one) => one.arrives()));

  await ann.says('Hello');

  await cid.hearsNothing();
  await expect(bob.hearsNothing()).rejects.toThrow('bob was to hear nothing, and heard “Hello”.');
});

test('lets a day pass at once, with all that is scheduled in it', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('Good night');
  await bob.hears('Good night');
  const before = chat.now;

  await chat.later('24h');
  await ann.says('Good morning');
  await bob.hears('Good morning');

  expect(chat.now - before).toBeGreaterThanOrEqual(86_400_000);
});

test('sends a file', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');

  await ann.sends(new File(['one, two'], 'list.txt', { type: 'text/plain' }), 'The list');
  const heard = await bob.hears('The list');

  expect(heard.extras.files).toMatchObject([{ name: 'list.txt', size: 8 }]);
});

test('says who waited for what and what there was instead', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('Hello');

  const waiting = bob.hears('Goodbye');

  await expect(waiting).rejects.toThrow(
    'bob waited to hear “Goodbye”, but it did not come within 1 min of the chat’s time. He has heard “Hello”.',
  );
});

test('survives a bad network, a crash and a friend that starts again', async () => {
  await using chat = await testChat({}, { network: { drop: 0.2, repeat: 0.2, delay: [10, 400], cut: 0.05, seed: 7 } });
  const { ann, bob } = chat.people('ann', 'bob');

  const said = Array.from({ length: 20 }, (_, index) => `Number ${index}`);
  for (const text of said) ann.writes(text);
  await chat.crash();
  ann.writes('While you were away');
  await chat.restart();
  for (const text of said) await bob.hears(text);
  await bob.hears('While you were away');

  const texts = (await chat.stored('room:lobby')).flatMap(({ type, body }) =>
    type === 'message.sent' ? [(JSON.parse(body) as { text: string }).text] : [],
  );
  expect(texts).toEqual([...said, 'While you were away']);
});

test('keeps what is written offline', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('before');

  await ann.offline();
  ann.writes('meanwhile');
  await bob.hears('before');
  await bob.hearsNothing();
  await ann.online();

  await bob.hears('meanwhile');
});
