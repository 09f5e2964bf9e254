import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// example
import { defineConfig, hoursOf, proactive } from 'befriend/server';
import { testChat } from 'befriend/testing';
import { expect, test } from 'vitest';

// end

// What stands between "example" and "end" is quoted by the document, word for word.

// example
const ava = { name: 'ava', title: 'Ava' };

const config = defineConfig({
  plugins: [
    proactive(
      [
        {
          name: 'shipping',
          when: { url: '/checkout/*', after: '30s' },
          say: { en: 'Shipping is free from 50 € on.', de: 'Ab 50 € ist der Versand frei.' },
          from: ava,
        },
        {
          name: 'cart',
          when: { event: 'cart.left' },
          to: 'visitor',
          say: 'Shall we keep your cart?',
          extras: { replies: [{ id: 'keep', label: 'Yes, please' }] },
          from: ava,
        },
        { name: 'back', when: { visits: 3 }, say: 'Good to see you again. Ask us anything.', from: ava },
      ],
      { hours: hoursOf({ zone: 'Europe/Berlin', week: { fri: [['09:00', '18:00']] } }), perDay: 1 },
    ),
  ],
});

test('says what shipping costs to who stays at the checkout, once', async () => {
  await using chat = await testChat(config, { conversation: 'support', now: '2027-01-15T10:00:00Z' });
  const ann = chat.person('ann');
  await ann.arrives();
  await chat.later('10m');

  await ann.emits('page.changed', { url: 'https://shop.example/checkout/address', title: 'Checkout' });
  await chat.later('30s');
  await ann.hears('Shipping is free from 50 € on.');
  await ann.emits('page.track', { name: 'cart.left', data: { items: 2 } });

  await ann.hearsNothing();
});
// end

test('quotes what was run here', () => {
  const page = readFileSync(join(import.meta.dirname, 'proactive.md'), 'utf8');
  const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
  const source = readFileSync(import.meta.filename, 'utf8');
  const examples = [...source.matchAll(/^ *\/\/ example\n(.*?)^ *\/\/ end$/gms)].map(([, code = '']) => code);

  const foreign = blocks.filter((code) => !examples.some((example) => example.trim() === code.trim()));

  expect(foreign).toEqual([]);
  expect(blocks.length).toBe(examples.length);
});
