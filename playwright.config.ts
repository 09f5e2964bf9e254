import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './e2e/fixtures/chromium.ts';
import type { StackOptions } from './e2e/fixtures/stack.ts';

/**
 * The same journeys against ejabberd from the package, ejabberd in our image, Prosody from the package, and with the
 * friend as an account of ejabberd, from the package and in our image; of the latter the tests run what touches the server
 * most.
 */
/** What is only worth something where locators work by keys. */
const byKeys = /by-keys\.spec\.ts$/;

export default defineConfig<{ keys: boolean }, StackOptions>({
  testDir: 'e2e/specs',
  outputDir: '.cache/e2e',
  globalSetup: './e2e/fixtures/build.ts',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // As in vitest.config.ts.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: true,
  // A picture that is missing is a failure, and nothing to be taken on the way.
  updateSnapshots: 'none',
  reporter: [['list'], ['json', { outputFile: '.cache/e2e.json' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    launchOptions: chromiumLaunch,
    // A page that is traced is another page, and a slower one.
    trace: 'on-first-retry',
  },
  projects: [
    // Every state of the widget from the gallery, without any server: `npm run gallery:renew` takes the pictures anew.
    {
      name: 'gallery',
      testDir: 'e2e/gallery',
      testIgnore: 'short.spec.ts',
      snapshotPathTemplate: 'e2e/gallery/pictures/{arg}{ext}',
      timeout: 120_000,
      // A trace of every state takes longer than all that is measured.
      use: { timezoneId: 'UTC', colorScheme: 'light', trace: 'off' },
    },
    // For `npm test`: one walk through them all with what is measured, and the pictures.
    {
      name: 'gallery-short',
      testDir: 'e2e/gallery',
      testMatch: /(short|looks)\.spec\.ts$/,
      grepInvert: /axe finds nothing in any state$|axe finds every contrast/,
      snapshotPathTemplate: 'e2e/gallery/pictures/{arg}{ext}',
      timeout: 120_000,
      use: { timezoneId: 'UTC', colorScheme: 'light', trace: 'off' },
    },
    { name: 'native', testIgnore: byKeys, use: { xmpp: 'native' } },
    // The same by keys alone.
    {
      name: 'keys',
      testMatch:
        /(by-keys|example|colleague|proactive|inbox|api|studio|people|message-actions|files|search|attention|group|history|languages|offline|identify|first-message|own-events|theme|policy)\.spec\.ts$/,
      use: { xmpp: 'native', keys: true },
    },
    {
      name: 'keys-short',
      testMatch: /(by-keys|example|message-actions|people|search)\.spec\.ts$/,
      use: { xmpp: 'native', keys: true },
    },
    { name: 'docker', testIgnore: byKeys, use: { xmpp: 'docker' } },
    {
      name: 'docker-short',
      testMatch: /(first-message|group|offline|reload|restart|fence|files)\.spec\.ts$/,
      use: { xmpp: 'docker' },
    },
    { name: 'prosody', testIgnore: byKeys, use: { xmpp: 'prosody' } },
    {
      name: 'prosody-short',
      testMatch: /(first-message|group|offline|reload|restart|fence)\.spec\.ts$/,
      use: { xmpp: 'prosody' },
    },
    // An account has no puppets.
    {
      name: 'account',
      testIgnore: [byKeys, /native-(client|desk|devices|own|presence)\.spec\.ts$/],
      use: { xmpp: 'native', mode: 'account' },
    },
    {
      name: 'account-short',
      testMatch: /(first-message|reload|restart)\.spec\.ts$/,
      use: { xmpp: 'native', mode: 'account' },
    },
    {
      name: 'docker-account-short',
      testMatch: /(first-message|reload|restart)\.spec\.ts$/,
      use: { xmpp: 'docker', mode: 'account' },
    },
  ],
});
