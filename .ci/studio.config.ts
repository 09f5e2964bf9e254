import { join } from 'node:path';
import { defineConfig } from 'vite';
import { emojiData } from './emoji-data.ts';

const root = join(import.meta.dirname, '../pages/studio');

/** The theme studio, pages that need no server: `npm run studio` serves it and draws anew what changes. */
export default defineConfig({
  root,
  base: './',
  plugins: [emojiData()],
  cacheDir: '../../.cache/vite-studio',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { fs: { allow: ['../..'] } },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari18'],
    // A policy that allows no inline data allows no inlined files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    outDir: '../../dist/studio',
    emptyOutDir: true,
    rolldownOptions: { input: ['index.html', 'preview.html', 'live.html'].map((name) => join(root, name)) },
  },
});
