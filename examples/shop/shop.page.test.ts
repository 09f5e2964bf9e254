import { testChat } from 'befriend/testing';
import { expect, test } from 'vitest';
import { mount } from '../../widget/package/befriend.ts';
import config from './befriend.config.ts';

/** The order service: Ann has bought a lamp and Bob a chair. */
function service() {
  const orders = {
    '/customers/a1/orders/7': { order: 7, item: 'lamp', state: 'sent' },
    '/customers/b2/orders/8': { order: 8, item: 'chair', state: 'packed' },
  };
  const web = (url: string) => {
    const order = Object.entries(orders).find(([path]) => url === `https://orders.example${path}`)?.[1];
    return order === undefined ? { status: 404 } : { json: order };
  };
  return { orders, web };
}

test('says where an order is, and that it has arrived, days later', async () => {
  const { orders, web } = service();
  await using chat = await testChat(config, { conversation: 'support', web });
  const ann = chat.person('ann');
  await ann.signsIn({ attributes: { customer: 'a1' } });

  await ann.says('Where is my order 7?');
  await ann.hears('Order 7, lamp: sent.');
  await ann.chooses('Tell me when it arrives');
  await ann.hears('I will tell you here.');
  await chat.later('2 days');
  await ann.hearsNothing();
  orders['/customers/a1/orders/7'].state = 'delivered';
  await chat.restart();
  await chat.later('6h');

  await ann.hears('Your lamp has arrived.');
  await chat.later('10 days');
  await ann.hearsNothing();
});

test('knows no order of somebody else, and none of who has not signed in', async () => {
  await using chat = await testChat(config, { conversation: 'support', web: service().web });
  const { ann, bob } = chat.people('ann', 'bob');
  await bob.signsIn({ attributes: { customer: 'b2' } });

  await ann.says('order 7');
  await bob.says('order 7');

  await ann.hears('I find no order 7 of yours.');
  await bob.hears('I find no order 7 of yours.');
});

test('tells a page what its button asked for, and nobody else', async () => {
  await using chat = await testChat(config, { web: service().web });
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.signsIn({ attributes: { customer: 'a1' } });
  await bob.arrives();

  await ann.emits('order.track', { order: 7 });
  const { body } = await ann.hearsFact('order.tracked');
  await ann.emits('order.track', { order: 8 });
  await ann.hearsFact('order.missing');

  expect(body).toEqual({ order: 7, item: 'lamp', state: 'sent' });
  expect(bob.heard.facts.filter(({ type }) => type.startsWith('order.'))).toEqual([]);
});

test('takes no order but by its number, and no look that was not scheduled', async () => {
  await using chat = await testChat(config, { web: service().web });
  const ann = chat.person('ann');

  const wrong = await ann.emits('order.track', { order: 'seven' });
  const early = await ann.emits('order.look', { order: 7, conversation: 'c_room_lobby', times: 1 });

  expect([wrong.body, early.body]).toMatchObject([{ code: 'schema' }, { code: 'unknown_type' }]);
});

test('is a card with a button in the widget', async () => {
  await using chat = await testChat(config, { conversation: 'support', web: service().web });
  const ann = chat.person('ann');
  await ann.signsIn({ attributes: { customer: 'a1' } });
  const widget = await chat.widget(mount, document.body, { person: ann });
  widget.widget.render('order.card', (data) => {
    const { item, state } = data as { item: string; state: string };
    const node = document.createElement('p');
    node.textContent = `The ${item} is ${state}`;
    return node;
  });

  await widget.says('order 7');
  await expect.poll(() => widget.host.textContent).toContain('The lamp is sent');
  await widget.clicks('Tell me when it arrives');

  await widget.shows('I will tell you here.');
});
