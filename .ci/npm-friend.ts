import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { buildPage, builtPages } from '../server/bin/build-pages.ts';
import { buildWidget } from '../server/bin/build-widget.ts';
import { serverEntries } from './npm-manifest.ts';
import { root } from './tool.ts';

/** Programs, each where it lies in the source: from there it finds what it serves. */
const programs = ['server/bin/start', 'server/bin/friend'];

/** Folders of pages that only the project itself shows. */
const inside = ['gallery', 'react'];

/**
 * Builds the friend's programs and the entries for a site's own logic: once for Node, where both share their modules, and
 * once for tests in a browser's page.
 */
export async function friendModules(base: InlineConfig, outDir: string): Promise<void> {
  const entries = Object.keys(serverEntries).map((entry) => [entry, `server/package/${entry}.ts`]);
  const started = programs.map((path) => [path, `${path}.ts`]);
  await modules(base, outDir, {
    input: Object.fromEntries([...entries, ...started]),
    conditions: ['node', 'module', 'import', 'production', 'default'],
  });
  await modules(base, join(outDir, 'browser'), {
    input: Object.fromEntries(entries),
    conditions: ['browser', 'module', 'import', 'production', 'default'],
  });
}

/** Copies what the friend serves, built where it has to be, and what it tells an XMPP server. */
export async function friendFiles(outDir: string): Promise<void> {
  await buildWidget();
  for (const page of builtPages) await buildPage(page);
  const built = builtPages.map(({ path }) => path.slice(1));
  for (const name of ['widget', ...built]) {
    cpSync(join(root, 'dist', name), join(outDir, 'dist', name), { recursive: true });
  }
  for (const name of readdirSync(join(root, 'pages'))) {
    if (inside.includes(name) || built.includes(name)) continue;
    cpSync(join(root, 'pages', name), join(outDir, 'pages', name), { recursive: true });
  }
  cpSync(join(root, 'deploy'), join(outDir, 'deploy'), { recursive: true });
  cpSync(join(root, 'cli', 'template'), join(outDir, 'bin', 'template'), { recursive: true });
}

async function modules(
  base: InlineConfig,
  outDir: string,
  { input, conditions }: { readonly input: Record<string, string>; readonly conditions: string[] },
): Promise<void> {
  await build({
    ...base,
    resolve: {
      conditions,
      mainFields: conditions[0] === 'browser' ? ['browser', 'module', 'main'] : ['module', 'main'],
    },
    // Vite builds the project's own pages where they are missing, which they never are in a package.
    ssr: { noExternal: true, external: ['vite'], resolve: { conditions } },
    build: {
      ssr: true,
      target: conditions[0] === 'browser' ? 'es2022' : 'node24',
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input,
        checks: { pluginTimings: false },
        output: { entryFileNames: '[name].js', chunkFileNames: 'server/chunks/[name]-[hash].js' },
      },
    },
  });
}
