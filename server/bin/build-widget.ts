import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Builds the widget where it is missing or older than its source; a package has it built already. */
export async function buildWidget(): Promise<void> {
  const built = join(root, 'dist', 'widget', 'befriend.js');
  const sources = globSync(['widget/**/*.{ts,tsx,css}', 'protocol/**/*.ts', 'vite.config.ts'], { cwd: root });
  const newest = Math.max(0, ...sources.map((path) => statSync(join(root, path)).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({ root, logLevel: 'warn' });
  await builder.buildApp();
}
