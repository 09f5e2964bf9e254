import { afterEach, expect, test } from 'vitest';
import type { AnyFact } from '../../../protocol/facts.ts';
import { type Device, Stage, textsOf } from '../../bin/contract-stage.ts';
import { argument } from './arguments.ts';
import { type Bot, type BotOptions, bot, command } from './bot.ts';
import { bots } from './bots.ts';
import { flow } from './flow.ts';
import { step } from './step.ts';

let stage: Stage;

afterEach(() => stage.friend.stop());

const order = command({
  help: { en: 'shows an order', de: 'zeigt eine Bestellung' },
  aliases: ['bestellung'],
  args: { number: argument.number(), kind: argument.optional(argument.choice('short', 'long')) },
  run: ({ args }) => `Order ${args.number} is on its way${args.kind === 'long' ? ', since Monday' : ''}.`,
});

const returns = flow('return', {
  start: 'which',
  steps: {
    which: step.text({ ask: 'Which order?', as: 'number', min: 1, next: 'why' }),
    why: step.choice({
      ask: 'Why does order {which} come back?',
      options: [
        { id: 'size', label: 'The size' },
        { id: 'broken', label: 'It is broken', next: 'picture' },
      ],
      next: 'done',
    }),
    picture: step.file({ ask: 'A picture, please.', types: ['image/'], next: 'done' }),
    done: step.end({ say: 'Order {which}: {why.label}. Thank you.' }),
  },
});

async function withBot(given: Partial<BotOptions> = {}): Promise<{ ava: Bot; ann: Device }> {
  const ava = bot({
    name: 'ava',
    title: 'Ava',
    support: true,
    commands: { order },
    keywords: [{ words: ['return', 'send back'], reply: { start: 'return' } }],
    patterns: [{ match: /^invoice (?<number>\d+)$/i, reply: ({ found }) => `Invoice ${found.number} is paid.` }],
    flows: [returns],
    ...given,
  });
  stage = await Stage.open({ prepare: (friend) => void friend.plug(bots({ bots: [ava] })) });
  return { ava, ann: await stage.named('ann', 'Ann') };
}

/** What the bot says to it, as one text. */
async function said(ava: Bot, who: Device, conversation: string, text: string): Promise<string> {
  const from = who.told.length;
  const answer = await who.says(conversation, text);
  await settled(who);
  const { log } = answer as { log?: string };
  return textsOf(who.told.slice(from).filter((fact) => fact.log === log && fact.by === ava.user)).join(' / ');
}

async function settled(who: Device): Promise<void> {
  for (let round = 0; round < 3; round += 1) await who.quiet();
}

test('answers first who asks for support, as a person of its own', async () => {
  const { ava, ann } = await withBot();

  const answer = await said(ava, ann, 'support', '/order 7');

  expect(answer).toBe('Order 7 is on its way.');
  const opened = (await ann.ask('conversation.open', { conversation: 'support' })) as AnyFact & { body: object };
  expect(opened.body).toMatchObject({ conversation: { people: [{ id: ava.user, name: 'Ava', kind: 'bot' }] } });
});

test('can be written to directly before it has said a word', async () => {
  const { ava, ann } = await withBot({ support: false });

  const answer = await said(ava, ann, `user:${ava.user}`, '/Bestellung 7 LONG');

  expect(answer).toBe('Order 7 is on its way, since Monday.');
});

test.each([
  ['/order', 'number is missing. It is written like this: /order <number> [short|long]'],
  ['/order seven', 'number has to be a number. It is written like this: /order <number> [short|long]'],
  ['/order 7 medium', 'kind has to be one of: short, long. It is written like this: /order <number> [short|long]'],
  ['/order 7 long ago', 'That is more than it takes. It is written like this: /order <number> [short|long]'],
  ['/ordre 7', 'I do not know /ordre. /help shows what I know.'],
])('says how a command is written: %s', async (text, expected) => {
  const { ava, ann } = await withBot();

  const answer = await said(ava, ann, 'support', text);

  expect(answer).toBe(expected);
});

test('lists its commands in the language of the bot', async () => {
  const { ava, ann } = await withBot({ language: 'de-AT' });

  const answer = await said(ava, ann, 'support', '/help');

  expect(answer).toContain('/order <number> [short|long] – zeigt eine Bestellung\n/help – zeigt diese Liste');
});

test('leads through a flow, asks again where an answer does not fit, and goes back', async () => {
  const { ava, ann } = await withBot();

  const heard = [];
  for (const text of [
    'I want to send BACK something',
    'seven',
    '7',
    'back',
    '8',
    '2',
    'no picture',
    'restart',
    '9',
    'the size',
  ])
    heard.push(await said(ava, ann, 'support', text));

  expect(heard).toEqual([
    'Which order?',
    'I need a number for that. / Which order?',
    'Why does order 7 come back?',
    'Which order?',
    'Why does order 8 come back?',
    'A picture, please.',
    'I need a file for that. / A picture, please.',
    'Which order?',
    'Why does order 9 come back?',
    'Order 9: The size. Thank you.',
  ]);
});

test('takes a tap on what it offers, and says of an older one where it stands', async () => {
  const { ava, ann } = await withBot();
  await said(ava, ann, 'support', 'return');
  await said(ava, ann, 'support', '7');
  const offers = ann.told.flatMap(({ log, seq, by }) => (by === ava.user && log && seq ? [{ log, seq }] : []));
  const { log: conversation = '', seq = 0 } = offers.at(-1) ?? {};
  const from = ann.told.length;

  await ann.ask('message.answer', { conversation, seq, choice: 'broken' });
  await settled(ann);

  expect(textsOf(ann.told.slice(from))).toEqual(['A picture, please.']);
});

test('goes on after days, over a restart, and forgets after the flow has expired', async () => {
  const { ava, ann } = await withBot();
  await said(ava, ann, 'support', 'return');

  stage.clock.advance(6 * 86_400_000);
  const later = await said(ava, ann, 'support', '7');
  stage.clock.advance(8 * 86_400_000);
  const tooLate = await said(ava, ann, 'support', '1');

  expect(later).toBe('Why does order 7 come back?');
  expect(tooLate).toBe('I did not understand that.');
});

test('begins anew, and says so, where a flow has changed under a dialogue', async () => {
  const { ava, ann } = await withBot();
  await said(ava, ann, 'support', 'return');
  const { store } = stage;
  await stage.friend.stop();
  const steps = { which: step.text({ ask: 'The order?', next: 'done' }), done: step.end({ say: 'Thanks.' }) };
  const changed = { ...ava, flows: [flow('return', { start: 'which', steps })] };
  stage = await Stage.open({ store, prepare: (friend) => void friend.plug(bots({ bots: [changed] })) });
  const again = await stage.person('ann');

  const answer = await said(ava, again, 'support', '7');

  expect(answer).toBe('Something has changed here since we spoke. Let us begin anew. / The order?');
});

test('finds words by patterns, and offers a person when it does not understand for the second time', async () => {
  const { ava, ann } = await withBot();

  const heard = [];
  for (const text of ['Invoice 12', 'qwertz', 'asdf', 'human']) heard.push(await said(ava, ann, 'support', text));

  expect(heard).toEqual([
    'Invoice 12 is paid.',
    'I did not understand that.',
    'I still do not understand. Shall a person take over?',
    'I have passed your message on. The answer comes here.',
  ]);
});

test('says that it failed where the code of a team throws, and goes on', async () => {
  const { ava, ann } = await withBot({
    keywords: [
      {
        words: ['boom'],
        reply: () => {
          throw new Error('no');
        },
      },
    ],
  });

  const failed = await said(ava, ann, 'support', 'boom');
  const next = await said(ava, ann, 'support', '/order 7');

  expect([failed, next]).toEqual(['That did not work. Please try again later.', 'Order 7 is on its way.']);
});
