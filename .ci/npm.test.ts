import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { publint } from 'publint';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumLaunch } from '../e2e/fixtures/chromium.ts';
import { clientAt } from '../server/bin/contract-process.ts';
import { buildNpm } from './npm-package.ts';
import { runTool } from './tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'befriend-npm-'));
const built = join(folder, 'built');
const project = join(folder, 'project');
let tarball: string;
let started: ChildProcess | undefined;

const page = `import { mount, type Theme } from 'befriend';
import 'befriend/element';
import { append, defineConfig, defineEvents, v } from 'befriend/server';
import { testChat } from 'befriend/testing';
import { cssOf, themeIn } from 'befriend/theme';

const theme: Theme = { scheme: 'dark', color: { brand: '#0a7d5a' }, density: 'compact' };
const chat = mount(document.body, { service: 'wss://chat.test/xmpp', friend: 'friend.chat.test' });
chat.on('unread', ({ body }) => {
  const unread: number = body.unread;
  document.title = \`\${unread} \${cssOf(theme).css} \${themeIn({}).problems.length}\`;
});
document.querySelector('befriend-chat')?.widget?.open();
// @ts-expect-error: a verb that does not exist
chat.opne();
// @ts-expect-error: a look that does not exist
const wrong: Theme = { density: 'thin' };
const events = defineEvents({ actions: { 'order.track': v.strictObject({ order: v.number() }) } });
export const config = defineConfig({
  events,
  setup(friend) {
    friend.on('order.track', ({ action }) => [append('c_room_lobby', 'order.tracked', { next: action.body.order + 1 })]);
    // @ts-expect-error: a body has a type
    friend.on('order.track', ({ action }) => [append('c_room_lobby', 'order.tracked', { next: action.body.parcel })]);
  },
});
export async function tested(): Promise<void> {
  const { ann } = (await testChat(config)).people('ann');
  await ann.says('Hello');
  // @ts-expect-error: nobody is called so
  const text: number = ann.name;
}
export { wrong };
`;

const files = {
  'package.json': '{ "private": true, "type": "module" }',
  'index.html': '<!doctype html><script type="module" src="page.ts"></script>',
  'page.ts': page,
  'brand.tokens.json': '{ "befriend": { "color": { "$type": "color", "acent": { "$value": "#0a7d5a" } } } }',
};

const run = promisify(execFile);

/** Installed as everybody does it: from a tarball, into an empty project; there is no network, for nothing else is needed. */
beforeAll(async () => {
  await buildNpm(built);
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder, built]);
  const [packed] = JSON.parse(stdout) as [{ readonly filename: string }];
  tarball = join(folder, packed.filename);
  mkdirSync(project);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: project });
}, 300_000);

afterAll(async () => {
  if (started?.pid !== undefined && started.exitCode === null) {
    const ended = once(started, 'exit');
    // Its group: npx, and what npx started.
    process.kill(-started.pid, 'SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true });
});

test('is a package that publint and arethetypeswrong find nothing to say of', async () => {
  const { messages } = await publint({ pkgDir: built, strict: true });
  const types = await runTool(['attw', tarball, '--profile', 'esm-only', '--no-emoji']);

  expect(messages).toEqual([]);
  expect(types).toMatchObject({ code: 0, output: expect.stringContaining('befriend/theme') });
}, 60_000);

test.each([
  ['bundler', 'esnext'],
  ['node16', 'node16'],
])(
  'has types where modules are resolved as by %s',
  async (moduleResolution, module) => {
    const config = join(project, `tsconfig.${moduleResolution}.json`);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: 'es2024',
      lib: ['esnext', 'dom'],
      moduleResolution,
      module,
      types: [],
    };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ['page.ts'] }));

    const { code, output } = await runTool(['tsc', '-p', config]);

    expect({ code, output }).toEqual({ code: 0, output: '' });
  },
  240_000,
);

test('is bundled by Vite, without anything that has to be installed beside it', async () => {
  const outDir = join(folder, 'bundled');

  await build({ root: project, configFile: false, logLevel: 'error', build: { outDir } });

  expect(readFileSync(join(outDir, 'index.html'), 'utf8')).toMatch(/src="\/assets\/index-[\w-]+\.js"/);
}, 60_000);

test('draws its launcher in a browser that loads it as it is', async () => {
  const server = createServer(({ url = '/' }, answer) => {
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    const text = url.endsWith('.js') ? readFileSync(join(built, url), 'utf8') : '<!doctype html><title>A page</title>';
    answer.writeHead(200, { 'content-type': type }).end(text);
  }).listen(0, '127.0.0.1');
  const browser = await chromium.launch(chromiumLaunch);

  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await tab.addScriptTag({ type: 'module', content: `import '/element.js';` });
  await tab.evaluate(() => {
    // As a site writes it: parsed, not made by a program.
    document.body.innerHTML =
      '<befriend-chat service="wss://chat.test/xmpp" friend="friend.chat.test"></befriend-chat>';
  });

  await tab.getByRole('button').waitFor();
  expect(await tab.getByRole('button').getAttribute('aria-expanded')).toBe('false');
  await browser.close();
  server.close();
}, 60_000);

test('brings the command line', async () => {
  const words = ['--offline', 'befriend', 'theme', 'check', 'brand.tokens.json'];

  const ended = run('npx', words, { cwd: project });

  await expect(ended).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining(
      'brand.tokens.json:1:46: befriend.color.acent: There is no such name. Is befriend.color.accent meant?',
    ),
  });
}, 60_000);

test('makes a project whose tests pass, and runs its logic, with nothing else installed', async () => {
  const chat = join(project, 'chat');
  await run('npx', ['--offline', 'befriend', 'init', 'chat'], { cwd: project });
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: chat });
  const tested = await run('npm', ['test'], { cwd: chat, env: newer });
  const child = spawn('npx', ['--offline', 'befriend', 'start'], {
    cwd: chat,
    env: { ...newer, PORT: '0', BEFRIEND_XMPP: 'builtin' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  started = child;
  const port = await portOf(child);
  const get = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);

  const health = await get('/healthz');
  const [page, widget, people] = await Promise.all(['/', '/befriend/befriend.js', '/people'].map(get));
  const client = await clientAt(port, 'ann');
  const answer = await client.ask('order.track', { order: 8 });

  expect(tested.stdout).toMatch(/pass 3\n.*fail 0\n/s);
  expect([health, page, widget, people].map((one) => one?.status)).toEqual([200, 200, 200, 200]);
  expect(await page?.text()).toContain(`src="http://127.0.0.1:${port}/befriend/befriend.js"`);
  expect(answer).toMatchObject({ type: 'order.tracked', body: { order: 8, state: 'packed' } });
}, 120_000);

test('has a widget without the friend, and all of it in eight megabytes', () => {
  const widget = ['befriend.js', 'element.js', 'theme.js'].map((name) => readFileSync(join(built, name), 'utf8'));

  expect(statSync(tarball).size).toBeLessThan(8_000_000);
  for (const text of widget) expect(text).not.toMatch(/node:|server\/chunks/);
});

/** A machine whose Node is the one that the friend needs. */
const newer = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };

/** The port that a start prints. */
function portOf({ stdout }: ChildProcess): Promise<number> {
  let said = '';
  return new Promise((resolve) => {
    stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, port] = /ready: http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
