import { expect, test } from 'vitest';
import { codeOf, Stage } from '../bin/contract-stage.ts';
import { TokenBucket } from '../core/token-bucket.ts';

const room = 'room:lobby';

test('refuses with rate what one user sends too fast, and leaves others alone', async () => {
  const stage = await Stage.open({ rate: { perSecond: 2, burst: 5 } });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const messages = Array.from({ length: 6 }, (_, index) => ann.message(room, `text ${index}`));

  const answers = await ann.answers(...messages);
  const other = await bob.says(room, 'Hello');
  stage.clock.advance(500);
  const [again] = await ann.answers(...messages.slice(5));

  expect(answers.map(codeOf)).toEqual([...Array(5).fill('message.sent'), 'rate']);
  expect(answers[5]).toMatchObject({ body: { retryAfter: 500 } });
  expect([codeOf(other), codeOf(again)]).toEqual(['message.sent', 'message.sent']);
});

test('takes no second token for a decision that is taken again', async () => {
  const stage = await Stage.open({ rate: { perSecond: 1, burst: 50 } });
  const ann = await stage.person('ann');
  const messages = [ann.message(room, 'text 0')];
  while (messages.length < 50) messages.push(ann.message(room, `text ${messages.length}`, messages.at(-1)?.id));

  const answers = await ann.answers(...messages);

  expect(answers.map(codeOf)).toEqual(Array(50).fill('message.sent'));
});

test('says nothing to typing that comes too fast', async () => {
  const stage = await Stage.open({ rate: { perSecond: 1, burst: 3 } });
  const ann = await stage.person('ann');
  await ann.says(room, 'Hello');
  const typing = Array.from({ length: 10 }, () => ann.action('typing.set', { conversation: 'c_room_lobby', on: true }));

  ann.send(...typing);
  const rated = await ann.says(room, 'too fast');

  expect(codeOf(rated)).toBe('rate');
  expect(typing.flatMap(({ id }) => ann.answersTo(id))).toEqual([]);
});

test('fills a bucket with time and never beyond its burst', () => {
  const bucket = new TokenBucket(10, 2, 0);

  const taken = [0, 0, 0, 100, 10_000, 10_000, 10_000].map((now) => bucket.take(now));

  expect(taken).toEqual([0, 0, 100, 0, 0, 0, 100]);
});
