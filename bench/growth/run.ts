import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { growth } from './growth.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** `numbers` takes the numbers of facts away: the run has to end with exit code 1. */
    plant: { type: 'string' },
  },
});

const base = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'growth-'));
try {
  const line = await growth({ folder, quick: values.quick, planted: values.plant === 'numbers' });
  const { growthWorse } = line as { readonly growthWorse: readonly string[] };
  for (const worse of growthWorse) console.error(`It grows: ${worse}.`);
  if (growthWorse.length > 0) process.exitCode = 1;
  console.log(JSON.stringify(line));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
