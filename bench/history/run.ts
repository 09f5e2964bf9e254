import { parseArgs } from 'node:util';
import { openChromium } from '../size/chatter.ts';
import { builtPage, type Cost, costOf, slowDown } from './measure.ts';
import { typingCost } from './typing.ts';

/** What a conversation of 100,000 messages may cost at the slow-down: milliseconds, and elements in the page. */
const limits = { open: 100, worstFrame: 50, elements: 2_000 } as const;

/** What a letter may cost below a thousand messages, milliseconds of the main thread at the slow-down. */
const letterLimit = 16;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** `unwindowed` draws every row of 3,000 messages in the place of the list: the run has to end with exit code 1. */
    plant: { type: 'string' },
  },
});

/** What of a list is over the limits, in words. */
function excessOf(cost: Cost): string[] {
  return Object.entries(limits).flatMap(([name, limit]) => {
    const figure = cost[name as keyof typeof limits];
    return figure > limit ? [`${name} is ${figure}, the limit ${limit}`] : [];
  });
}

function shown(name: string, cost: Cost): void {
  const figures = Object.entries(cost).map(([figure, value]) => `${figure} ${value}`);
  console.log(`${name}: ${figures.join(', ')}`);
}

const rounds = values.quick ? 1 : 5;
const frames = values.quick ? 40 : 150;
const whole = { messages: 3_000, tall: true, frames: 5 };
const script = await builtPage(import.meta.url);
const browser = await openChromium();
try {
  const plain = await costOf(browser, script, rounds, { messages: 1_000, plain: true, frames });
  shown('plain list', plain);
  const short = await costOf(browser, script, rounds, { messages: 50, frames });
  shown('the list  ', short);
  const load = values.plant === 'unwindowed' ? whole : { messages: 100_000, frames };
  const list = await costOf(browser, script, rounds, load);
  shown('the list  ', list);
  const planted = await costOf(browser, script, 1, whole);
  shown('planted   ', planted);
  const typing = await typingCost(browser, script, 1_000, false);
  const typingTall = await typingCost(browser, script, 1_000, true);
  for (const one of [typing, typingTall]) {
    console.log(
      `a letter   : ${one.perLetter} ms, ${one.withPaint} ms with all that the browser does; ${one.drawn} of ${one.messages} messages drawn`,
    );
    if (one.perLetter <= letterLimit) continue;
    console.error(`At a slow-down of ${slowDown}, a letter takes ${one.perLetter} ms, the limit ${letterLimit}.`);
    process.exitCode = 1;
  }
  const excess = excessOf(list);
  for (const one of excess) console.error(`At a slow-down of ${slowDown}, ${one}.`);
  if (excess.length > 0) process.exitCode = 1;
  const found = excessOf(planted);
  if (found.length === 0) throw new Error('Every row was drawn, and the gate did not notice.');
  console.log(
    JSON.stringify({ slowDown, plain, short, list, planted: found, typing, typingTall, quick: values.quick }),
  );
} finally {
  await browser.close();
}
