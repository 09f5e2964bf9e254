import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const sources = [
  'pages/{studio,gallery}/**/*',
  '{widget,protocol,server}/**/*.{ts,tsx,css}',
  '.ci/{studio.config,emoji-data}.ts',
];

/** Where the built studio is. */
export const studioFolder = join(root, 'dist', 'studio');

/**
 * Builds the theme studio where it is missing or older than its source, in a process of its own: the friend goes on
 * meanwhile. A package has it built already. @throws Error with what the build says
 */
export async function buildStudio(): Promise<void> {
  const built = join(studioFolder, 'index.html');
  const at = existsSync(built) ? statSync(built).mtimeMs : 0;
  const isSource = (path: string): boolean => !path.includes('.test.');
  const newest = globSync(sources, { cwd: root })
    .filter(isSource)
    .map((path) => statSync(join(root, path)).mtimeMs);
  if (at > 0 && newest.every((changed) => changed <= at)) return;
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const words = [vite, 'build', '--config', join(root, '.ci', 'studio.config.ts'), '--logLevel', 'warn'];
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, words, { cwd: root }, (error) => (error ? reject(error) : resolve()));
  });
}
