import { bot, bots, defineConfig, flow, step } from 'befriend/server';

/** What is asked before anybody is called: whoever takes it has the number, the thing and the reason in a note. */
const returns = flow('return', {
  start: 'order',
  steps: {
    order: step.text({ ask: 'Which order is it? It is a number.', as: 'number', min: 1, next: 'why' }),
    why: step.choice({
      ask: 'Why do you send it back?',
      options: [
        { id: 'size', label: 'It does not fit' },
        { id: 'broken', label: 'It is broken' },
        { id: 'other', label: 'Something else', next: 'words' },
      ],
      next: 'how',
    }),
    words: step.text({ ask: 'In a few words, please.', max: 500, next: 'people' }),
    how: step.branch({ by: 'why', to: { size: 'label' }, otherwise: 'people' }),
    label: step.end({ say: 'A label for order {order} is in your mail. Send it within two weeks.' }),
    people: step.handOff({
      say: 'I bring somebody who can look at it.',
      queue: 'returns',
      note: 'Order {order}, {why.label}. {words}',
    }),
  },
});

const rae = bot({
  name: 'rae',
  title: 'Rae',
  support: true,
  welcome: {
    say: 'Hello, I am Rae, a program. What is it about?',
    replies: [
      { id: 'return', label: 'I send something back' },
      { id: 'person', label: 'Talk to somebody' },
    ],
  },
  choices: { return: { start: 'return' }, person: { handOff: { queue: 'questions' } } },
  keywords: [
    { words: ['return', 'send back', 'broken'], reply: { start: 'return' } },
    { words: ['opening hours', 'open'], reply: 'We answer from nine to five.' },
  ],
  flows: [returns],
});

export default defineConfig({
  name: 'The shoe shop',
  plugins: [bots({ bots: [rae] })],
  desk: {
    queues: [
      { id: 'questions', name: 'Questions' },
      { id: 'returns', name: 'Returns', sticky: true },
    ],
    capacity: 3,
    rating: true,
    canned: [{ id: 'label', title: 'A label', text: 'A label is on its way to you.' }],
    texts: { en: { name: 'The shoe shop' } },
  },
});
