import { join } from 'node:path';
import { defineConfig } from 'vite';
import { emojiData } from './emoji-data.ts';

const root = join(import.meta.dirname, '../pages/inbox');
const transport = join(import.meta.dirname, '../widget/transport');

/** The web inbox: a page of its own that the friend serves at `/inbox`. */
export default defineConfig({
  root,
  base: './',
  plugins: [emojiData()],
  cacheDir: '../../.cache/vite-inbox',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // What xmpp.js brings along and a page does not need, as for the widget.
  resolve: {
    alias: {
      '@xmpp/events': join(transport, 'socket-events.ts'),
      '@xmpp/connection/lib/util.js': join(transport, 'uri.ts'),
    },
  },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari18'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    outDir: '../../dist/inbox',
    emptyOutDir: true,
  },
});
