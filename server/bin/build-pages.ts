import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A page that is built from the widget's parts. */
interface Built {
  /** Where it is served, `/studio`; `dist/studio` is where it is, and `.ci/studio.config.ts` says how it is built. */
  readonly path: `/${string}`;
  /** What it is called in words. */
  readonly name: string;
  /** What it may do, where that is another thing than what every page may. */
  readonly policy?: string;
  /** A part of it is a frame with an origin of its own. */
  readonly framed?: boolean;
}

/** Nothing frames the inbox; pictures of people come from anywhere, and what is about to be sent from the page itself. */
const inboxPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/**
 * What somebody writes in the playground is a module from memory, `blob:`, in a frame with an origin of its own; it may
 * fetch, and load pictures, from elsewhere. The page around it takes no such modules.
 */
const playPolicy =
  "default-src 'none'; script-src 'self' blob:; style-src 'self'; img-src 'self' data: https:; connect-src 'self' https:; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/** Every page that is built when it is first asked for. */
export const builtPages: readonly Built[] = [
  { path: '/studio', name: 'theme studio' },
  { path: '/inbox', name: 'inbox', policy: inboxPolicy },
  { path: '/play', name: 'playground', policy: playPolicy, framed: true },
];

/** Where a built page is. */
export function builtFolder({ path }: Built): string {
  return join(root, 'dist', path);
}

/**
 * Builds a page where it is missing or older than its source, in a process of its own: the friend goes on meanwhile. A
 * package has it built already. @throws Error with what the build says
 */
export async function buildPage(page: Built): Promise<void> {
  const name = page.path.slice(1);
  const built = join(builtFolder(page), 'index.html');
  const at = existsSync(built) ? statSync(built).mtimeMs : 0;
  const isSource = (path: string): boolean => !path.includes('.test.');
  const newest = globSync(sourcesOf(name), { cwd: root })
    .filter(isSource)
    .map((path) => statSync(join(root, path)).mtimeMs);
  if (at > 0 && newest.every((changed) => changed <= at)) return;
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const words = [vite, 'build', '--config', join(root, '.ci', `${name}.config.ts`), '--logLevel', 'warn'];
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, words, { cwd: root }, (error) => (error ? reject(error) : resolve()));
  });
}

function sourcesOf(name: string): string[] {
  return [
    `pages/{${name},gallery,studio}/**/*`,
    '{widget,protocol,server}/**/*.{ts,tsx,css}',
    `.ci/{${name}.config,emoji-data}.ts`,
  ];
}
