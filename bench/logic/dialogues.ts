import { join } from 'node:path';
import { append } from '../../server/core/effect.ts';
import { bot } from '../../server/plugins/bots/bot.ts';
import { bots } from '../../server/plugins/bots/bots.ts';
import { flow } from '../../server/plugins/bots/flow.ts';
import { step } from '../../server/plugins/bots/step.ts';
import { median, rounded } from '../routing/pairs.ts';
import { type Logic, openStand } from './stand.ts';
import { passed, quantile, type Turn, type Visitor } from './visitor.ts';

/** What people waited for, milliseconds; `cpu` is processor time of this process meanwhile, for whomever. */
interface Waited {
  /** From the ✓ to the answer. */
  readonly p50: number;
  readonly p99: number;
  readonly p99Cpu: number;
  /** From sending to the ✓. */
  readonly tickP99: number;
}

export interface DialoguesFound {
  readonly dialogues: number;
  /** Messages a second that people send. */
  readonly pace: number;
  readonly bot: Waited;
  /** The same people beside a reaction of one line, which answers everybody with one word. */
  readonly floor: Waited;
  /** A bot whose answer takes 60 ms: what the harness has to report. */
  readonly planted: number;
  readonly ticks: number;
  readonly answers: number;
  readonly paths: readonly string[];
}

const people = 500;
const words = ['return', '7', 'Size', 'Ann'];

const returning = flow('return', {
  start: 'which',
  steps: {
    which: step.text({ ask: 'Which order is it?', as: 'number', next: 'why' }),
    why: step.choice({
      ask: 'Why do you send back {which}?',
      options: [
        { id: 'size', label: 'Size' },
        { id: 'broken', label: 'Broken' },
      ],
      next: 'name',
    }),
    name: step.text({ ask: 'What is your name?', next: 'done' }),
    done: step.end({ say: 'Thank you, {name}.' }),
  },
});

/** One flow of four steps, and fifty patterns that a message is held against before it. */
const ava = bot({
  name: 'ava',
  title: 'Ava',
  support: true,
  flows: [returning],
  patterns: Array.from({ length: 50 }, (_, index) => ({ match: new RegExp(`^order ${index} (\\d+)`), reply: 'Seen.' })),
  keywords: [
    { words: ['return'], reply: { start: 'return' } },
    {
      words: ['slowly'],
      reply: async () => {
        await passed(60);
        return 'At last.';
      },
    },
  ],
});

const echo: Logic = {
  setup: (friend) =>
    friend.after('message:text', { by: 'visitor' }, ({ fact }) => [
      append(fact.log, 'message.sent', { text: 'Yes.' }, { item: true }),
    ]),
};

/** 500 people who each go through a flow, a message every `every` ms, in turns with the floor. */
export async function dialogues(folder: string, rounds: number, every: number): Promise<DialoguesFound> {
  const paths = [join(folder, 'bot.sqlite'), join(folder, 'echo.sqlite')] as const;
  const withBot = await openStand(paths[0], { plugins: [bots({ bots: [ava] })] });
  const withEcho = await openStand(paths[1], echo);
  const crowds = { bot: await withBot.visitors(people), floor: await withEcho.visitors(people) };
  const seen: Record<keyof typeof crowds, Turn[]> = { bot: [], floor: [] };
  const round = async (who: keyof typeof crowds): Promise<void> => {
    seen[who].push(...(await spoken(crowds[who], words, every)));
  };
  // The first dialogue of each conversation also begins it, and the logic becomes fast.
  for (const crowd of Object.values(crowds)) await spoken(crowd, words.slice(0, rounds > 1 ? 4 : 0), every);
  for (let index = 0; index < rounds; index += 1) {
    await round(index % 2 === 0 ? 'floor' : 'bot');
    await round(index % 2 === 0 ? 'bot' : 'floor');
  }
  const slow = await spoken(crowds.bot.slice(0, 50), ['slowly'], every);
  await Promise.all([withBot.close(), withEcho.close()]);
  const all = [...crowds.bot, ...crowds.floor];
  return {
    dialogues: people,
    pace: rounded((people * 1_000) / every),
    bot: waited(seen.bot),
    floor: waited(seen.floor),
    planted: waited(slow).p99,
    ticks: all.reduce((sum, { ticks }) => sum + ticks, 0),
    answers: all.reduce((sum, { answers }) => sum + answers, 0),
    paths,
  };
}

/** Everybody says these words, spread over the time between two of them. */
async function spoken(crowd: readonly Visitor[], texts: readonly string[], every: number): Promise<Turn[]> {
  const began = performance.now();
  const one = async (person: Visitor, index: number): Promise<Turn[]> => {
    const turns: Turn[] = [];
    for (const [turn, text] of texts.entries()) {
      const due = began + (turn + index / crowd.length) * every;
      await passed(Math.max(0, due - performance.now()));
      turns.push(await person.turn(text));
    }
    return turns;
  };
  const all = await Promise.all(crowd.map(one));
  return all.flat();
}

function waited(turns: readonly Turn[]): Waited {
  const after = turns.map(({ stored, answered }) => answered.wall - stored.wall);
  const ticks = turns.map(({ stored }) => stored.wall);
  const cpu = turns.map(({ stored, answered }) => answered.cpu - stored.cpu);
  return {
    p50: rounded(median(after)),
    p99: rounded(quantile(after, 0.99)),
    p99Cpu: rounded(quantile(cpu, 0.99)),
    tickP99: rounded(quantile(ticks, 0.99)),
  };
}
