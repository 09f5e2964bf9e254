import './node-version.cjs';
import { runTool } from './tool.ts';

/** What must hold before a commit, quickest to understand first. All of them together take some ten seconds. */
const steps: readonly (readonly [name: string, ...words: string[]])[] = [
  ['format and lint', 'biome', 'check', '--error-on-warnings', '--max-diagnostics=20', '.'],
  ['types', 'tsc', '-b'],
  ['layers', 'depcruise', '--config', '.dependency-cruiser.cjs', '.'],
  ['dead code', 'knip', '--no-progress'],
  ['size', 'node', 'bench/size.ts', '--check'],
];

for (const [name, ...words] of steps) {
  const { code, output, seconds } = await runTool(words);
  console.log(`${name.padEnd(16)} ${code === 0 ? 'ok' : 'FAILED'} ${seconds.toFixed(1)} s`);
  if (code !== 0) {
    console.log(`$ ${words.join(' ')}\n${output.trimEnd()}`);
    process.exit(1);
  }
}
