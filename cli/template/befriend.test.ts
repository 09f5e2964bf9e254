import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testChat } from 'befriend/testing';
import config from './befriend.config.ts';

test('says when the shop is open', async () => {
  await using chat = await testChat(config);
  const ann = chat.person('Ann', { conversation: 'support' });

  await ann.says('Are you open today?');

  await ann.hears('From nine to five.');
});

test('says where an order is', async () => {
  await using chat = await testChat(config);
  const ann = chat.person('Ann');

  const answer = await chat.inject(await ann.id(), 'order.track', { order: 7 });

  assert.deepEqual(answer.body, { order: 7, state: 'sent' });
});
