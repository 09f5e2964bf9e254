import * as v from 'valibot';
import { afterEach, expect, expectTypeOf, test } from 'vitest';
import { friendInPage, type PageFriend, type PageFriendOptions } from '../../server/testing/page-friend.ts';
import { mount, type Widget } from './mount.ts';

/** What the team says once, for the friend and for the page. */
const events = {
  actions: {
    'order.placed': v.strictObject({ number: v.pipe(v.number(), v.integer()) }),
    'order.dropped': v.strictObject({ number: v.number() }),
  },
  facts: { 'order.confirmed': v.object({ number: v.number(), desk: v.string() }) },
};

let page: PageFriend;
let chat: Widget<typeof events>;

type Friend = Parameters<NonNullable<PageFriendOptions['prepare']>>[0];

async function mounted(prepare: (friend: Friend) => void): Promise<void> {
  localStorage.clear();
  page = await friendInPage({ prepare });
  chat = mount<typeof events>(document.body, { ...page.addresses, conversation: 'room:lobby' });
}

function orders(friend: Friend): void {
  friend.on(
    'order.placed',
    ({ action, user }) => [
      { do: 'append', log: user.id, type: 'order.confirmed', body: { ...action.body, desk: '3' } },
    ],
    {
      schema: events.actions['order.placed'],
    },
  );
  friend.on('order.dropped', () => [{ do: 'answer', type: 'ack', body: {} }], {
    schema: events.actions['order.dropped'],
  });
}

afterEach(async () => {
  await chat.destroy();
  await page.stop();
});

test('sends an event of the team’s own and hears what came of it, with the types of the team’s catalogue', async () => {
  await mounted(orders);
  const desks: string[] = [];
  const stop = chat.on('order.confirmed', ({ body }) => {
    expectTypeOf(body).toEqualTypeOf<{ number: number; desk: string }>();
    desks.push(body.desk);
  });

  const answered = await chat.emit('order.placed', { number: 7 });
  const dropped = await chat.emit('order.dropped', { number: 7 });
  stop();
  await chat.emit('order.placed', { number: 8 });

  expect(answered).toMatchObject({ type: 'order.confirmed', body: { number: 7, desk: '3' } });
  expect(dropped.type).toBe('ack');
  expect(desks).toEqual(['3']);
});

test('is told what is wrong with an event that does not fit, and does not compile with one', async () => {
  await mounted(orders);

  // @ts-expect-error there is no such action in the catalogue
  const unknown = await chat.emit('order.plaecd', { number: 7 });
  // @ts-expect-error the number is a number
  const misfit = await chat.emit('order.placed', { number: 'seven' });

  expect([unknown, misfit].map(({ body }) => (body as { code?: string }).code)).toEqual(['unknown_type', 'schema']);
});

test('says what a mount needs', () => {
  expect(() => mount(document.body, { service: 'ws://x', friend: '' })).toThrow('data-friend');
});
