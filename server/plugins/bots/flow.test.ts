import { expect, test } from 'vitest';
import { bot } from './bot.ts';
import { checkFlow } from './check-flow.ts';
import { drawFlow } from './draw-flow.ts';
import { flow } from './flow.ts';
import { type Step, step } from './step.ts';

const sound = flow('return', {
  start: 'which',
  steps: {
    which: step.text({ ask: 'Which order, <{name}>?', as: 'number', next: 'why' }),
    why: step.choice({
      ask: 'Why?',
      options: [
        { id: 'size', label: 'The size' },
        { id: 'other', label: 'Something else', next: 'people' },
      ],
      next: 'look',
    }),
    look: step.call({ run: () => ({ values: { found: true } }), next: 'known', failed: 'people' }),
    known: step.branch({ by: 'found', to: { true: 'done' }, otherwise: 'which' }),
    done: step.end({ say: 'Done.' }),
    people: step.handOff({ queue: 'returns' }),
  },
});

/** Problems of a flow that was made without its types. */
function problemsOf(start: string, steps: Record<string, Step>): string[] {
  return checkFlow(flow('odd', { start, steps } as never)).map(({ step: name, problem }) => `${name}: ${problem}`);
}

test('finds nothing wrong with a sound flow', () => {
  const problems = checkFlow(sound);

  expect(problems).toEqual([]);
});

test('does not compile where a step leads to one that does not exist', () => {
  // @ts-expect-error
  const misspelt = flow('odd', { start: 'a', steps: { a: step.say({ say: 'Hello', next: 'bb' }), b: step.end() } });

  expect(checkFlow(misspelt)).toHaveLength(3);
});

test.each([
  [
    'a target that does not exist',
    'a',
    { a: step.say({ say: '', next: 'b' }) },
    ['a: it leads to b, which does not exist', 'a: no way from it comes to an end'],
  ],
  [
    'a first step that does not exist',
    'x',
    { a: step.end() },
    ['x: the first step does not exist', 'a: nothing leads to it'],
  ],
  ['a step that nothing leads to', 'a', { a: step.end(), b: step.end() }, ['b: nothing leads to it']],
  [
    'a dead end',
    'a',
    { a: step.text({ ask: '', next: 'b' }), b: step.text({ ask: '', next: 'a' }) },
    ['a: no way from it comes to an end', 'b: no way from it comes to an end'],
  ],
  [
    'a round without a question',
    'a',
    { a: step.branch({ by: 'x', to: { y: 'b' }, otherwise: 'c' }), b: step.say({ say: '', next: 'a' }), c: step.end() },
    ['a: it comes back to itself without a question', 'b: it comes back to itself without a question'],
  ],
  [
    'offers with one id',
    'a',
    {
      a: step.choice({
        ask: '',
        options: [
          { id: 'x', label: 'X' },
          { id: 'x', label: 'Y' },
        ],
        next: 'b',
      }),
      b: step.end(),
    },
    ['a: two options have the id x'],
  ],
  [
    'an option without a way',
    'a',
    { a: step.choice({ ask: '', options: [{ id: 'x', label: 'X' }] }) },
    ['a: an option leads nowhere'],
  ],
  [
    'an offer of nothing',
    'a',
    { a: step.choice({ ask: '', next: 'b' }), b: step.end() },
    ['a: nothing can be chosen', 'b: nothing leads to it'],
  ],
  [
    'a form without fields',
    'a',
    { a: step.form({ ask: '', fields: [], next: 'b' }), b: step.end() },
    ['a: it has 0 fields'],
  ],
])('finds %s', (_, start, steps, expected) => {
  const problems = problemsOf(start, steps);

  expect(problems).toEqual(expected);
});

test('does not start a bot with a flow that is wrong, and says what to do', () => {
  const odd = flow('odd', { start: 'a', steps: { a: step.end(), b: step.end() } });

  const declared = (): unknown => bot({ name: 'ava', title: 'Ava', flows: [odd] });

  expect(declared).toThrow(/FRIEND_FLOW: .*odd, b: nothing leads to it\. Lead to it from another step/);
});

test('is another flow when its ways change, and the same when its words do', () => {
  const steps = (ask: string, id: string) => ({
    a: step.choice({ ask, options: [{ id, label: 'X' }], next: 'b' }),
    b: step.end(),
  });
  const print = (ask: string, id: string): string => flow('f', { start: 'a', steps: steps(ask, id) }).print;

  const prints = [print('One?', 'x'), print('Two?', 'x'), print('One?', 'y')];

  expect(prints[1]).toBe(prints[0]);
  expect(prints[2]).not.toBe(prints[0]);
});

test('draws a flow for documents', () => {
  const drawn = drawFlow(sound, { format: 'mermaid' });

  expect(drawn).toBe(`flowchart TD
  start(("return")) --> s0
  s0[/"which · text<br>Which order, #60;{name}#62;?"/]
  s1[/"why · choice<br>Why?"/]
  s2[["look · call"]]
  s3{"known · branch"}
  s4(["done · end<br>Done."])
  s5(["people · handOff"])
  s0 --> s1
  s1 -->|"size"| s2
  s1 -->|"other"| s5
  s2 --> s3
  s2 -->|"failed"| s5
  s3 -->|"true"| s4
  s3 -->|"otherwise"| s0
`);
});

test('draws a flow as a picture that has a name and a description, in the colour of the text', () => {
  const drawn = drawFlow(sound, { format: 'svg' });

  expect(drawn).toContain('role="img" aria-labelledby="flow-return-title flow-return-desc"');
  expect(drawn).toContain('<title id="flow-return-title">Flow return</title>');
  expect(drawn).toContain('why: choice “Why?”, then look (size), people (other).');
  expect(drawn).toContain('Which order, &#60;{name}&#62;?');
  expect(drawn).not.toMatch(/#[0-9a-f]{6}|NaN|undefined/);
  expect(drawn).toBe(drawFlow(sound, { format: 'svg' }));
});
