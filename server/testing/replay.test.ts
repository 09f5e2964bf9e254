import { expect, test } from 'vitest';
import { append, schedule } from '../core/effect.ts';
import type { StoredFact } from '../core/rows.ts';
import type { Config } from '../package/config.ts';
import { replay } from './replay.ts';
import { testChat } from './test-chat.ts';

/** A bot that says `words` when somebody says hello, offers a choice, and comes back to it an hour later. */
function greets(...words: readonly string[]): Config {
  return {
    setup: (friend) => {
      friend.after('message.sent', ({ fact, now }) => {
        if (fact.body.text !== 'hello') return [];
        const replies = [{ id: 'tea', label: 'Tea' }];
        const said = words.map((text) =>
          append(fact.log, 'message.sent', { text, extras: { replies } }, { item: true }),
        );
        const action = { type: 'message.send', body: { conversation: fact.log, text: 'An hour has passed' } };
        const id = '0190a000-0000-7000-8000-000000000002';
        return [...said, schedule({ id, dueAt: now + 3_600_000, action, user: fact.by })];
      });
    },
  };
}

function texts(stored: readonly StoredFact[]): readonly string[] {
  return stored.flatMap(({ type, body }) =>
    type === 'message.sent' ? (JSON.parse(body) as { text: string }).text : [],
  );
}

/** A day of two people, in the room and in a group of their own. */
async function recorded(): Promise<{ readonly text: string; readonly stored: readonly StoredFact[] }> {
  await using chat = await testChat(greets('Hello yourself'));
  const recording = chat.record();
  const stored: StoredFact[] = [];
  chat.trace.listen((step) => step.kind === 'stored' && stored.push(step.fact));
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('hello');
  await bob.hears('Hello yourself');
  await chat.later('2h');
  await bob.says('Good morning');
  await ann.chooses('Tea');
  await bob.edits('Good afternoon');
  const group = await ann.emits('conversation.create', { name: 'Tea at four' });
  await ann.opens(group.log ?? '');
  await ann.says('In our group');
  return { text: recording.text, stored };
}

test('lets the same happen again: the same facts at the same times', async () => {
  const { text, stored } = await recorded();

  const again = await replay(text, greets('Hello yourself'));

  const plain = (facts: readonly StoredFact[]) =>
    facts
      .filter(({ type }) => type.startsWith('message'))
      .map(({ type, at, by, seq, body }) => ({ type, at, by, seq, body }));
  expect(plain(again.stored)).toEqual(plain(stored));
  expect(again.refused).toEqual([]);
  expect(again.complaints).toEqual([]);
});

test('leads actions to the messages that they meant, where today’s logic says more', async () => {
  const { text } = await recorded();

  const today = await replay(text, greets('Good day', 'How are you?'));

  expect(today.refused).toEqual([]);
  expect(texts(today.stored)).toEqual([
    'hello',
    'Good day',
    'How are you?',
    'An hour has passed',
    'Good morning',
    'In our group',
  ]);
  expect(today.stored.filter(({ type }) => type === 'message.edited')).toMatchObject([
    { body: expect.stringContaining('"text":"Good afternoon"') },
  ]);
});

test('names the line whose action is refused today', async () => {
  const { text } = await recorded();
  const line = text.split('\n').findIndex((one) => one.includes('"message.answer"')) + 1;

  const { refused } = await replay(text, {});

  expect(refused).toMatchObject([{ line, type: 'message.answer' }]);
});

test('records neither secrets nor readings', async () => {
  await using chat = await testChat();
  const recording = chat.record();
  const kim = chat.colleague('kim');

  await kim.arrives();
  await kim.opens('room:lobby');
  await kim.says('I am here');
  recording.stop();
  await kim.says('Not in it');

  expect(recording.lines.map((line) => Object.keys(JSON.parse(line) as object).at(-1))).toEqual([
    'at',
    'who',
    'action',
    'stored',
    'stored',
  ]);
  expect(recording.text).not.toMatch(/secret|token|Not in it/);
});

const head = '{"befriend":"recording","version":1,"at":5}';

test.each([
  ['nothing', '', 'Line 1 of the recording: is no JSON.'],
  ['no head', '{}', 'Line 1 of the recording: expects the head'],
  ['another version', '{"befriend":"recording","version":2,"at":5}', 'Line 1 of the recording: is of version 2'],
  ['other words', `${head}\nhello`, 'Line 2 of the recording: is no JSON.'],
  [
    'a line of nothing',
    `${head}\n{"at":6}`,
    'Line 2 of the recording: expects at, and one of who, stored, or by and action.',
  ],
  ['somebody who does nothing', `${head}\n{"at":6,"by":"u_1"}`, 'Line 2 of the recording: expects at'],
  [
    'an earlier time',
    `${head}\n\n{"at":4,"stored":{"log":"c_1","seq":1,"key":"k"}}`,
    'Line 3 of the recording: is older',
  ],
  ['too much', `${head}\n"${'x'.repeat(140_000)}"`, 'Line 2 of the recording: is longer than'],
])('refuses a recording of %s, with the line and the reason', async (_, text, reason) => {
  await expect(replay(text)).rejects.toThrow(reason);
});
