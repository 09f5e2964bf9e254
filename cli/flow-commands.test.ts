import { expect, test } from 'vitest';
import { flow } from '../server/plugins/bots/flow.ts';
import { step } from '../server/plugins/bots/step.ts';
import { ran } from './staged-files.ts';

const order = flow('order', {
  start: 'ask',
  steps: { ask: step.text({ ask: 'Which order?', save: 'order', next: 'end' }), end: step.end({ say: 'Thank you.' }) },
});
const lost = flow('lost', { start: 'end', steps: { end: step.end(), lonely: step.end() } });
const modules = {
  'flows.ts': { order, words: 'Hello' },
  'more.ts': { default: [order, lost] },
  'none.ts': { order: 7 },
};

test('says that the flows of a file hold', async () => {
  const { exit, said } = await ran('flow check flows.ts', {}, modules);

  expect([exit, said]).toEqual([0, 'flows.ts: order holds; 2 steps.\n']);
});

test('says what is wrong with a flow, and ends with 1', async () => {
  const { exit, said } = await ran('flow check flows.ts more.ts', {}, modules);

  expect(exit).toBe(1);
  expect(said.split('\n')).toEqual([
    'flows.ts: order holds; 2 steps.',
    'more.ts: order holds; 2 steps.',
    'more.ts: lost, lonely: nothing leads to it. Lead to it from another step, or take it out.',
    '',
  ]);
});

test('draws a flow as a picture, and as text for documents', async () => {
  const picture = await ran('flow draw flows.ts -o flow.svg', {}, modules);
  const text = await ran('flow draw more.ts lost --mermaid', {}, modules);

  expect(picture.written['flow.svg']).toMatch(/^<svg [\s\S]*Which order\?[\s\S]*<\/svg>\n?$/);
  expect(text.said).toMatch(/^flowchart /);
});

test.each([
  ['flow', 2, 'befriend flow needs a word more. There is befriend flow check, befriend flow draw.\n'],
  ['flow check', 2, 'befriend flow check needs a file: befriend flow check flows.ts\n'],
  ['flow draw more.ts', 2, /^befriend flow draw more\.ts needs a word more\. There is .* order, .* lost\.\n$/],
  [
    'flow draw more.ts ordr',
    2,
    'befriend flow draw more.ts ordr does not exist. Is befriend flow draw more.ts order meant?\n',
  ],
  ['flow check none.ts', 1, "none.ts exports no flow: export const order = flow('order', { … }).\n"],
  ['flow check nowhere.ts', 1, "nowhere.ts: Cannot find module 'nowhere.ts'\n"],
])('says what is missing in %j', async (words, code, complaint) => {
  const { exit, complaints } = await ran(words, {}, modules);

  expect(exit).toBe(code);
  expect(complaints).toMatch(complaint);
});
