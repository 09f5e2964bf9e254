import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secret } from '../server/bin/contract-hooks.ts';
import { keyOf, signed } from '../server/plugins/hooks/signature.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, '.cache', 'docs-webhooks');
const page = readFileSync(join(root, 'docs/webhooks.md'), 'utf8');
const body = JSON.stringify({ id: 'c_1:7', body: { text: 'Grüße 🌍' } });

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is printed in this language, word for word. */
function printed(language: string): string {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';
}

/** Headers and bodies, and whether they are to be taken. */
async function deliveries(): Promise<{ headers: Record<string, string>; body: string; isGood: boolean }[]> {
  const key = keyOf(secret) ?? new Uint8Array();
  const other = keyOf(`whsec_${Buffer.alloc(32, 1).toString('base64')}`) ?? new Uint8Array();
  const good = await signed('c_1:7', body, [key], Date.now());
  return [
    { headers: good, body, isGood: true },
    { headers: await signed('c_1:7', body, [other, key], Date.now()), body, isGood: true },
    { headers: good, body: body.replace('7', '8'), isGood: false },
    { headers: { ...good, 'webhook-id': 'c_1:8' }, body, isGood: false },
    { headers: await signed('c_1:7', body, [other], Date.now()), body, isGood: false },
    { headers: await signed('c_1:7', body, [key], Date.now() - 600_000), body, isGood: false },
    { headers: {}, body, isGood: false },
  ];
}

test('takes what is signed and nothing else, with the check for Node that is printed', async () => {
  const file = join(folder, 'check.mjs');
  writeFileSync(file, printed('js'));
  const { isFromBefriend } = await import(/* @vite-ignore */ pathToFileURL(file).href);

  const all = await deliveries();

  expect(all.map(({ headers, body }) => isFromBefriend(headers, body, secret))).toEqual(
    all.map(({ isGood }) => isGood),
  );
});

/** Other languages, which `npm run setup` installs, and what runs the check that is printed. */
const elsewhere = {
  python: {
    program: 'python3',
    script: (source: string) =>
      `${source}\nimport json, sys\nprint(json.dumps([is_from_befriend(d["headers"], d["body"].encode(), sys.argv[1]) for d in json.load(sys.stdin)]))`,
  },
  php: {
    program: 'php',
    script: (source: string) =>
      `<?php ${source}\necho json_encode(array_map(fn($d) => is_from_befriend($d["headers"], $d["body"], $argv[1]), json_decode(stream_get_contents(STDIN), true)));`,
  },
} as const;

test.each(Object.entries(elsewhere))(
  'takes what is signed and nothing else, with the check in %s that is printed',
  async (name, { program, script }) => {
    const file = join(folder, `check.${name}`);
    writeFileSync(file, script(printed(name)));
    const all = await deliveries();

    const said = execFileSync(program, [file, secret], { input: JSON.stringify(all), encoding: 'utf8' });

    expect(JSON.parse(said)).toEqual(all.map(({ isGood }) => isGood));
  },
);
