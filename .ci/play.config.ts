import { join } from 'node:path';
import { defineConfig } from 'vite';
import { emojiData } from './emoji-data.ts';

const root = join(import.meta.dirname, '../pages/play');
const transport = join(import.meta.dirname, '../widget/transport');

/** The playground, pages that need no server: `vite --config .ci/play.config.ts` serves it and draws anew what changes. */
export default defineConfig({
  root,
  base: './',
  plugins: [emojiData()],
  cacheDir: '../../.cache/vite-play',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // What xmpp.js brings along and a page does not need, as for the widget.
  resolve: {
    alias: {
      '@xmpp/events': join(transport, 'socket-events.ts'),
      '@xmpp/connection/lib/util.js': join(transport, 'uri.ts'),
    },
  },
  // The frame in which logic runs has an origin of its own, and loads its modules from another.
  server: { cors: true, fs: { allow: ['../..'] } },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari18'],
    // A policy that allows no inline data allows no inlined files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
    outDir: '../../dist/play',
    emptyOutDir: true,
    rolldownOptions: { input: ['index.html', 'run.html'].map((name) => join(root, name)) },
  },
});
