import { expect, test } from 'vitest';
import { codeOf, Stage } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import type { Friend } from './friend.ts';
import type { Store } from './store.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

test('answers a repeat as it answered the first time, and stores nothing', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');
  const [first] = await ann.answers(message);
  await ann.says(room, 'later');

  const [second] = await ann.answers(message);

  expect(second).toEqual(first);
  expect((await stage.store.log(log))?.lastSeq).toBe(4);
});

test('answers each of several repeats in one frame with the same fact', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');

  ann.send(message, message, message);
  await ann.quiet();

  expect(ann.answersTo(message.id).map(({ seq }) => seq)).toEqual([3, 3, 3]);
  expect((await stage.store.log(log))?.lastSeq).toBe(3);
});

test('answers a repeat that comes from another connection of the device', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');
  await ann.answers(message);
  ann.leave();
  const again = await stage.person('again', ann.secret);

  const [answer] = await again.answers(message);

  expect(answer).toMatchObject({ type: 'message.sent', seq: 3, prev: 2, re: message.id });
});

test('refuses an id that was used with other content', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');
  await ann.answers(message);

  const [answer] = await ann.answers({ ...message, body: { conversation: room, text: 'Bye' } });

  expect(codeOf(answer)).toBe('id_reused');
});

test('gives two devices that use the same id an answer of their own', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const message = ann.message(room, 'Hello');

  const [one] = await ann.answers(message);
  const [other] = await bob.answers(message);

  expect([one?.by, other?.by]).toEqual([ann.user, bob.user]);
  expect(one?.seq).not.toBe(other?.seq);
});

test('gives the first answer also where the rule would refuse the action today', async () => {
  let isClosed = false;
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.use((context, next) =>
        isClosed && context.action.type === 'message.send'
          ? Promise.resolve([{ do: 'refuse', code: 'not_found' }])
          : next(),
      ),
  });
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');
  const [first] = await ann.answers(message);
  isClosed = true;

  const [again, other] = await ann.answers(message, ann.message(room, 'Hello'));

  expect(again).toEqual(first);
  expect(codeOf(other)).toBe('not_found');
});

test('gives the first answer also where the rule throws today, and says id_reused to other content', async () => {
  let isBroken = false;
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.use((_, next) => {
        if (isBroken) throw new Error('broken');
        return next();
      }),
  });
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');
  const [first] = await ann.answers(message);
  isBroken = true;

  const [again] = await ann.answers(message);
  const [other] = await ann.answers({ ...message, body: { conversation: room, text: 'Bye' } });

  expect(again).toEqual(first);
  expect(codeOf(other)).toBe('id_reused');
});

test('answers an action that is sent without a network, and one that nobody answers with an ack', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];

  const sent = await stage.friend.inject(ann.user, ann.message(room, 'Hello'));
  const typed = await stage.friend.inject(bob.user, bob.action('typing.set', { conversation: log, on: true }));
  const nobody = await stage.friend.inject(`u_${'0'.repeat(20)}`, ann.message(room, 'Hello'));

  expect(sent).toMatchObject({ type: 'message.sent', by: ann.user });
  expect(typed.type).toBe('ack');
  expect(codeOf(nobody)).toBe('not_open');
  expect(stage.friend.status.connections).toBe(2);
});

test('takes the same id from two users without a network as two actions', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const message = ann.message(room, 'Hello');

  const answers = [await stage.friend.inject(ann.user, message), await stage.friend.inject(bob.user, message)];

  expect(answers.map(({ by }) => by)).toEqual([ann.user, bob.user]);
});

test('goes on with who repeats a message while the store cannot be read', async () => {
  const store = memoryStore();
  let isBroken = false;
  let isRefused = false;
  const page: Store['page'] = (query) => (isBroken ? Promise.reject(new Error('disk I/O error')) : store.page(query));
  const prepare = (friend: Friend) =>
    friend.use(async ({ action }, next) => {
      const effects = await next();
      return isRefused && action.type === 'message.send' ? [{ do: 'refuse', code: 'not_found' }] : effects;
    });
  const stage = await Stage.open({ store: { ...store, page }, prepare });
  const ann = await stage.person('ann');
  const message = ann.message('room:lobby', 'Hello');
  await ann.answers(message);

  [isBroken, isRefused] = [true, true];
  const [repeated] = await ann.answers(message);
  [isBroken, isRefused] = [false, false];

  expect(codeOf(repeated)).toBe('busy');
  expect((await ann.says('room:lobby', 'Again')).type).toBe('message.sent');
});
