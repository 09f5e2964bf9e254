import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { publint } from 'publint';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumLaunch } from '../e2e/fixtures/chromium.ts';
import { buildNpm } from './npm-package.ts';
import { runTool } from './tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'befriend-npm-'));
const built = join(folder, 'built');
const project = join(folder, 'project');
let tarball: string;

const page = `import { mount, type Theme } from 'befriend';
import 'befriend/element';
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

afterAll(() => rmSync(folder, { recursive: true }));

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
    const compilerOptions = { strict: true, noEmit: true, target: 'es2023', moduleResolution, module, types: [] };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ['page.ts'] }));

    const { code, output } = await runTool(['tsc', '-p', config]);

    expect({ code, output }).toEqual({ code: 0, output: '' });
  },
  60_000,
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
