import { expect, test } from 'vitest';
import { mount } from '../../../widget/package/befriend.ts';
import { defineConfig } from '../../package/config.ts';
import { testChat } from '../../testing/test-chat.ts';
import { proactive } from './proactive.ts';

const from = { name: 'ava', title: 'Ava' };

test('counts on the closed launcher, and stands in the conversation when it is opened', async () => {
  const said = { name: 'cart', when: { event: 'cart.left' }, say: 'Shall we keep your cart?', from };
  await using chat = await testChat(defineConfig({ plugins: [proactive([said])] }));
  const widget = await chat.widget(mount, document.body);
  widget.widget.close();

  await widget.widget.track('cart.left', { items: 2 });
  const badge = await widget.finds('.badge');
  await widget.waits('for the count', () => badge.textContent === '1');
  widget.widget.open();

  await widget.shows('Shall we keep your cart?');
  expect(widget.bubbles).toEqual(['Shall we keep your cart?']);
});

test('asks a widget with consent where it is, and one without for nothing', async () => {
  const said = { name: 'here', when: { url: '*' }, say: 'You are here.', from };
  await using chat = await testChat(defineConfig({ plugins: [proactive([said])] }));

  const widget = await chat.widget(mount, document.body, { data: { consent: 'functional' } });
  const other = await chat.widget(mount, document.body, { data: { consent: 'session' } });
  await widget.shows('You are here.');
  await chat.later('1m');

  expect(other.text).not.toContain('You are here.');
});
