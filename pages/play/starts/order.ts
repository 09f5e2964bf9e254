import { argument, bot, bots, command, defineConfig } from 'befriend/server';

// Say “/order 7” as Ann, or ask when we are open.
const orders: Readonly<Record<number, string>> = { 7: 'on its way', 8: 'packed' };

const ava = bot({
  name: 'ava',
  title: 'Ava',
  support: true,
  commands: {
    order: command({
      help: 'shows where an order is',
      args: { number: argument.number() },
      run: ({ args }) => {
        const state = orders[args.number];
        return state === undefined ? `I do not find order ${args.number}.` : `Order ${args.number} is ${state}.`;
      },
    }),
  },
  keywords: [{ words: ['opening hours', 'open'], reply: 'From nine to half past five.' }],
});

export default defineConfig({ plugins: [bots({ bots: [ava] })] });
