import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Stage } from '../server/bin/contract-stage.ts';
import { definePlugin } from '../server/core/define-plugin.ts';
import { append } from '../server/core/effect.ts';
import { defineEvents } from '../server/core/events.ts';
import { Friend } from '../server/core/friend.ts';
import type { Plugin } from '../server/core/plugin.ts';
import { defineConfig } from '../server/package/config.ts';
import { actionOf, options, started, user } from './contract-extending.ts';

// What stands between "example" and "end" is quoted by the documents, word for word.

// example
const events = defineEvents({
  actions: { 'order.track': v.strictObject({ parcel: v.pipe(v.number(), v.integer()) }) },
  facts: { 'order.tracked': v.object({ parcel: v.number(), place: v.string() }) },
});

const tracking = defineConfig({
  events,
  setup(friend) {
    friend.on('order.track', ({ action, user }) => [
      events.append(user.id, 'order.tracked', { parcel: action.body.parcel, place: 'Ulm' }),
    ]);
  },
});
// end

// example
const hours = defineConfig({
  setup(friend) {
    friend.after('message:text', { in: 'support', by: 'visitor' }, ({ fact, author }) =>
      /open/i.test(fact.body.text)
        ? [append(fact.log, 'message.sent', { text: `From nine to five, ${author.name}.` }, { item: true })]
        : [],
    );
  },
});
// end

// example
const visits = definePlugin({
  name: 'visits',
  config: v.strictObject({ greeting: v.string() }),
  install(host, { greeting }) {
    const count = host.state.user('count', { version: 1, schema: v.number() });
    host.after('message:text', { by: 'visitor' }, async ({ fact, read }) => {
      const before = (await count.get(read, fact.by)) ?? 0;
      const text = `${greeting} You have written ${before + 1} times.`;
      return [
        await count.change(read, fact.by, () => before + 1),
        append(fact.log, 'message.sent', { text }, { item: true }),
      ];
    });
  },
});
// end

// example
function parcels(): Plugin {
  return {
    name: 'parcels',
    needs: ['conversations'],
    install(host) {
      host.on('order.ship', ({ action, user }) => [append(user.id, 'order.shipped', { order: action.body })]);
      host.after('order.shipped', ({ fact }) => {
        host.log.info('An order was shipped', { log: fact.log, seq: fact.seq });
        return [];
      });
    },
  };
}
// end

test('answers in support by ten lines of a configuration, and nowhere else', async () => {
  const stage = await Stage.open(hours);
  const ann = await stage.person('Ann');

  await ann.says('room:lobby', 'Are you open?');
  await ann.says('support', 'Are you open?');
  const said = await ann.heard((fact) => fact.by === 'friend' && fact.type === 'message.sent');

  expect(said).toMatchObject({ log: `c_support_${ann.user.slice(2)}`, body: { text: 'From nine to five, Ann.' } });
});

test('tracks by events that were declared once', async () => {
  const stage = await Stage.open(tracking);
  const ann = await stage.person('ann');

  const [tracked] = await ann.answers(ann.action('order.track', { parcel: 7 }));

  expect(tracked).toMatchObject({ type: 'order.tracked', body: { parcel: 7, place: 'Ulm' } });
});

test('counts by the state of a plugin', async () => {
  const stage = await Stage.open({ plugins: [visits({ greeting: 'Welcome.' })] });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'One');
  await ann.says('room:lobby', 'Two');
  const said = await ann.heard((fact) => JSON.stringify(fact.body).includes('2 times'));

  expect(said.body).toEqual({ text: 'Welcome. You have written 2 times.' });
});

test('installs a plugin after those that it needs', async () => {
  const { friend, store } = await started((composed) => composed.plug(parcels()));

  await friend.inject(user, actionOf(1, 'order.ship', {}));

  expect(await store.page({ log: user, limit: 9 })).toMatchObject([{ type: 'order.shipped' }]);
});

test('says which plugin is missing', () => {
  const friend = new Friend(options());

  const plug = () => friend.plug(parcels());

  expect(plug).toThrow('FRIEND_PLUGIN_MISSING');
});
