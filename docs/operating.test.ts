import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { append, defineConfig } from 'befriend/server';
import { testChat } from 'befriend/testing';
import { expect, test } from 'vitest';

const page = readFileSync(join(import.meta.dirname, 'operating.md'), 'utf8');

const config = defineConfig({
  name: 'Our shop',
  setup(friend) {
    friend.after('message.sent', ({ fact }) => {
      if (!/are you open/i.test(fact.body.text)) return [];
      return [append(fact.log, 'message.sent', { text: 'From nine to five.' }, { item: true })];
    });
  },
});

test('shows the configuration that is run here', () => {
  const [source = ''] =
    /const config = (defineConfig[\s\S]*?\n}\);)/.exec(readFileSync(import.meta.filename, 'utf8')) ?? [];

  const shown = `export default ${source.replace('const config = ', '')}`;

  expect(page).toContain(shown);
});

test('answers as the page says', async () => {
  await using chat = await testChat(config);
  const ann = chat.person('ann');

  await ann.says('Are you open?');

  expect(await ann.hears('From nine to five.')).toMatchObject({ text: 'From nine to five.' });
});
