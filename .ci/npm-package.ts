import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { build, type InlineConfig } from 'vite';
import widget from '../vite.config.ts';
import { emojiData } from './emoji-data.ts';
import { friendFiles, friendModules } from './npm-friend.ts';
import { manifest, serverEntries, widgetEntries } from './npm-manifest.ts';
import { root, runTool } from './tool.ts';

const base: InlineConfig = {
  configFile: false,
  root,
  publicDir: false,
  cacheDir: '.cache/vite-npm',
  logLevel: 'warn',
  ...(widget.oxc === undefined ? {} : { oxc: widget.oxc }),
};

/**
 * Builds the npm package into a folder: modules with relative imports alone, which a bundler makes smaller and a browser
 * takes as they are, declarations, the command line, and the friend with all that it serves. Needs nothing installed
 * beside it.
 * @throws Error that says what does not compile
 */
export async function buildNpm(outDir: string): Promise<void> {
  const { code, output } = await runTool(['tsc', '-b']);
  if (code !== 0) throw new Error(output);
  await modules(outDir);
  await commandLine(join(outDir, 'bin'));
  await friendModules(base, outDir);
  await friendFiles(outDir);
  await declarations(outDir);
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  for (const file of ['LICENSE', 'custom-elements.json']) cpSync(join(root, file), join(outDir, file));
  cpSync(join(root, 'widget/package/README.md'), join(outDir, 'README.md'));
}

async function modules(outDir: string): Promise<void> {
  await build({
    ...base,
    plugins: [emojiData()],
    resolve: { ...widget.resolve, conditions: ['browser', 'module', 'import', 'production', 'default'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: widget.build?.target ?? 'es2022',
      cssTarget: widget.build?.cssTarget ?? 'es2022',
      outDir,
      emptyOutDir: true,
      minify: false,
      cssMinify: 'lightningcss',
      lib: { entry: sources('widget', (path) => join(root, `${path}.ts`)), formats: ['es'] },
      rolldownOptions: {
        checks: { pluginTimings: false },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  });
}

async function commandLine(outDir: string): Promise<void> {
  await build({
    ...base,
    ssr: { noExternal: true },
    build: {
      ssr: 'cli/befriend.ts',
      target: 'node20',
      outDir,
      emptyOutDir: true,
      rolldownOptions: { checks: { pluginTimings: false }, output: { entryFileNames: 'befriend.js' } },
    },
  });
}

/** What `tsc` has declared, without what no entry shows. */
async function declarations(dir: string): Promise<void> {
  const bundle = await rolldown({
    input: sources('both', (path) => join(root, `.cache/types/${path}.d.ts`)),
    plugins: [dts({ dtsInput: true, tsconfig: false })],
    checks: { pluginTimings: false },
  });
  await bundle.write({ dir, format: 'es', entryFileNames: '[name].js', chunkFileNames: 'types-[hash].d.ts' });
  await bundle.close();
}

function sources(which: 'widget' | 'both', place: (path: string) => string): Record<string, string> {
  const ofWidget = Object.keys(widgetEntries).map((entry) => [entry, place(`widget/package/${entry}`)]);
  const ofServer = Object.keys(serverEntries).map((entry) => [entry, place(`server/package/${entry}`)]);
  return Object.fromEntries(which === 'widget' ? ofWidget : [...ofWidget, ...ofServer]);
}
