import { defineConfig } from 'vite';
import { emojiData } from '../../.ci/emoji-data.ts';

/** The gallery alone: no friend, no XMPP server, no network. `npm run gallery` serves it and draws anew what changes. */
export default defineConfig({
  root: import.meta.dirname,
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
    rolldownOptions: { input: ['index.html', 'one.html'].map((name) => `${import.meta.dirname}/${name}`) },
  },
});
