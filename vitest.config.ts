import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { emojiData } from './.ci/emoji-data.ts';
import { chromiumLaunch } from './e2e/fixtures/chromium.ts';

/** Where other work may run beside the tests a time can be missed once; it is named, and what fails twice fails. */
const retry = process.env.CI === undefined ? 0 : 1;

/** `*.test.ts` runs in Node, `*.page.test.tsx` in a real browser page. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [emojiData()],
  cacheDir: '.cache/vitest',
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          // The friend serves the widget, and some tests start the whole friend.
          globalSetup: './e2e/fixtures/build.ts',
          include: ['**/*.test.ts'],
          exclude: [
            '**/*.page.test.*',
            'cli/template/**',
            '**/node_modules/**',
            'dist/**',
            '.cache/**',
            '.befriend/**',
          ],
          testTimeout: 20_000,
          // Many wait for servers to start.
          maxWorkers: 2,
          retry,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['**/*.page.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', 'dist/**', '.cache/**', '.befriend/**'],
          testTimeout: 20_000,
          retry,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
