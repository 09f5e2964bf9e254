import { append, defineConfig } from 'befriend/server';
import { testChat } from 'befriend/testing';
import { test } from 'vitest';
import { mount } from '../widget/package/befriend.ts';

// What stands between "example" and "end" is quoted by the document, word for word.

// example
const choosing = defineConfig({
  setup(friend) {
    friend.after('message.sent', ({ fact }) => {
      if (fact.body.text !== 'Help') return [];
      const replies = [
        { id: 'parcel', label: 'Where is my parcel?' },
        { id: 'return', label: 'I send something back' },
      ];
      return [append(fact.log, 'message.sent', { text: 'What is it about?', extras: { replies } }, { item: true })];
    });
    friend.after('message.answered', ({ fact }) => [
      append(fact.log, 'message.sent', { text: `So it is a ${fact.body.choice}.` }, { item: true }),
    ]);
  },
});

test('is pressed by somebody in front of the widget', async () => {
  await using chat = await testChat(choosing);
  const widget = await chat.widget(mount, document.body);

  await widget.says('Help');
  await widget.shows('What is it about?');
  await widget.clicks('I send something back');

  await widget.shows('So it is a return.');
});
// end
