import * as v from 'valibot';
import { expect, test } from 'vitest';
import { codeOf, Stage, type StageOptions } from '../bin/contract-stage.ts';
import { append } from './effect.ts';

const orders: StageOptions = {
  prepare: (friend) =>
    friend.on(
      'order.ship',
      ({ action, user }) => [append(user.id, 'order.shipped', { parcel: action.body.parcel + 1 })],
      { schema: v.strictObject({ parcel: v.number() }) },
    ),
};

test('takes a type of the team’s own from the network, and stores what its rule says', async () => {
  const stage = await Stage.open(orders);
  const ann = await stage.person('ann');

  const [shipped] = await ann.answers(ann.action('order.ship', { parcel: 6 }));

  expect(shipped).toMatchObject({ type: 'order.shipped', log: ann.user, seq: 1, body: { parcel: 7 } });
});

test('refuses bodies that do not fit its schema, and types that have none', async () => {
  const stage = await Stage.open(orders);
  const ann = await stage.person('ann');
  const actions = [
    ann.action('order.ship', { parcel: 'six' }),
    ann.action('order.ship', { parcel: 6, more: 1 }),
    ann.action('stage.sync', {}),
    ann.action('__proto__', {}),
  ];

  const answers = await ann.answers(...actions);

  expect(answers.map(codeOf)).toEqual(['schema', 'schema', 'unknown_type', 'unknown_type']);
});

test('has the types of one friend apart from those of another', async () => {
  await Stage.open(orders);
  const other = await Stage.open();
  const ann = await other.person('ann');

  const [answer] = await ann.answers(ann.action('order.ship', { parcel: 6 }));

  expect(codeOf(answer)).toBe('unknown_type');
});
