import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const launchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
  ],
};

/** `*.test.ts` runs in Node, `*.page.test.tsx` in a real browser page. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  cacheDir: '.cache/vitest',
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['**/*.test.ts'],
          exclude: ['**/*.page.test.*', '**/node_modules/**', 'dist/**', '.cache/**', '.befriend/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['**/*.page.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', 'dist/**', '.cache/**', '.befriend/**'],
          testTimeout: 20_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
