import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { builtPageRoutes } from './built-page.ts';
import { servedPlain } from './files.ts';

const headers = { 'Content-Security-Policy': "default-src 'none'" };
let folder: string;
let failures: unknown[] = [];

beforeEach(() => {
  failures = [];
  folder = mkdtempSync(join(tmpdir(), 'befriend-studio-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(text: string): void {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), text);
  writeFileSync(join(folder, 'assets/index-abc.js'), '/* studio */');
}

/** A studio whose build is what the test makes of it. */
function served(build: () => Promise<unknown>): Hono {
  const app = new Hono();
  const place = {
    path: '/studio',
    name: 'theme studio',
    folder,
    build,
    failed: (error: unknown) => failures.push(error),
  };
  builtPageRoutes(app, place, headers, (file, origin) =>
    servedPlain(file.type, Buffer.from(file.plain.toString().replace('@ORIGIN@', origin))),
  );
  return app;
}

test('builds nothing before it is asked for, and serves what was built with the policy of a page', async () => {
  let builds = 0;
  const app = served(async () => {
    builds += 1;
    write('the studio');
    return true;
  });
  const before = builds;

  const moved = await app.request('/studio');
  const page = await app.request('/studio/');
  const script = await app.request('/studio/assets/index-abc.js');

  expect([before, moved.headers.get('Location')]).toEqual([0, '/studio/']);
  expect([page.status, await page.text(), page.headers.get('Cache-Control')]).toEqual([200, 'the studio', 'no-cache']);
  expect(page.headers.get('Content-Security-Policy')).toBe("default-src 'none'");
  expect(script.headers.get('Cache-Control')).toContain('immutable');
});

test('puts the address that it was asked at into its HTML, and into nothing else', async () => {
  const app = served(async () => write('at @ORIGIN@'));

  const page = await app.request('http://chat.example/studio/');
  const script = await app.request('/studio/assets/index-abc.js');

  expect(await page.text()).toBe('at http://chat.example');
  expect(await script.text()).toBe('/* studio */');
});

test('says that it is being built, once for all who ask, and then is there', async () => {
  let done: (isNew: boolean) => void = () => undefined;
  let builds = 0;
  const app = served(() => {
    builds += 1;
    return new Promise((resolve) => {
      done = resolve;
    });
  });

  const [one, other] = await Promise.all([app.request('/studio/'), app.request('/studio/')]);
  write('the studio');
  done(true);
  await Promise.resolve();
  const later = await app.request('/studio/assets/index-abc.js');
  const script = await app.request('/studio/again.js');

  expect([one.status, other.status, later.status, builds]).toEqual([503, 503, 200, 1]);
  expect(await script.text()).toContain('location.reload()');
  expect(await one.text()).toMatch(/src="again.js"[\s\S]*http-equiv="refresh"[\s\S]*being built/);
});

test('says that it could not be built, leaves why to the log, and tries again after a while', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  let builds = 0;
  const app = served(async () => {
    builds += 1;
    if (builds === 1) throw new Error('No vite in /srv/befriend.');
    write('the studio');
  });

  const failed = await app.request('/studio/');
  const soon = await app.request('/studio/');
  vi.advanceTimersByTime(11_000);
  const mended = await app.request('/studio/');

  expect([failed.status, soon.status, mended.status, builds]).toEqual([503, 503, 200, 2]);
  expect(await failed.text()).not.toContain('/srv');
  expect(failures.map(String)).toEqual(['Error: No vite in /srv/befriend.']);
  vi.useRealTimers();
});
