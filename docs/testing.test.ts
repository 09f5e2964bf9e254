import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// example
import { append, defineConfig, schedule } from 'befriend/server';
import { matchers, replay, testChat } from 'befriend/testing';
import { expect, test } from 'vitest';

// end

// What stands between "example" and "end" is quoted by the document, word for word.

// example
const config = defineConfig({
  setup(friend) {
    friend.after('message.sent', ({ fact }) => {
      if (fact.body.text !== 'Are you open?') return [];
      return [append(fact.log, 'message.sent', { text: 'From nine to five.' }, { item: true })];
    });
  },
});

test('says when the shop is open', async () => {
  await using chat = await testChat(config);
  const { ann, bob } = chat.people('ann', 'bob');

  await ann.says('Are you open?');

  await ann.hears('From nine to five.');
  await bob.hears(/nine to five/);
});
// end

// example
test('lets people meet, correct themselves and leave', async () => {
  await using chat = await testChat(config);
  const { ann, bob } = chat.people('ann', 'bob');
  const kim = chat.colleague('kim');

  await ann.asksFor(bob, 'contact');
  await bob.accepts(ann);
  await ann.opens(bob);
  await ann.says('Helo, Bob');
  await ann.edits('Hello, Bob');
  await bob.opens(ann);
  await bob.sees('Hello, Bob');
  await bob.reacts('👍', 'Hello, Bob');

  await ann.opens('support');
  await ann.says('Is anybody there?');
  await kim.hears('Is anybody there?');
  await bob.hearsNothing();

  await bob.blocks(ann);
  await ann.opens(bob);
  await ann.says('Still there?');
  await bob.hearsNothing();
});
// end

// example
const reminding = defineConfig({
  setup(friend) {
    friend.after('message.sent', ({ fact, now }) => {
      if (fact.body.text !== 'Remind me tomorrow') return [];
      const action = { type: 'message.send', body: { conversation: fact.log, text: 'I was to be reminded' } };
      const id = '0190a000-0000-7000-8000-00000000cafe';
      return [schedule({ id, dueAt: now + 86_400_000, action, user: fact.by })];
    });
  },
});

test('reminds of it a day later', async () => {
  await using chat = await testChat(reminding);
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('Remind me tomorrow');

  await chat.later('23h');
  await bob.hears('Remind me tomorrow');
  await bob.hearsNothing();
  await chat.later('1 hour');

  await bob.hears('I was to be reminded');
});
// end

// example
const tracking = defineConfig({
  setup(friend) {
    friend.after('message.sent', async ({ fact, fetch }) => {
      const [, order] = /^order (\d+)$/.exec(fact.body.text) ?? [];
      if (order === undefined) return [];
      const { state } = (await fetch(`https://shop.example/orders/${order}`)).json() as { state: string };
      return [append(fact.log, 'message.sent', { text: `It is ${state}.` }, { item: true })];
    });
  },
});

test('asks the shop where an order is', async () => {
  await using chat = await testChat(tracking, {
    web: (url) => ({ json: { state: url.endsWith('/7') ? 'sent' : 'packed' } }),
  });
  const ann = chat.person('ann');

  await ann.says('order 7');

  await ann.hears('It is sent.');
});
// end

// example
test('loses nothing on a train', async () => {
  await using chat = await testChat(config, {
    network: { drop: 0.2, repeat: 0.1, delay: [50, 800], cut: 0.02, seed: 3 },
  });
  const { ann, bob } = chat.people('ann', 'bob');

  ann.writes('one');
  ann.writes('two');
  await bob.hears('one');
  await chat.crash();
  ann.writes('while the friend was away');
  await chat.restart();
  chat.network();

  await bob.hears('two');
  await bob.hears('while the friend was away');
});
// end

// example
test('answers yesterday’s people as it did', async () => {
  const chat = await testChat(config);
  const recording = chat.record();
  const ann = chat.person('ann');
  await ann.says('Are you open?');
  await ann.hears('From nine to five.');
  await chat.stop();

  const { refused, stored } = await replay(recording.text, config);

  expect(refused).toEqual([]);
  expect(stored.at(-1)?.body).toContain('From nine to five.');
});
// end

// example
expect.extend(matchers);

test('stores what is said once, and shows it', async () => {
  await using chat = await testChat(config);
  const { ann, bob } = chat.people('ann', 'bob');

  await ann.says('Hello');
  await bob.hears('Hello');

  expect(bob).toHaveHeard('Hello');
  expect(ann).toShow('Hello');
  await expect('Hello').toBeStored(chat);
});
// end

// example
test('decides on each order once', async () => {
  await using chat = await testChat(tracking, { web: () => ({ json: { state: 'packed' } }) });
  const ann = chat.person('ann');

  await ann.says('order 8');
  await ann.hears('It is packed.');

  expect(chat.trace.of('reacted').filter(({ effects }) => effects.length > 0)).toHaveLength(1);
  expect(chat.complaints).toEqual([]);
});
// end

test('quotes in docs/testing.md what was run here and in a page', () => {
  const blocks = [...source('testing.md').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
  const tests = ['testing.test.ts', 'testing.page.test.ts'].map(source).join('\n');
  const examples = [...tests.matchAll(/^ *\/\/ example\n(.*?)^ *\/\/ end$/gms)].map(([, code = '']) => code);

  const foreign = blocks.filter((code) => !examples.some((example) => example.trim() === code.trim()));

  expect(foreign).toEqual([]);
  expect(blocks.length).toBeGreaterThan(7);
});

function source(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8');
}
