import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'befriend/server';
import { expect, test } from 'vitest';
import { Stage } from '../server/bin/contract-stage.ts';
import type { Plugin } from '../server/core/plugin.ts';

/*
 * What stands between "example" and "end" is quoted by the document, word for word.
 */

const config =
  // example
  defineConfig({
    desk: {
      queues: [
        { id: 'orders', name: 'Orders' },
        { id: 'returns', name: 'Returns', topics: ['return'], skills: ['stock'], sticky: true },
        { id: 'deutsch', name: 'Deutsch', languages: ['de'] },
      ],
      hours: {
        zone: 'Europe/Berlin',
        week: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']], wed: [['09:00', '17:00']] },
        holidays: ['2026-12-25'],
      },
      capacity: 4,
      colleagues: [
        { is: 'kim@example.com', skills: ['stock'], capacity: 6 },
        { is: 'lea@example.com', supervisor: true },
      ],
      texts: { en: { away: 'The shop is closed. We answer from {time}.' } },
    },
  });
// end

// example
const bot: Plugin = {
  name: 'greeter',
  needs: ['desk'],
  install(host) {
    const desk = host.service('desk');
    host.provide('bots', { answersSupport: true });
    host.after('message.sent', ({ fact, read, now }) =>
      fact.body.text === 'A person, please'
        ? desk.handOff(read, fact.log, { topic: 'return', note: 'Asked for a person' }, now)
        : [],
    );
  },
};
// end

test('runs what the page shows: a bot hands over out of hours, and the visitor is told when somebody is there', async () => {
  const { desk } = config;
  const stage = await Stage.open({ ...(desk && { desk }), prepare: (friend) => void friend.plug(bot) });
  const ann = await stage.person('ann');
  await ann.says('support', 'Hello');
  const key = `c_support_${ann.user.slice(2)}`;
  const before = await stage.store.state('desk', 'case', key);

  await ann.says('support', 'A person, please');
  const answer = await ann.heard((fact) => fact.type === 'message.sent' && fact.body.text.startsWith('The shop'));

  expect(JSON.parse(before ?? '')).toMatchObject({ state: 'bot' });
  expect(answer.body).toMatchObject({ text: 'The shop is closed. We answer from Monday 09:00 AM.' });
  expect(JSON.parse((await stage.store.state('desk', 'case', key)) ?? '')).toMatchObject({
    ...{ state: 'away', queue: 'returns', topic: 'return' },
  });
});

test('shows the code that was run', () => {
  const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const source = readFileSync(join(import.meta.dirname, 'desk.test.ts'), 'utf8');
  const run = Array.from(source.matchAll(/^ *\/\/ example\n([\s\S]*?)^ *\/\/ end$/gm), ([, code = '']) => words(code));
  const page = readFileSync(join(import.meta.dirname, 'desk.md'), 'utf8');

  const blocks = Array.from(page.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) => words(code));

  expect(blocks.map((block) => block.replace(/^import .*?; export default /, ''))).toEqual(run);
});
