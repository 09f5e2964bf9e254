import * as v from 'valibot';
import { expect, expectTypeOf, test } from 'vitest';
import { codeOf, Stage } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import { definePlugin } from './define-plugin.ts';
import { defineEvents } from './events.ts';
import type { Store } from './store.ts';

const events = defineEvents({
  actions: { 'basket.add': v.strictObject({ item: v.string() }) },
  facts: { 'basket.filled': v.object({ items: v.array(v.string()), spent: v.number() }) },
});

/** A basket for each user, in its second shape; its first was a list of items. */
const basket = definePlugin({
  name: 'basket',
  events,
  config: v.strictObject({ price: v.pipe(v.number(), v.minValue(1)), most: v.optional(v.number(), 3) }),
  install(host, { price, most }) {
    const kept = host.state.user('basket', {
      version: 2,
      schema: v.strictObject({ items: v.array(v.string()), spent: v.number() }),
      migrate: { 1: (old) => ({ items: old, spent: (old as string[]).length * price }) },
    });
    host.on('basket.add', async ({ action, read, user }) => {
      const before = (await kept.get(read, user.id)) ?? { items: [], spent: 0 };
      const after = { items: [...before.items, action.body.item].slice(-most), spent: before.spent + price };
      return [await kept.change(read, user.id, () => after), events.append(user.id, 'basket.filled', after)];
    });
  },
});

const rowOf = (user: string) => ['basket', 'user:basket', user] as const;

test('installs what its configuration says, and keeps a state for each user', async () => {
  const stage = await Stage.open({ plugins: [basket({ price: 5 })] });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];

  await ann.answers(ann.action('basket.add', { item: 'tea' }));
  const [second] = await ann.answers(ann.action('basket.add', { item: 'milk' }));
  const [other] = await bob.answers(bob.action('basket.add', { item: 'jam' }));

  expect(second?.body).toEqual({ items: ['tea', 'milk'], spent: 10 });
  expect(other?.body).toEqual({ items: ['jam'], spent: 5 });
  expect(await stage.store.state(...rowOf(ann.user))).toBe('{"v":2,"value":{"items":["tea","milk"],"spent":10}}');
});

test('keeps one value for each conversation, one for all, and both over a restart', async () => {
  const number = { version: 1, schema: v.number() };
  const counts = definePlugin({
    name: 'counts',
    install(host) {
      const [each, all] = [host.state.conversation('said', number), host.state.global('said', number)];
      host.after('message.sent', async ({ fact, read }) => [
        await each.change(read, fact.log, (old = 0) => old + 1),
        await all.change(read, (old = 0) => old + 1),
      ]);
    },
  });
  const store = memoryStore();
  const told = async (stage: Stage, ...rooms: string[]): Promise<void> => {
    const ann = await stage.person('ann');
    for (const room of rooms) await ann.says(room, 'Hello');
    await ann.quiet();
  };

  await told(await Stage.open({ store, plugins: [counts()] }), 'room:tea', 'room:milk', 'room:tea');
  await told(await Stage.open({ store, plugins: [counts()] }), 'room:milk');

  const values = await Promise.all([
    store.state('counts', 'conversation:said', 'c_room_tea'),
    store.state('counts', 'conversation:said', 'c_room_milk'),
    store.state('counts', 'global:said', ''),
  ]);
  expect(values.map((value) => JSON.parse(value ?? '{}').value)).toEqual([2, 2, 4]);
});

test('lifts what an older version has kept', async () => {
  const store = memoryStore();
  const stage = await Stage.open({ store, plugins: [basket({ price: 5 })] });
  const ann = await stage.person('ann');
  await keep(store, ann.user, '{"v":1,"value":["tea"]}');

  const [filled] = await ann.answers(ann.action('basket.add', { item: 'milk' }));

  expect(filled?.body).toEqual({ items: ['tea', 'milk'], spent: 10 });
});

test.each([
  ['is of a newer version', '{"v":3,"value":{}}', 'FRIEND_STATE_NEWER'],
  ['does not fit', '{"v":2,"value":{"items":"tea"}}', 'FRIEND_STATE: .*value.items'],
])('fails a rule whose state %s, and leaves it as it is', async (_, text, says) => {
  const store = memoryStore();
  const stage = await Stage.open({ store, plugins: [basket({ price: 5 })] });
  const ann = await stage.person('ann');
  await keep(store, ann.user, text);

  const [answer] = await ann.answers(ann.action('basket.add', { item: 'milk' }));

  expect(codeOf(answer)).toBe('failed');
  expect(stage.log.lines.join()).toMatch(new RegExp(says));
  expect(await store.state(...rowOf(ann.user))).toBe(text);
});

test('loses nothing where many change one state at once: who comes too late may ask again', async () => {
  const stage = await Stage.open({ plugins: [basket({ price: 5, most: 20 })] });
  const ann = await stage.person('ann');
  const items = Array.from({ length: 10 }, (_, index) => `${index}`);

  const answers = await Promise.all(
    items.map((item) => stage.friend.inject(ann.user, ann.action('basket.add', { item }))),
  );

  const taken = answers.filter((answer) => codeOf(answer) !== 'busy');
  const stored = JSON.parse((await stage.store.state(...rowOf(ann.user))) ?? '');
  expect(stored.value.items).toHaveLength(taken.length);
  expect(stored.value.spent).toBe(taken.length * 5);
});

test('keeps what fits and no more', async () => {
  const hoard = definePlugin({
    name: 'hoard',
    install(host) {
      const heap = host.state.global('heap', { version: 1, schema: v.string() });
      host.on('hoard.keep', ({ action }) => [heap.set(action.body as string)]);
    },
  });
  const stage = await Stage.open({ plugins: [hoard()] });
  const ann = await stage.person('ann');
  const put = (value: unknown) => stage.friend.inject(ann.user, ann.action('hoard.keep', value));

  const answers = [await put('small'), await put('x'.repeat(16_384)), await put(7)];

  expect(answers.map(codeOf)).toEqual(['ack', 'failed', 'failed']);
  expect(await stage.store.state('hoard', 'global:heap', '')).toBe('{"v":1,"value":"small"}');
});

test('says where a configuration does not fit', () => {
  const wrong = () => basket({ price: 0 });

  expect(wrong).toThrow(/FRIEND_PLUGIN_CONFIG.*\(basket, config\.price: /);
  expectTypeOf(basket).parameter(0).toEqualTypeOf<{ price: number; most?: number | undefined }>();
});

test('takes no state that cannot lift what is older, or is declared twice', async () => {
  const open = (declare: (plugin: Parameters<Parameters<typeof definePlugin>[0]['install']>[0]) => void) =>
    Stage.open({ plugins: [definePlugin({ name: 'odd', install: declare })()] });
  const shape = { version: 1, schema: v.string() };

  const gap = open((host) => void host.state.user('a', { ...shape, version: 2 }));
  const twice = open((host) => void [host.state.user('a', shape), host.state.user('a', shape)]);

  await expect(gap).rejects.toThrow('FRIEND_STATE');
  await expect(twice).rejects.toThrow('FRIEND_STATE');
});

async function keep(store: Store, user: string, value: string): Promise<void> {
  const [plugin, scope, key] = rowOf(user);
  const row = { plugin, scope, key, value };
  await store.commit([{ id: 'kept', digest: '', reads: [], appends: [], puts: [{ table: 'state', row }] }], []);
}
