import { bot, bots, defineConfig, flow, step } from 'befriend/server';

// Say “return” as Ann, and “human” to speak to Kim.
const returns = flow('return', {
  start: 'which',
  steps: {
    which: step.text({ ask: 'Which order is it?', as: 'number', min: 1, next: 'why' }),
    why: step.choice({
      ask: 'What is wrong with order {which}?',
      options: [
        { id: 'size', label: 'It does not fit' },
        { id: 'broken', label: 'It is broken', next: 'people' },
      ],
      next: 'done',
    }),
    people: step.handOff({ say: 'Kim will look after it.', note: 'Order {which}: {why}' }),
    done: step.end({ say: 'A label for order {which} is on its way to you.' }),
  },
});

const ava = bot({
  name: 'ava',
  title: 'Ava',
  support: true,
  keywords: [{ words: ['return', 'send back'], reply: { start: 'return' } }],
  flows: [returns],
});

export default defineConfig({ desk: {}, plugins: [bots({ bots: [ava] })] });
