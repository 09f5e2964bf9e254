import { join } from 'node:path';
import { defineConfig } from 'vite';
import { emojiData } from './emoji-data.ts';

const root = join(import.meta.dirname, '../pages/gallery');

/** The gallery alone: no friend, no XMPP server, no network. `npm run gallery` serves it and draws anew what changes. */
export default defineConfig({
  root,
  base: './',
  plugins: [emojiData()],
  cacheDir: '../../.cache/vite-gallery',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { fs: { allow: ['../..'] } },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari18'],
    outDir: '../../.cache/gallery',
    emptyOutDir: true,
    rolldownOptions: { input: ['index.html', 'one.html'].map((name) => join(root, name)) },
  },
});
