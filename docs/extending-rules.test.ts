import * as v from 'valibot';
import { expect, test } from 'vitest';
import { codeOf, Stage } from '../server/bin/contract-stage.ts';
import { append, ignore, refuse, send } from '../server/core/effect.ts';
import type { Friend } from '../server/core/friend.ts';
import { actionOf, started, user } from './contract-extending.ts';

// What stands between "example" and "end" is quoted by the documents, word for word.

function withRuleAndReaction(friend: Friend): void {
  // example
  // A rule decides what an action comes to. It reads the store and nothing else.
  friend.on('order.ship', ({ action, user }) => [append(user.id, 'order.shipped', { order: action.body })]);

  // A reaction runs once the fact is on disk. It may fetch, and its effects are stored once.
  friend.after('message.sent', async ({ fact }) => {
    if (fact.body.text !== 'Are you open?') return [];
    return [append(fact.log, 'message.sent', { text: await openingHours() }, { item: true })];
  });
  // end
}

function withFilters(friend: Friend): void {
  // example
  // In groups, visitors say nothing about casinos; all else is decided as before.
  friend.on('message.send', { in: 'group', by: 'visitor' }, ({ action }, next) =>
    /casino/i.test(action.body.text) ? [refuse('not_found')] : next(),
  );
  // end
}

function withOwnType(friend: Friend): void {
  // example
  // Shapes that do not fit are refused before the rule runs, and `action.body` has the type that the schema says.
  friend.on('order.track', ({ action, user }) => [append(user.id, 'order.tracked', { parcel: action.body.parcel })], {
    schema: v.strictObject({ parcel: v.pipe(v.number(), v.integer()) }),
  });
  // end
}

function withTheRest(friend: Friend): void {
  // example
  // Whatever no other rule takes: types of JSON that nobody knows, and every stanza that is not understood.
  friend.on('*', ({ action }) => {
    if (action.type !== 'stanza.iq') return [ignore('nothing of ours')];
    return [send('iq', { type: 'result' }, { name: 'weather', attrs: { xmlns: 'urn:example' }, children: ['fair'] })];
  });
  // end
}

function withMiddleware(friend: Friend): void {
  // example
  friend.use(async ({ action }, next) => {
    const { text = '' } = action.body as { text?: string };
    return /casino/i.test(text) ? [refuse('not_found', { detail: 'this was taken for spam' })] : next();
  });
  // end
}

test('stores what the rule says, and answers with it', async () => {
  const { friend, store } = await started(withRuleAndReaction);

  const answer = await friend.inject(user, actionOf(1, 'order.ship', { parcel: 7 }));

  expect(answer).toMatchObject({ type: 'order.shipped', by: user, body: { order: { parcel: 7 } } });
  expect(await store.page({ log: user, limit: 9 })).toMatchObject([{ type: 'order.shipped', seq: 1, by: user }]);
});

test('stores what the reaction says, once the message is stored', async () => {
  const { friend, store } = await started(withRuleAndReaction);

  await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'Are you open?' }));
  await expect.poll(() => store.page({ log: 'c_room_lobby', limit: 9 })).toHaveLength(4);

  const [, , asked, answered] = await store.page({ log: 'c_room_lobby', limit: 9 });
  expect(asked).toMatchObject({ type: 'message.sent', by: user });
  expect(answered).toMatchObject({ type: 'message.sent', by: 'friend', body: '{"text":"From nine to five."}' });
});

test('refuses by a rule for some actions alone', async () => {
  const stage = await Stage.open({ prepare: withFilters });
  const ann = await stage.person('ann');

  const answers = [await ann.says('room:lobby', 'Casino'), await ann.says('support', 'Casino')];

  expect(answers.map(codeOf)).toEqual(['not_found', 'message.sent']);
});

test('takes a type of its own from the network, and refuses what does not fit its schema', async () => {
  const stage = await Stage.open({ prepare: withOwnType });
  const ann = await stage.person('ann');

  const answers = await ann.answers(
    ann.action('order.track', { parcel: 7 }),
    ann.action('order.track', { parcel: 'seven' }),
  );

  expect(answers[0]).toMatchObject({ type: 'order.tracked', by: ann.user, body: { parcel: 7 } });
  expect(codeOf(answers[1])).toBe('schema');
});

test('answers a stanza that nobody else knows, and ignores what is none', async () => {
  const stage = await Stage.open({ prepare: withTheRest });
  const ann = await stage.person('ann');
  const attrs = { from: 'kim@example.com/x', to: 'friend.example.com', type: 'get', id: 'q' };

  stage.transport.events?.stanza({ name: 'iq', attrs, children: [] });
  const [answer] = await ann.answers(ann.action('weather.ask', {}));

  expect(stage.transport.stanzas).toMatchObject([
    { attrs: { id: 'q', to: attrs.from }, children: [{ name: 'weather' }] },
  ]);
  expect(answer).toMatchObject({ type: 'ack' });
});

test('refuses what the middleware refuses, and stores nothing of it', async () => {
  const { friend, store } = await started(withMiddleware);

  const bad = await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'CASINO!' }));
  await friend.inject(user, actionOf(2, 'message.send', { conversation: 'room:lobby', text: 'Hello' }));

  const stored = await store.page({ log: 'c_room_lobby', limit: 9 });
  expect(bad).toMatchObject({ type: 'error', body: { code: 'not_found', detail: 'this was taken for spam' } });
  expect(stored.at(-1)).toMatchObject({ type: 'message.sent', seq: 3, body: '{"text":"Hello"}' });
});

async function openingHours(): Promise<string> {
  return 'From nine to five.';
}
