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
/** Many and short: what else the machine does is then on all sides alike. */
const [rounds, ms] = values.quick ? [40, 40] : [300, 40];
const warmUp = 500;

const base = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'relations-'));
const sides = [
  await openPairs(join(folder, 'floor.db'), 'none'),
  await openPairs(join(folder, 'friend.db'), values.plant ? 'dear' : 'product'),
  // The floor once more: what it differs by is noise.
  await openPairs(join(folder, 'twin.db'), 'none'),
];
try {
  for (const side of sides) await side.talk(warmUp);
  const shares: number[] = [];
  const controls: number[] = [];
  const costs: { floor: number; friend: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const micros: number[] = [];
    for (let turn = 0; turn < sides.length; turn += 1) {
      // Each comes after each of the others as often: what one leaves to be collected is the next one's.
      const place = (round + turn) % sides.length;
      const index = round % 2 === 0 ? place : sides.length - 1 - place;
      micros[index] = (await sides[index]?.talk(ms))?.cpuMicros ?? Number.NaN;
    }
    const [one = Number.NaN, product = Number.NaN, other = Number.NaN] = micros;
    const without = (one + other) / 2;
    costs.push({ floor: without, friend: product });
    shares.push(product / without - 1);
    controls.push(other / one - 1);
  }
  const share = median(shares);
  const line = {
    relationShare: rounded(share),
    control: rounded(median(controls)),
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
  for (const side of sides) await side.close();
  rmSync(folder, { recursive: true, force: true });
}
