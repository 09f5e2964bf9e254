import { WebSocketInterceptor } from '@mswjs/interceptors/WebSocket';
import { defineNetwork, InterceptorSource } from 'msw/experimental';
import { expect, test } from 'vitest';
import { mount } from '../../widget/package/befriend.ts';
import { append } from '../core/effect.ts';
import type { Config } from '../package/config.ts';
import { testChat } from './test-chat.ts';

const bot: Config = {
  setup: (friend) => {
    friend.after('message.sent', ({ fact }) => {
      if (fact.body.text !== 'Help') return [];
      const replies = [
        { id: 'parcel', label: 'Where is my parcel?' },
        { id: 'return', label: 'I send something back' },
      ];
      return [append(fact.log, 'message.sent', { text: 'What is it about?', extras: { replies } }, { item: true })];
    });
    friend.after('message.answered', ({ fact }) => [
      append(fact.log, 'message.sent', { text: `Then it is ${fact.body.choice}.` }, { item: true }),
    ]);
  },
};

test('mounts the real widget: somebody types, sends, and presses a quick reply of a bot', async () => {
  await using chat = await testChat(bot);
  const widget = await chat.widget(mount, document.body, { data: { name: 'Ann' } });

  await widget.says('Help');
  await widget.shows('What is it about?');
  await widget.clicks('I send something back');
  await widget.shows('Then it is return.');

  expect(widget.bubbles).toEqual(expect.arrayContaining(['Help', 'Then it is return.']));
});

test('lets people without a screen and a widget talk to each other', async () => {
  await using chat = await testChat();
  const ann = chat.person('ann');
  const widget = await chat.widget(mount, document.body, { data: { conversation: 'room:lobby', name: 'Bob' } });

  await ann.says('Is anybody here?');
  await widget.shows('Is anybody here?');
  await widget.says('I am');

  await ann.hears('I am');
});

test('is another tab of somebody of the test', async () => {
  await using chat = await testChat();
  const ann = chat.person('ann', { conversation: 'support' });
  await ann.says('From my other tab');

  const widget = await chat.widget(mount, document.body, { person: ann });
  await widget.shows('From my other tab');
  await widget.says('And from here');

  await ann.sees('And from here');
});

test('leaves nothing in the page', async () => {
  const own = WebSocket;
  const chat = await testChat();
  await chat.widget(mount, document.body);

  await chat.stop();

  expect(WebSocket).toBe(own);
  expect(document.querySelectorAll('befriend-chat')).toHaveLength(0);
  expect(Object.keys(sessionStorage).filter((key) => key.startsWith('befriend:friend.chat.test'))).toEqual([]);
});

test('is reached by a network of MSW that stands already', async () => {
  const chat = await testChat();
  const network = defineNetwork({
    sources: [new InterceptorSource({ interceptors: [new WebSocketInterceptor()] })],
    handlers: [...(await chat.handlers())],
    onUnhandledFrame: 'bypass',
    context: { quiet: true },
  });
  await network.enable();

  const widget = await chat.widget(mount, document.body);
  await widget.says('Through your own network');
  const stored = chat.trace.of('stored').map(({ fact }) => fact.body);
  await chat.stop();
  await network.disable();

  expect(stored).toContainEqual(expect.stringContaining('Through your own network'));
});
