import * as v from 'valibot';
import { expect, test } from 'vitest';
import { signingStage, signsInAsAnn } from '../bin/contract-identity.ts';
import { codeOf, type Device, Stage, textsOf } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import type { AskAnswered } from './asks.ts';
import { append, ask, type Question } from './effect.ts';
import type { Friend } from './friend.ts';

const room = 'c_room_lobby';
const replies = [{ id: 's', label: 'Small' }];
const questions: Readonly<Record<string, Question>> = {
  words: { text: 'Which size?' },
  choice: { text: 'Which size?', replies },
  greeted: { text: 'Which size?', replies },
  either: { text: 'Which size?', replies, orText: true },
  form: { text: 'Which size?', form: { fields: [{ id: 'size', label: 'Size', kind: 'number' }] } },
};

/** Asks whoever names a question, and says what the answer was. */
function withQuestions(friend: Friend): void {
  friend.after('message.sent', { by: 'visitor' }, ({ fact, now }) => {
    const question = questions[fact.body.text];
    if (question === undefined) return [];
    const data = { round: fact.seq };
    const greeting =
      fact.body.text === 'greeted' ? [append(fact.log, 'message.sent', { text: 'Hello.' }, { item: true })] : [];
    return [...greeting, ask(fact.by, question, { then: 'size.answered', data, until: now + 60_000, in: fact.log })];
  });
  friend.on('size.answered', ({ action, user }) => {
    const { conversation, data, answer } = action.body as AskAnswered<{ round: number }>;
    const text = `${user.name} ${data.round} ${JSON.stringify(answer)}`;
    return [append(conversation, 'message.sent', { text }, { item: true, by: 'friend' })];
  });
}

async function asked(question: string): Promise<{ stage: Stage; ann: Device }> {
  const stage = await Stage.open({ prepare: withQuestions });
  const ann = await stage.person('ann');
  await ann.says(room, 'before');
  await ann.says(room, question);
  await ann.heard((fact) => textsOf([fact])[0] === 'Which size?');
  return { stage, ann };
}

function told(ann: Device): string[] {
  return textsOf(ann.facts(room)).filter((text) => /[{]/.test(text));
}

test.each<[string, (ann: Device) => Promise<unknown>, string]>([
  ['words', (ann) => ann.says(room, 'Large'), '{"text":"Large"}'],
  ['either', (ann) => ann.says(room, 'Large'), '{"text":"Large"}'],
  ['choice', (ann) => ann.ask('message.answer', { conversation: room, seq: 5, choice: 's' }), '{"choice":"s"}'],
  [
    'form',
    (ann) => ann.ask('message.answer', { conversation: room, seq: 5, values: { size: 7 } }),
    '{"values":{"size":7}}',
  ],
])('goes on with the answer, as the user who gave it: %s', async (question, answers, says) => {
  const { ann } = await asked(question);

  await answers(ann);
  await expect.poll(() => told(ann)).toHaveLength(1);
  await ann.says(room, 'Something else');
  await ann.quiet();

  expect(told(ann)).toEqual([`ann 4 ${says}`]);
});

test('takes words for no answer where the question offers a choice alone', async () => {
  const { ann } = await asked('choice');

  await ann.says(room, 'Large');
  await ann.ask('message.answer', { conversation: room, seq: 5, choice: 's' });
  await expect.poll(() => told(ann)).toHaveLength(1);

  expect(told(ann)).toEqual(['ann 4 {"choice":"s"}']);
});

test('takes the answers of nobody else', async () => {
  const { stage, ann } = await asked('words');
  const bob = await stage.person('bob');

  await bob.says(room, 'Tiny');
  await ann.says(room, 'Large');
  await expect.poll(() => told(ann)).toHaveLength(1);

  expect(told(ann)).toEqual(['ann 4 {"text":"Large"}']);
});

test('goes on without an answer once the time is over, and takes none after that', async () => {
  const { stage, ann } = await asked('words');

  stage.clock.advance(60_000);
  await expect.poll(() => told(ann)).toHaveLength(1);
  await ann.says(room, 'Large');
  await ann.quiet();

  expect(told(ann)).toEqual(['ann 4 {"timeout":true}']);
});

test('lets a newer question stand for an older one', async () => {
  const { stage, ann } = await asked('choice');

  await ann.says(room, 'words');
  await ann.heard((fact) => fact.seq === 7);
  await ann.ask('message.answer', { conversation: room, seq: 5, choice: 's' });
  await ann.says(room, 'Large');
  await expect.poll(() => told(ann)).toHaveLength(1);
  stage.clock.advance(60_000);
  await ann.quiet();

  expect(told(ann)).toEqual(['ann 6 {"text":"Large"}']);
});

test('goes on with what was chosen, where other words came in the same commit', async () => {
  const { ann } = await asked('greeted');

  await ann.ask('message.answer', { conversation: room, seq: 6, choice: 's' });
  await expect.poll(() => told(ann)).toHaveLength(1);

  expect(told(ann)).toEqual(['ann 4 {"choice":"s"}']);
});

test('takes the answer of a visitor who has signed in meanwhile, and forgets the question with him', async () => {
  const stage = await signingStage({ prepare: withQuestions });
  const ann = await stage.named('ann', 'Guest');
  const visitor = ann.user;
  await ann.says('support', 'words');
  await ann.heard((fact) => textsOf([fact])[0] === 'Which size?');
  const log = `c_support_${visitor.slice(2)}`;
  const stood = await stage.store.state('ask', visitor, log);

  await signsInAsAnn(ann);
  await ann.says(log, 'Large');
  const heard = await ann.heard((fact) => textsOf([fact])[0]?.includes('Large"') === true);

  expect(stood).toContain('size.answered');
  expect(textsOf([heard])).toEqual([expect.stringMatching(/^Ann \d+ \{"text":"Large"\}$/)]);
  expect(await stage.store.state('ask', visitor, log)).toBeUndefined();
});

test('takes in a room the answer of a visitor who has signed in meanwhile', async () => {
  const stage = await signingStage({ prepare: withQuestions });
  const ann = await stage.named('ann', 'Guest');
  const visitor = ann.user;
  await ann.says(room, 'words');
  await ann.heard((fact) => textsOf([fact])[0] === 'Which size?');

  const user = await signsInAsAnn(ann);
  await expect.poll(() => stage.store.state('ask', user, room)).toContain('size.answered');
  const left = await stage.store.state('ask', visitor, room);
  await ann.says(room, 'Large');
  const heard = await ann.heard((fact) => textsOf([fact])[0]?.includes('Large"') === true);

  expect(left).toBeUndefined();
  expect(textsOf([heard])).toEqual([expect.stringMatching(/^Ann \d+ \{"text":"Large"\}$/)]);
});

test('remembers over a restart what was asked', async () => {
  const store = memoryStore();
  const first = await Stage.open({ store, prepare: withQuestions });
  const before = await first.person('ann');
  await before.says(room, 'words');
  await before.heard((fact) => textsOf([fact])[0] === 'Which size?');
  await before.quiet();

  const second = await Stage.open({ store, prepare: withQuestions });
  const ann = await second.person('ann');
  await ann.says(room, 'Large');
  await expect.poll(() => told(ann)).toHaveLength(1);

  expect(told(ann)).toEqual(['ann 3 {"text":"Large"}']);
});

test('lets nobody send the answer, or the end of the time, by himself', async () => {
  const { ann } = await asked('words');
  const body = { conversation: room, data: { round: 4 }, answer: { text: 'forged' } };

  const answers = await ann.answers(ann.action('size.answered', body), ann.action('ask.over', { key: '', id: '' }));

  expect(answers.map(codeOf)).toEqual(['unknown_type', 'unknown_type']);
});

test.each([
  ['continues with what anybody may send', { then: 'size.sent' }],
  ['continues with nothing', { then: 'size.lost' }],
  ['has no end', { until: Number.POSITIVE_INFINITY }],
  ['is over already', { until: 0 }],
  ['carries too much', { data: 'x'.repeat(5_000) }],
  ['is asked nowhere', { in: 'lobby' }],
])('takes no question that %s', async (_, odd) => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend
        .on('size.answered', () => [])
        .on('size.sent', () => [], { schema: v.unknown() })
        .on('size.ask', ({ now, user }) => [
          ask(user.id, { text: 'Well?' }, { then: 'size.answered', until: now + 1, in: room, ...odd }),
        ]),
  });
  const ann = await stage.person('ann');

  const answer = await stage.friend.inject(ann.user, ann.action('size.ask', {}));

  expect(codeOf(answer)).toBe('failed');
  expect(stage.log.lines.join()).toContain('FRIEND_ASK');
});
