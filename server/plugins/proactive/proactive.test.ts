import { expect, test } from 'vitest';
import { hoursOf } from '../../hours/hours.ts';
import { defineConfig } from '../../package/config.ts';
import { type TestChat, testChat } from '../../testing/test-chat.ts';
import type { ProactiveMessage, ProactiveOptions } from './options.ts';
import { proactive } from './proactive.ts';

const from = { name: 'ava', title: 'Ava' };
const support = { conversation: 'support' };

function saying(messages: readonly Partial<ProactiveMessage>[], options: ProactiveOptions = { still: 0 }) {
  const all = messages.map((one, n) => ({ name: `m${n}`, when: {}, say: `Number ${n}`, from, ...one }));
  return defineConfig({ plugins: [proactive(all, options)] });
}

/** What somebody's conversation with support holds in words. */
async function words(chat: TestChat, user: string): Promise<string[]> {
  const facts = await chat.stored(`c_support_${user.slice(2)}`);
  return facts.flatMap(({ type, body }) =>
    type === 'message.sent' ? [(JSON.parse(body) as { text: string }).text] : [],
  );
}

const at = (path: string) => ({ url: `https://shop.example${path}`, title: 'Shop' });

test('says something on a page, once, and as a person of its own', async () => {
  await using chat = await testChat(saying([{ when: { url: '/checkout' } }]), support);
  const ann = chat.person('ann');
  await ann.arrives();

  await ann.emits('page.changed', at('/lamps'));
  await ann.hearsNothing();
  await ann.emits('page.changed', at('/checkout'));
  await ann.hears('Number 0');
  await ann.emits('page.changed', at('/lamps'));
  await ann.emits('page.changed', at('/checkout'));

  await ann.hearsNothing();
});

test('waits on a page, and says nothing to who has left it', async () => {
  await using chat = await testChat(saying([{ when: { url: '/checkout', after: '30s' } }]), support);
  const { ann, bob } = chat.people('ann', 'bob');
  await Promise.all([ann.arrives(), bob.arrives()]);

  await ann.emits('page.changed', at('/checkout'));
  await bob.emits('page.changed', at('/checkout'));
  await chat.later('20s');
  await bob.emits('page.changed', at('/lamps'));
  await chat.later('11s');

  await ann.hears('Number 0');
  await bob.hearsNothing();
});

test('says nothing to who is gone when the time has come, over a restart neither', async () => {
  await using chat = await testChat(saying([{ when: { after: '1m' } }]), support);
  const { ann, bob } = chat.people('ann', 'bob');
  await Promise.all([ann.arrives(), bob.arrives()]);
  const [annId, bobId] = [await ann.id(), await bob.id()];

  bob.leaves();
  await chat.later('30s');
  await chat.restart();
  await chat.later('1m');

  expect(await words(chat, annId)).toEqual(['Number 0']);
  expect(await words(chat, bobId)).toEqual([]);
});

test('says it when the page tells of an event', async () => {
  await using chat = await testChat(saying([{ when: { event: 'cart.left' } }]), support);
  const ann = chat.person('ann');
  await ann.arrives();

  const other = await ann.emits('page.track', { name: 'cart.seen' });
  const answer = await ann.emits('page.track', { name: 'cart.left', data: { items: 2 } });
  await ann.hears('Number 0');

  expect([other.type, answer.type]).toEqual(['ack', 'ack']);
});

test('waits once for a person with what an event leads to, however often the page tells of it', async () => {
  await using chat = await testChat(saying([{ when: { event: 'cart.left', after: '1m' }, once: false }]), support);
  const ann = chat.person('ann');
  await ann.arrives();

  for (let times = 0; times < 5; times += 1) await ann.emits('page.track', { name: 'cart.left' });
  const scheduled = await chat.store.scheduled(10);
  await chat.later('1m');
  await ann.hears('Number 0');
  await chat.later('24h');
  await ann.emits('page.track', { name: 'cart.left' });

  expect(scheduled).toHaveLength(1);
  expect(await chat.store.scheduled(10)).toHaveLength(1);
});

test('leaves an event to the rule of the team that has one', async () => {
  const config = saying([{ when: { event: 'cart.left' } }]);
  const heard: unknown[] = [];
  const setup = defineConfig({
    ...config,
    setup: (friend) =>
      friend.on('page.track', ({ action }) => {
        heard.push(action.body);
        return [];
      }),
  });
  await using chat = await testChat(setup, support);
  const ann = chat.person('ann');
  await ann.arrives();

  await ann.emits('page.track', { name: 'cart.left' });
  await ann.hears('Number 0');

  expect(heard).toContainEqual({ name: 'cart.left' });
});

test('counts visits: half an hour away makes another', async () => {
  await using chat = await testChat(saying([{ when: { visits: 2 } }]), support);
  const ann = chat.person('ann');
  await ann.arrives();
  await ann.reloads();
  await ann.hearsNothing();

  await chat.later('31m');
  await ann.reloads();

  await ann.hears('Number 0');
});

test('says it once also to who has signed in since, and on his other devices', async () => {
  await using chat = await testChat(saying([{ when: {} }]), support);
  const ann = chat.person('ann');
  await ann.hears('Number 0');

  await ann.signsIn();
  await ann.reloads();
  await ann.phone();

  await ann.hearsNothing();
});

test('says it once to who has several tabs open, and again after a day where it may', async () => {
  await using chat = await testChat(saying([{ when: { event: 'x' }, once: false }]), support);
  const ann = chat.person('ann');
  const tab = ann.tab();
  await Promise.all([ann.arrives(), tab.arrives()]);
  const user = await ann.id();

  await Promise.all([ann.emits('page.track', { name: 'x' }), tab.emits('page.track', { name: 'x' })]);
  const before = await words(chat, user);
  await chat.later('24h');
  await ann.emits('page.track', { name: 'x' });

  expect(before).toEqual(['Number 0']);
  expect(await words(chat, user)).toEqual(['Number 0', 'Number 0']);
});

test('says no more than so much a day', async () => {
  const names = ['a', 'b', 'c'];
  await using chat = await testChat(saying(names.map((event) => ({ when: { event } }))), support);
  const ann = chat.person('ann');
  await ann.arrives();

  for (const name of names) await ann.emits('page.track', { name });

  expect(await words(chat, await ann.id())).toEqual(['Number 0', 'Number 1']);
});

test('keeps quiet at night', async () => {
  const hours = hoursOf({ zone: 'UTC', week: { fri: [['09:00', '18:00']], sat: [['09:00', '18:00']] } });
  await using chat = await testChat(saying([{ when: { event: 'x' } }], { hours, still: 0 }), {
    ...support,
    now: '2027-01-15T20:00:00Z',
  });
  const ann = chat.person('ann');
  await ann.arrives();

  await ann.emits('page.track', { name: 'x' });
  await ann.hearsNothing();
  await chat.later('14h');
  await ann.emits('page.track', { name: 'x' });

  await ann.hears('Number 0');
});

test('does not talk into what people have under way', async () => {
  await using chat = await testChat(saying([{ when: { event: 'x' } }]), support);
  const ann = chat.person('ann');
  const kim = chat.colleague('kim');
  await kim.arrives();
  await ann.says('Is anybody there?');

  await ann.emits('page.track', { name: 'x' });

  expect(await words(chat, await ann.id())).not.toContain('Number 0');
});

test('is not on the colleagues’ list until the person says something', async () => {
  await using chat = await testChat(saying([{ when: { event: 'x' } }]), support);
  const kim = chat.colleague('kim');
  await kim.arrives();
  const ann = chat.person('ann');
  await ann.arrives();
  await ann.emits('page.track', { name: 'x' });
  await ann.hears('Number 0');
  await kim.hearsNothing();

  await ann.says('Tell me more');

  await kim.hears('Tell me more');
});

test.each([
  ['visitor', ['Number 0'], []],
  ['user', [], ['Number 0']],
] as const)('tells %s alone', async (to, visitor, user) => {
  await using chat = await testChat(saying([{ when: { event: 'x' }, to }]), support);
  const ann = chat.person('ann');
  const bob = chat.person('bob', { signedIn: true });
  await Promise.all([ann.arrives(), bob.arrives()]);

  for (const one of [ann, bob]) await one.emits('page.track', { name: 'x' });

  expect(await words(chat, await ann.id())).toEqual(visitor);
  expect(await words(chat, await bob.id())).toEqual(user);
});

test.each<[string, Partial<ProactiveMessage>]>([
  ['no name', { name: 'Not A Name' }],
  ['an address with a query', { when: { url: '/x?y=1' } }],
  ['a time that is none', { when: { after: 'soon' } }],
  ['nothing to say', { say: ' ' }],
])('ends the start by %s', (_, given) => {
  expect(() => saying([given])).toThrow('FRIEND_PROACTIVE');
});
