import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, rounded } from '../routing/pairs.ts';
import { openPairs } from './direct.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Looks relations up dearly: the run has to end with exit code 1. */
    plant: { type: 'boolean', default: false },
  },
});

/** What looking relations up may cost, as a part of what a message costs without. */
const limit = 0.05;
const [rounds, ms] = values.quick ? [6, 300] : [24, 500];

const base = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'relations-'));
const floor = await openPairs(join(folder, 'floor.db'), 'none');
const friend = await openPairs(join(folder, 'friend.db'), values.plant ? 'dear' : 'product');
try {
  await floor.talk(ms);
  await friend.talk(ms);
  const ratios: number[] = [];
  const costs: { floor: number; friend: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const isFirst = round % 2 === 0;
    const first = await (isFirst ? floor : friend).talk(ms);
    const second = await (isFirst ? friend : floor).talk(ms);
    const [without, product] = isFirst ? [first, second] : [second, first];
    costs.push({ floor: without.cpuMicros, friend: product.cpuMicros });
    ratios.push(product.cpuMicros / without.cpuMicros);
  }
  const share = median(ratios) - 1;
  const line = {
    relationShare: rounded(share),
    cpuMicros: {
      without: rounded(median(costs.map((cost) => cost.floor))),
      with: rounded(median(costs.map((cost) => cost.friend))),
    },
    rounds,
  };
  if (share > limit) {
    console.error(`Relations cost ${(share * 100).toFixed(1)} % of a message.`);
    process.exitCode = 1;
  }
  console.log(JSON.stringify(line));
} finally {
  await floor.close();
  await friend.close();
  rmSync(folder, { recursive: true, force: true });
}
