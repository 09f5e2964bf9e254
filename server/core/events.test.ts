import * as v from 'valibot';
import { expect, expectTypeOf, test } from 'vitest';
import type { Widget } from '../../widget/embed/mount.ts';
import { codeOf, Stage } from '../bin/contract-stage.ts';
import { defineConfig } from '../package/config.ts';
import { tell } from './effect.ts';
import { defineEvents } from './events.ts';
import type { Friend } from './friend.ts';

const events = defineEvents({
  actions: {
    'order.track': v.strictObject({ parcel: v.pipe(v.number(), v.integer()) }),
    'order.guess': v.strictObject({ place: v.unknown() }),
  },
  facts: {
    'order.tracked': v.object({ parcel: v.number(), place: v.string() }),
    'order.seen': v.object({ parcel: v.number() }),
  },
});

const orders = defineConfig({
  events,
  setup(friend) {
    friend.on('order.track', ({ action, user }) => [
      events.append(user.id, 'order.tracked', { parcel: action.body.parcel, place: 'Ulm' }),
    ]);
    friend.on('order.guess', ({ action, user }) => [
      { do: 'append', log: user.id, type: 'order.tracked', body: { parcel: 7, place: action.body.place } },
    ]);
    friend.after('order.tracked', ({ fact }) => [
      events.append(fact.log, 'order.seen', { parcel: fact.body.parcel }, { by: fact.by }),
    ]);
  },
});

test('takes a catalogue’s actions from the network, and stores facts of its shapes', async () => {
  const stage = await Stage.open(orders);
  const ann = await stage.person('ann');

  const [tracked, wrong, missing] = await ann.answers(
    ann.action('order.track', { parcel: 7 }),
    ann.action('order.track', { parcel: 7.5 }),
    ann.action('order.trace', {}),
  );
  const seen = await ann.heard((fact) => (fact.type as string) === 'order.seen');

  expect(tracked).toMatchObject({ type: 'order.tracked', log: ann.user, body: { parcel: 7, place: 'Ulm' } });
  expect([wrong, missing].map(codeOf)).toEqual(['schema', 'unknown_type']);
  expect(seen.body).toEqual({ parcel: 7 });
});

test('fails a rule whose fact has another shape, stores nothing, and says the type and the path', async () => {
  const stage = await Stage.open(orders);
  const ann = await stage.person('ann');

  const [answer] = await ann.answers(ann.action('order.guess', { place: 5 }));

  expect(codeOf(answer)).toBe('failed');
  expect(await stage.store.log(ann.user)).toBeUndefined();
  expect(stage.log.lines.join()).toMatch(/FRIEND_FACT: .*\(order\.tracked, body\.place: /);
});

test('stores what a shape makes of a body: keys that it does not know are left out', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend
        .events(events)
        .on('order.loose', ({ user }) => [
          { do: 'append', log: user.id, type: 'order.seen', body: { parcel: 1, secret: 2 } },
        ]),
  });
  const ann = await stage.person('ann');

  const answer = await stage.friend.inject(ann.user, ann.action('order.loose', {}));

  expect(answer.body).toEqual({ parcel: 1 });
});

test('checks what is told like what is stored', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.events(events).on('order.shout', () => [tell('sender', 'order.seen', { parcel: 'one' })]),
  });
  const ann = await stage.person('ann');

  const answer = await stage.friend.inject(ann.user, ann.action('order.shout', {}));

  expect(codeOf(answer)).toBe('failed');
});

test.each(['message.send', 'parcel', 'stanza.mine', 'Order.Track', '__proto__.x', 'order.'])(
  'refuses a type that is none of the team’s own: %s',
  (type) => {
    const define = () => defineEvents({ actions: { [type]: v.object({}) } });

    expect(define).toThrow('FRIEND_EVENTS');
  },
);

test('refuses a second shape for one type', async () => {
  const other = defineEvents({ facts: { 'order.seen': v.object({}) } });

  const twice = Stage.open({ prepare: (friend) => void friend.events(events).events(other) });

  await expect(twice).rejects.toThrow('FRIEND_EVENTS');
});

test('gives its type to the page: what it sends, and what it hears', () => {
  const check = (chat: Widget<typeof events>): void => {
    void chat.emit('order.track', { parcel: 7 });
    // @ts-expect-error a body of another shape
    void chat.emit('order.track', { parcel: 'seven' });
    chat.on('order.tracked', (fact) => expectTypeOf(fact.body).toEqualTypeOf<{ parcel: number; place: string }>());
  };

  expect(check).toBeTypeOf('function');
});

test('knows each body at the time of compiling', () => {
  const check = (friend: Friend): void => {
    const own = friend.events(events);
    own.on('order.track', ({ action }) => {
      expectTypeOf(action.body).toEqualTypeOf<{ parcel: number }>();
      return [];
    });
    own.on('message.send', ({ action }) => {
      expectTypeOf(action.body.text).toEqualTypeOf<string>();
      return [];
    });
    own.after('order.tracked', ({ fact }) => {
      expectTypeOf(fact.body).toEqualTypeOf<{ parcel: number; place: string }>();
      // @ts-expect-error a body of another shape
      return [events.append(fact.log, 'order.seen', { parcel: 'one' })];
    });
    own.after('message.sent', ({ fact }) => {
      expectTypeOf(fact.body.text).toEqualTypeOf<string>();
      return [];
    });
    friend.on('order.track', ({ action }) => {
      expectTypeOf(action.body).toEqualTypeOf<unknown>();
      return [];
    });
  };

  expect(check).toBeTypeOf('function');
});
