import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineConfig } from '../../package/config.ts';
import { testChat } from '../../testing/test-chat.ts';
import { bot } from '../bots/bot.ts';
import { bots } from '../bots/bots.ts';
import { ai } from './ai.ts';
import { FakeModel, type Says } from './contract-model.ts';
import type { AiOptions } from './options.ts';

let model: FakeModel;

beforeEach(() => {
  model = new FakeModel();
});
afterEach(() => model.close());

const endpoint = { url: 'https://model.example/v1', model: 'small', system: 'You help in a shop.' } as const;
const options = { conversation: 'support', web: 'web' } as const;

/** An assistant alone, who gives nothing to people. */
function alone(given: Partial<AiOptions> = {}) {
  return defineConfig({ plugins: [ai({ ...endpoint, handOff: false, answers: { title: 'Ava' }, ...given })] });
}

function raw(body: string, status = 200): Says {
  return { raw: () => new Response(body, { status, headers: { 'content-type': 'application/json' } }) };
}

const sorry = 'I cannot answer that just now. Please try again.';

test.each<[string, Says]>([
  ['fails', raw('{"error":"secret words"}', 400)],
  ['is no endpoint at all', raw('<html>')],
  ['answers with another shape', raw('{"choices":[{"message":{"content":7}}]}')],
  ['answers with no choice', raw('{"choices":[]}')],
  ['answers with nothing', ''],
  ['answers with too much', raw(`{"choices":[],"x":"${'a'.repeat(300_000)}"}`)],
  ['sends elsewhere', { raw: () => Response.redirect('https://elsewhere.example/', 307) }],
  ['breaks off', { raw: () => Response.error() }],
  ['wants tools for ever', { calls: [['none', {}]] }],
])('says so where the endpoint %s, and logs none of its words', async (_, says) => {
  await using chat = await testChat(alone(), options);
  const ann = chat.person('ann');
  model.says(says);

  await ann.says('Hello?');
  await ann.hears(sorry);

  expect(chat.complaints.join()).toContain('An assistant could not answer');
  expect(chat.complaints.join()).not.toContain('secret words');
});

test('asks an endpoint that is busy once more', async () => {
  await using chat = await testChat(alone(), options);
  const ann = chat.person('ann');
  model.says((_, nth) => (nth === 1 ? raw('{}', 429) : 'Here I am.'));

  await ann.says('Hello?');

  await ann.hears('Here I am.');
  expect(model.asked).toHaveLength(2);
});

test('costs nobody else anything where an endpoint never answers', async () => {
  await using chat = await testChat(alone({ timeout: 5_000 }), options);
  const { ann, bob } = chat.people('ann', 'bob');
  model.says(({ messages }) =>
    messages.at(-1)?.content?.includes('hang') ? { raw: () => new Promise<Response>(() => undefined) } : 'At once.',
  );

  ann.writes('hang');
  await bob.says('Hello?');
  await bob.hears('At once.');

  await ann.hears(sorry);
});

test('answers what was asked last, and not what was asked before it', async () => {
  await using chat = await testChat(alone(), options);
  const ann = chat.person('ann');
  let release: (() => void) | undefined;
  model.says(({ messages }) => {
    if (!messages.at(-1)?.content?.includes('First')) return 'To the second.';
    return {
      raw: async () => {
        await new Promise<void>((resolve) => (release = resolve));
        return Response.json({ choices: [{ message: { content: 'To the first.' } }] });
      },
    };
  });

  ann.writes('First');
  await expect.poll(() => release).toBeDefined();
  await ann.says('Second');
  release?.();
  await ann.hears('To the second.');

  await ann.hearsNothing();
});

test('answers a question, though something that nobody answers was sent behind it', async () => {
  await using chat = await testChat(alone(), options);
  const ann = chat.person('ann');
  let release: (() => void) | undefined;
  model.says({
    raw: async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return Response.json({ choices: [{ message: { content: 'It is a lamp.' } }] });
    },
  });

  ann.writes('What is that?');
  await expect.poll(() => release).toBeDefined();
  const conversation = `c_support_${(await ann.id()).slice(2)}`;
  const location = { title: 'Here', lat: 52.5, lon: 13.4 };
  await ann.emits('message.send', { conversation, location });
  release?.();

  await ann.hears('It is a lamp.');
});

test('stops where the budget of a conversation is spent, for that day and over a restart', async () => {
  await using chat = await testChat(alone({ budget: { conversation: 2_000 } }), options);
  const { ann, bob } = chat.people('ann', 'bob');
  model.tokens = 1_500;

  await ann.says('One');
  await ann.hears('Hello.');
  await chat.later(2_000);
  await chat.restart();
  await ann.says('Two');
  await ann.hears('I have to stop here for today.');
  await bob.says('One');
  await bob.hears('Hello.');
  await chat.later('24h');
  await ann.says('Three');

  await ann.hears('Hello.');
  expect(model.asked).toHaveLength(3);
});

test.each([
  ['free', 0],
  ['nothing that is a number', 'none'],
  ['less than nothing', -5_000],
])('counts an endpoint’s answers that it says cost %s', async (_, tokens) => {
  await using chat = await testChat(alone({ budget: { conversation: 2_600 } }), options);
  const ann = chat.person('ann');
  model.tokens = tokens;
  model.says('x'.repeat(7_000));

  await ann.says('One');
  await ann.hears(/^x+$/);
  await ann.says('Two');

  await ann.hears('I have to stop here for today.');
});

test('lets no endpoint spend everybody’s budget by a number', async () => {
  await using chat = await testChat(alone({ budget: { conversation: 9_000, all: 20_000 } }), options);
  const { ann, bob } = chat.people('ann', 'bob');
  model.tokens = 1e15;

  await ann.says('One');
  await ann.hears('Hello.');
  await bob.says('One');

  await bob.hears('Hello.');
});

test('answers in place of a bot’s fallback, and gives to people what it cannot do', async () => {
  const assistant = ai({ ...endpoint, name: 'ava' });
  const ava = bot({
    ...{ name: 'ava', title: 'Ava', support: true, fallback: { answer: assistant.answer } },
    keywords: [{ words: ['open'], reply: 'From nine to five.' }],
  });
  await using chat = await testChat(defineConfig({ plugins: [assistant, bots({ bots: [ava] })] }), options);
  const ann = chat.person('ann');
  model.says(({ messages }) =>
    messages.at(-1)?.content?.includes('broken') ? { calls: [['hand_off', { note: 'A lamp is broken.' }]] } : 'A lamp.',
  );

  await ann.says('When are you open?');
  await ann.hears('From nine to five.');
  await ann.says('What do you sell?');
  await ann.hears({ text: 'A lamp.', by: ava.user });
  await ann.says('It is broken');
  await ann.hears({ by: ava.user });

  const conversation = `c_support_${(await ann.id()).slice(2)}`;
  expect(JSON.stringify(await chat.store.state('desk', 'case', conversation))).toMatch(/waiting|away/);
  expect(model.asked).toHaveLength(2);
});

test('answers one question of several in a row after the other for a bot, each with the answers before it', async () => {
  const assistant = ai({ ...endpoint, name: 'ava' });
  const fallback = { answer: assistant.answer };
  const ava = bot({ name: 'ava', title: 'Ava', rooms: ['lobby'], fallback });
  await using chat = await testChat(defineConfig({ plugins: [assistant, bots({ bots: [ava] })] }), { web: 'web' });
  const ann = chat.person('ann');
  let release: (() => void) | undefined;
  model.says(({ messages }, nth) => {
    if (nth === 2) return `After ${messages.at(-2)?.content}`;
    return {
      raw: async () => {
        await new Promise<void>((resolve) => (release = resolve));
        return Response.json({ choices: [{ message: { content: 'One.' } }] });
      },
    };
  });

  ann.writes('@Ava first?');
  await expect.poll(() => release).toBeDefined();
  await ann.says('@Ava second?');
  await ann.says('to everybody else');
  release?.();

  await ann.hears('One.');
  await ann.hears('After One.');
});

test('is silent where somebody has come meanwhile', async () => {
  const assistant = ai({ ...endpoint, name: 'ava' });
  const ava = bot({ name: 'ava', title: 'Ava', support: true, fallback: { answer: assistant.answer } });
  await using chat = await testChat(defineConfig({ plugins: [assistant, bots({ bots: [ava] })] }), options);
  const kim = chat.colleague('kim');
  const ann = chat.person('ann');
  await Promise.all([kim.arrives(), ann.arrives()]);
  const conversation = `c_support_${(await ann.id()).slice(2)}`;
  let release: (() => void) | undefined;
  model.says({
    raw: async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return Response.json({ choices: [{ message: { content: 'I know.' } }] });
    },
  });

  ann.writes('A question');
  await expect.poll(() => release).toBeDefined();
  await kim.opens(conversation);
  await kim.emits('message.send', { conversation, text: 'Let me do that' });
  release?.();
  await ann.hears('Let me do that');

  await ann.hearsNothing();
});

test('shows a model in a group what the asking person has said there, and of others nothing', async () => {
  const assistant = ai({ ...endpoint, name: 'ava' });
  const ava = bot({ name: 'ava', title: 'Ava', rooms: ['lobby'], fallback: { answer: assistant.answer } });
  await using chat = await testChat(defineConfig({ plugins: [assistant, bots({ bots: [ava] })] }), { web: 'web' });
  const { ann, bob } = chat.people('ann', 'bob');

  await bob.says('My door code is 4711');
  await ann.says('Good morning');
  await ann.says('@Ava what do you sell?');
  await ann.hears('Hello.');

  const seen = model.asked[0]?.messages.map(({ content }) => content).join();
  expect(seen).toContain('Good morning');
  expect(seen).not.toContain('4711');
});

test.each([
  ['a key that would go in the clear', { url: 'http://model.example/v1', key: 'k' }],
  ['no whole number of rounds', { rounds: 0 }],
  ['an address with a query', { url: 'https://model.example/v1?key=k' }],
  ['more time than a reaction has', { timeout: 60_000 }],
])('ends the start by %s', (_, given) => {
  expect(() => ai({ ...endpoint, ...given })).toThrow('FRIEND_AI');
});
