import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const config = join(root, '.dependency-cruiser.cjs');

/** What the planted files import; packages are empty, only their names count. */
const targets = [
  'protocol/frame.ts',
  'widget/core/ports.ts',
  'widget/core/view.ts',
  'widget/transport/xmpp.ts',
  'widget/ui/mount.ts',
  'widget/theme/tokens.ts',
  'widget/embed/befriend.ts',
  'widget/embed/mount.ts',
  'widget/package/befriend.ts',
  'server/core/friend.ts',
  'server/plugins/conversations.ts',
  'server/plugins/conversation-page.ts',
  'server/middleware/rate-limit.ts',
  'server/stores/memory.ts',
  'server/stores/sqlite.ts',
  'server/transports/memory.ts',
  'server/transports/component.ts',
  'server/http/serve.ts',
  'server/builtin/server.ts',
  'server/builtin/node.ts',
  'server/testing/kit.ts',
  'server/bin/start.ts',
  'e2e/fixtures/page.ts',
  '.ci/node-version.cjs',
];
const packages = [
  'valibot',
  'preact',
  '@xmpp/client',
  'ltx',
  'ws',
  'hono',
  'jose',
  'vite',
  'vitest',
  'msw',
  'temporal-polyfill',
  '@dagrejs/dagre',
  '@valibot/to-json-schema',
];

/** Rule → for each planted file: where it lies, and the one thing that it must not import. */
const forbidden: Record<string, [file: string, target: string][]> = {
  'protocol-stands-alone': [
    ['protocol/p1.ts', 'server/core/friend.ts'],
    ['protocol/p2.ts', 'ltx'],
    ['protocol/p3.ts', 'node:fs'],
  ],
  'widget-core-knows-only-the-protocol': [
    ['widget/core/p1.ts', 'widget/ui/mount.ts'],
    ['widget/core/p2.ts', 'widget/transport/xmpp.ts'],
    ['widget/core/p3.ts', 'valibot'],
  ],
  'widget-transport-knows-core-and-xmpp': [['widget/transport/p1.ts', 'widget/ui/mount.ts']],
  'widget-tabs-share-a-transport': [
    ['widget/tabs/p1.ts', 'widget/core/view.ts'],
    ['widget/tabs/p2.ts', 'widget/transport/xmpp.ts'],
  ],
  'widget-stores-know-core': [['widget/stores/p1.ts', 'widget/transport/xmpp.ts']],
  'widget-ui-draws-the-view': [
    ['widget/ui/p1.ts', 'widget/transport/xmpp.ts'],
    ['widget/ui/p2.ts', 'widget/embed/befriend.ts'],
    ['widget/ui/p3.ts', 'protocol/frame.ts'],
  ],
  'widget-theme-stands-alone': [['widget/theme/p1.ts', 'widget/core/view.ts']],
  'widget-i18n-stands-alone': [['widget/i18n/p1.ts', 'widget/core/view.ts']],
  'widget-embed-composes-the-widget': [['widget/embed/p1.ts', 'hono']],
  'widget-package-shows-what-is-public': [
    ['widget/package/p1.ts', 'widget/core/view.ts'],
    ['widget/package/p2.ts', 'preact'],
  ],
  'folders-of-plugins-do-not-import-each-other': [['server/plugins/hooks/p1.ts', 'server/plugins/conversations.ts']],
  'nothing-inside-uses-the-package': [['widget/embed/p2.ts', 'widget/package/befriend.ts']],
  'server-core-knows-only-the-protocol': [
    ['server/core/p1.ts', 'server/stores/memory.ts'],
    ['server/core/p2.ts', 'node:crypto'],
    ['server/core/p3.ts', 'valibot'],
  ],
  'server-hours-know-the-calendar': [
    ['server/hours/p1.ts', 'server/core/friend.ts'],
    ['server/hours/p2.ts', 'valibot'],
  ],
  'server-plugins-know-core-and-protocol': [
    ['server/plugins/p1.ts', 'server/stores/memory.ts'],
    ['server/plugins/p2.ts', 'node:crypto'],
  ],
  'tools-of-assistants-know-json-schema': [['server/plugins/ai/tool-p1.ts', 'hono']],
  'drawings-of-flows-know-the-layout-of-graphs': [['server/plugins/bots/draw-p1.ts', 'valibot']],
  'plugins-do-not-import-each-other': [
    ['server/plugins/messages.ts', 'server/plugins/conversations.ts'],
    ['server/plugins/presence.ts', 'server/plugins/conversation-page.ts'],
  ],
  'server-middleware-knows-core-and-protocol': [['server/middleware/p1.ts', 'server/plugins/conversations.ts']],
  'server-stores-know-core-and-their-library': [['server/stores/p1.ts', 'server/transports/memory.ts']],
  'server-blobs-know-core-and-the-disk': [['server/blobs/p1.ts', 'server/stores/memory.ts']],
  'server-transports-know-core-and-xmpp': [['server/transports/p1.ts', 'server/stores/memory.ts']],
  'server-tokens-know-core-and-jose': [
    ['server/tokens/p1.ts', 'server/plugins/conversations.ts'],
    ['server/tokens/p2.ts', 'hono'],
  ],
  'server-fetch-knows-core': [
    ['server/fetch/p1.ts', 'server/stores/memory.ts'],
    ['server/fetch/p2.ts', 'node:http'],
  ],
  'server-native-knows-core-and-noble': [
    ['server/native/p1.ts', 'server/transports/memory.ts'],
    ['server/native/p2.ts', 'ltx'],
    ['server/native/p3.ts', 'server/plugins/conversations.ts'],
  ],
  'server-http-knows-core-and-hono': [['server/http/p1.ts', 'server/transports/memory.ts']],
  'server-builtin-knows-core-and-its-sockets': [['server/builtin/p1.ts', 'server/transports/memory.ts']],
  'server-testing-uses-what-runs-in-a-page': [
    ['server/testing/p1.ts', 'server/stores/sqlite.ts'],
    ['server/testing/p2.ts', 'server/builtin/node.ts'],
    ['server/testing/p3.ts', 'widget/ui/mount.ts'],
    ['server/testing/p4.ts', 'server/bin/start.ts'],
  ],
  'the-composition-runs-in-a-page': [['server/bin/compose.ts', 'server/stores/sqlite.ts']],
  'server-package-shows-what-is-public': [['server/package/server.ts', 'server/http/serve.ts']],
  'examples-use-public-entries': [['examples/p1/befriend.config.ts', 'server/core/friend.ts']],
  'the-template-uses-public-entries': [['cli/template/befriend.config.ts', 'server/core/friend.ts']],
  'cli-knows-the-theme': [
    ['cli/p1.ts', 'server/core/friend.ts'],
    ['cli/p2.ts', 'widget/core/view.ts'],
    ['cli/p3.ts', 'valibot'],
  ],
  'pages-use-public-entries': [['pages/p1.ts', 'widget/core/view.ts']],
  'the-studio-makes-themes': [
    ['pages/studio/p1.ts', 'widget/ui/mount.ts'],
    ['pages/studio/p2.ts', 'server/testing/kit.ts'],
  ],
  'the-playground-runs-logic': [
    ['pages/play/p1.ts', 'widget/core/view.ts'],
    ['pages/play/p2.ts', 'server/core/friend.ts'],
    ['pages/play/p3.ts', 'protocol/frame.ts'],
  ],
  'the-inbox-is-built-from-the-widget': [
    ['pages/inbox/p1.ts', 'widget/embed/mount.ts'],
    ['pages/inbox/p2.ts', 'server/testing/kit.ts'],
  ],
  'e2e-uses-public-entries': [['e2e/p1.ts', 'server/stores/memory.ts']],
  'only-transports-know-xmpp': [['server/bin/p1.ts', '@xmpp/client']],
  'widget-never-imports-server': [['widget/p1.ts', 'server/core/friend.ts']],
  'server-never-imports-widget': [['server/bin/p2.ts', 'widget/core/view.ts']],
  'widget-tests-use-the-testing-kit': [['widget/core/p1.test.ts', 'server/core/friend.ts']],
  'only-programs-import-bin': [['scripts/p1.ts', 'server/bin/start.ts']],
  'nothing-shipped-imports-the-testing-kit': [['server/bin/p3.ts', 'server/testing/kit.ts']],
  'nothing-shipped-imports-tests-or-tools': [
    ['server/bin/p4.ts', 'vitest'],
    ['server/bin/p5.ts', 'e2e/fixtures/page.ts'],
  ],
  'only-the-start-builds': [['server/p1.ts', 'vite']],
  'every-import-exists': [['server/bin/p6.ts', 'server/bin/nowhere.ts']],
};

/** What must stay allowed, so that a rule that forbids everything is seen too. */
const allowed: [file: string, target: string][] = [
  ['protocol/a1.ts', 'valibot'],
  ['widget/core/a1.ts', 'protocol/frame.ts'],
  ['widget/transport/a1.ts', '@xmpp/client'],
  ['widget/tabs/a1.ts', 'widget/core/ports.ts'],
  ['widget/stores/a1.ts', 'widget/core/ports.ts'],
  ['widget/ui/a1.ts', 'preact'],
  ['widget/embed/a1.ts', 'widget/transport/xmpp.ts'],
  ['widget/package/a1.ts', 'widget/embed/mount.ts'],
  ['pages/a1.ts', 'widget/package/befriend.ts'],
  ['widget/core/a1.test.ts', 'server/testing/kit.ts'],
  ['server/hours/a1.ts', 'temporal-polyfill'],
  ['server/plugins/bots/draw-a1.ts', '@dagrejs/dagre'],
  ['server/plugins/ai/tool-a1.ts', '@valibot/to-json-schema'],
  ['server/plugins/a1.ts', 'server/core/friend.ts'],
  ['server/plugins/a2.ts', 'server/hours/a1.ts'],
  ['server/plugins/conversation-a1.ts', 'server/plugins/conversations.ts'],
  ['server/stores/a1.ts', 'node:sqlite'],
  ['server/stores/contract.ts', 'vitest'],
  ['server/blobs/a1.ts', 'node:fs'],
  ['server/transports/a1.ts', 'ltx'],
  ['server/tokens/a1.ts', 'jose'],
  ['server/fetch/a1.ts', 'server/core/friend.ts'],
  ['server/native/a1.ts', 'server/core/friend.ts'],
  ['server/http/a1.ts', 'hono'],
  ['server/builtin/a1.ts', 'ws'],
  ['server/testing/a1.ts', 'msw'],
  ['server/testing/a2.ts', 'server/bin/compose.ts'],
  ['server/testing/a3.ts', 'widget/core/view.ts'],
  ['server/bin/a1.ts', 'server/stores/sqlite.ts'],
  ['server/bin/a2.ts', '.ci/node-version.cjs'],
  ['cli/a1.ts', 'widget/theme/tokens.ts'],
  ['cli/a2.ts', 'node:fs'],
  ['server/core/a1.test.ts', 'server/stores/memory.ts'],
  ['pages/studio/a1.ts', 'widget/theme/tokens.ts'],
  ['pages/inbox/a1.ts', 'widget/ui/mount.ts'],
  ['pages/play/a1.ts', 'server/package/server.ts'],
  ['e2e/a1.ts', 'server/bin/start.ts'],
];

const tree = mkdtempSync(join(tmpdir(), 'befriend-layers-'));
let broken: Map<string, string[]>;

beforeAll(async () => {
  for (const target of targets)
    write(target, /ts$/.test(target) ? 'export const here = 1;\nexport type Here = 1;\n' : '');
  for (const name of packages) writePackage(name);
  for (const [file, target] of [...Object.values(forbidden).flat(), ...allowed]) plant(file, target);
  write('widget/ui/a2.ts', `import type { Here } from '../../protocol/frame.ts';\nexport type There = Here;\n`);
  write('widget/core/one.ts', `import './two.ts';\n`);
  write('widget/core/two.ts', `import './one.ts';\n`);
  broken = await violations();
}, 30_000);

afterAll(() => rmSync(tree, { recursive: true }));

test.each(Object.entries(forbidden))('goes red for one forbidden import: %s', (rule, cases) => {
  const found = cases.map(([file]) => [file, broken.get(file)]);

  expect(found).toEqual(cases.map(([file]) => [file, [rule]]));
});

test('goes red for a cycle', () => {
  const found = broken.get('widget/core/one.ts');

  expect(found).toEqual(['no-cycles']);
});

test('stays green for what a layer may import', () => {
  const files = [...allowed.map(([file]) => file), ...targets, 'widget/ui/a2.ts'];

  const red = files.filter((file) => broken.has(file));

  expect(red).toEqual([]);
});

test('plants an import for every rule', () => {
  const configured = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] };

  const names = new Set(configured.forbidden.map((rule) => rule.name));

  expect([...names].sort()).toEqual([...Object.keys(forbidden), 'no-cycles'].sort());
});

/** The rules that each planted file breaks, by name. */
async function violations(): Promise<Map<string, string[]>> {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const words = [cli, '--config', config, '--output-type', 'json', '.'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: tree, maxBuffer: 2 ** 26 }).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  const found = new Map<string, Set<string>>();
  for (const { from, rule } of summary.violations) found.set(from, (found.get(from) ?? new Set()).add(rule.name));
  return new Map(Array.from(found, ([file, rules]) => [file, [...rules]]));
}

function plant(file: string, target: string): void {
  const path = relative(dirname(file), target);
  const isFile = /[.]c?[jt]s$/.test(target);
  write(file, `import '${!isFile ? target : path.startsWith('.') ? path : `./${path}`}';\n`);
}

function writePackage(name: string): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
  write(`node_modules/${name}/index.js`, '');
}

function write(path: string, text: string): void {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
