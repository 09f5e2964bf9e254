import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { defineConfig, type Plugin } from 'vite';
import { emojiData } from './.ci/emoji-data.ts';

/**
 * Three builds in one: `app`, ES modules with immutable names that are loaded at the first intent; `around`, one that is
 * loaded where the page has launchers of its own; and `embed`, one classic script without imports that knows both names.
 */
export default defineConfig({
  publicDir: false,
  cacheDir: '.cache/vite',
  plugins: [appName(), emojiData(), minifiedAgain()],
  // What xmpp.js brings along and a page does not need.
  resolve: {
    alias: {
      '@xmpp/events': inPlace('socket-events.ts'),
      '@xmpp/connection/lib/util.js': inPlace('uri.ts'),
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Relative colours and light-dark() stay as they are written: every browser since 2024 has them.
  build: { target: 'es2022', cssTarget: ['chrome123', 'firefox128', 'safari18'], modulePreload: false },
  builder: {
    async buildApp(builder) {
      const { app, around, embed } = builder.environments;
      for (const one of [app, around, embed]) if (one) await builder.build(one);
    },
  },
  environments: {
    app: {
      // As for a server, the imports of what is loaded later stay as they are written: there are no style sheets to wait for.
      consumer: 'server',
      keepProcessEnv: false,
      resolve: {
        noExternal: true,
        conditions: ['browser', 'module', 'import', 'production', 'default'],
        mainFields: ['browser', 'module', 'main'],
      },
      build: {
        outDir: 'dist/widget',
        minify: 'oxc',
        cssMinify: 'lightningcss',
        emitAssets: false,
        rolldownOptions: {
          input: { app: 'widget/embed/app.ts' },
          // What is loaded later imports from the entry itself: no third file for what both share.
          preserveEntrySignatures: 'allow-extension',
          checks: { pluginTimings: false },
          output: { format: 'es', entryFileNames: '[name]-[hash].js', chunkFileNames: 'chunk-[hash].js' },
        },
      },
    },
    around: {
      consumer: 'server',
      keepProcessEnv: false,
      build: {
        outDir: 'dist/widget',
        emptyOutDir: false,
        minify: 'oxc',
        rolldownOptions: {
          input: { around: 'widget/embed/around.ts' },
          preserveEntrySignatures: 'strict',
          output: { format: 'es', entryFileNames: '[name]-[hash].js', chunkFileNames: 'chunk-[hash].js' },
        },
      },
    },
    embed: {
      consumer: 'client',
      build: {
        outDir: 'dist/widget',
        emptyOutDir: false,
        rolldownOptions: {
          input: { befriend: 'widget/embed/befriend.ts' },
          output: { format: 'iife', entryFileNames: 'befriend.js' },
        },
      },
    },
  },
});

/** What a second minifier still finds in what every chatter loads: about 1.5 %. */
function minifiedAgain(): Plugin {
  return {
    name: 'befriend:minified-again',
    apply: 'build',
    applyToEnvironment: ({ name }) => name !== 'around',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.isEntry) continue;
        // Nothing in it makes an object with `new` of a function that stands in an object.
        const compress = { passes: 2, unsafe_methods: true };
        const { code } = await minify(chunk.code, { module: true, ecma: 2022, compress });
        chunk.code = code ?? chunk.code;
      }
    },
  };
}

function inPlace(file: string): string {
  return fileURLToPath(new URL(`widget/transport/${file}`, import.meta.url));
}

function appName(): Plugin {
  const names: Record<string, string> = {};
  return {
    name: 'befriend:app-name',
    sharedDuringBuild: true,
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk' && chunk.isEntry) names[chunk.name] = chunk.fileName;
    },
    resolveId: (id) => (id === 'virtual:app' ? '\0virtual:app' : undefined),
    load: (id) =>
      id === '\0virtual:app'
        ? `const load = (name, base) => () => import(/* @vite-ignore */ new URL(name, base).href);
           export const loadFrom = (base) => ({ app: load(${JSON.stringify(names.app)}, base), around: load(${JSON.stringify(names.around)}, base) });`
        : undefined,
  };
}
