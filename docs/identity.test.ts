import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { opens, userIn } from '../server/bin/contract-identity.ts';
import { Stage, secretOf } from '../server/bin/contract-stage.ts';
import { startSettings } from '../server/bin/environment.ts';
import { jwtVerifier } from '../server/tokens/jwt.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, '.cache', 'docs');
const page = readFileSync(join(root, 'docs/identity.md'), 'utf8');
const secret = 'a secret of the site, 32 bytes +';

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The back end for Node, word for word as it is printed, as a module. */
async function printedBackEnd(): Promise<{ befriendToken(user: object): Promise<string> }> {
  const [, source = ''] = /```js\n(import \{ SignJWT \}.*?)```/s.exec(page) ?? [];
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'back-end.mjs');
  writeFileSync(file, source);
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

test('signs people in by the back end that is printed', async () => {
  vi.stubEnv('BEFRIEND_JWT_SECRET', secret);
  const { befriendToken } = await printedBackEnd();
  const verify = jwtVerifier({ secret, audience: 'friend.example.com' });
  const stage = await Stage.open({ tokens: (token) => verify(token, Date.now()) });
  const ann = await stage.person('ann');

  const token = await befriendToken({ id: '7', name: 'Ann', picture: 'https://shop.example/ann.png' });
  const identified = await ann.ask('user.identify', { token, secret: secretOf('new') });
  const opened = await opens(ann, 'new');

  const user = { name: 'Ann', kind: 'user', verified: true, avatar: 'https://shop.example/ann.png' };
  expect(identified).toMatchObject({ type: 'user.identified', body: { user } });
  expect(userIn(opened)).toBe(userIn(identified));
});

/** What stands in for the library of the page, which Debian does not have: HS256 (RFC 7515 §A.1), and no word more. */
const library = `<?php
namespace Firebase\\JWT;
class JWT {
    public static function encode(array $claims, string $key, string $alg): string {
        $parts = array_map(
            fn($part) => rtrim(strtr(base64_encode(json_encode($part)), '+/', '-_'), '='),
            [['alg' => $alg, 'typ' => 'JWT'], $claims]
        );
        $mac = hash_hmac('sha256', implode('.', $parts), $key, true);
        return implode('.', [...$parts, rtrim(strtr(base64_encode($mac), '+/', '-_'), '=')]);
    }
}
`;

/** Other languages, which `npm run setup` installs, and what runs the back end that is printed. */
const elsewhere = {
  php: {
    program: ['php', '-d', `auto_prepend_file=${join(folder, 'library.php')}`],
    script: (source: string) => `<?php ${source}\necho befriend_token(json_decode($argv[1], true));`,
  },
  python: {
    // Debian's own, which has what setup installs.
    program: ['/usr/bin/python3'],
    script: (source: string) => `${source}\nimport json, sys\nprint(befriend_token(json.loads(sys.argv[1])))`,
  },
} as const;

test.each(Object.entries(elsewhere))(
  'signs people in by the back end in %s that is printed',
  async (name, { program, script }) => {
    const [, source = ''] = new RegExp(`\`\`\`${name}\\n(.*?)\`\`\``, 's').exec(page) ?? [];
    const user = { id: 7, name: 'Ann Größe', picture: 'https://shop.example/ann.png' };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'library.php'), library);
    const file = join(folder, `back-end.${name}`);
    writeFileSync(file, script(source));
    const [command, ...words] = program;

    const env = { PATH: process.env.PATH, BEFRIEND_JWT_SECRET: secret };
    const token = execFileSync(command, [...words, file, JSON.stringify(user)], { encoding: 'utf8', env }).trim();
    const verified = await jwtVerifier({ secret, audience: 'friend.example.com' })(token, Date.now());

    expect(verified).toMatchObject({ ok: true, claims: { subject: '7', name: 'Ann Größe' } });
  },
);

test('names the settings that there are', () => {
  const named = [...page.matchAll(/^\| `(BEFRIEND_JWT_\w+)` \|/gm)].map(([, name = '']) => name);
  const set = { secret: 'BEFRIEND_JWT_SECRET', keys: 'BEFRIEND_JWT_KEYS', audience: 'BEFRIEND_JWT_AUDIENCE' };
  const names = { ...set, issuer: 'BEFRIEND_JWT_ISSUER' };

  const { jwt } = startSettings(Object.fromEntries(named.map((name) => [name, 'x'.repeat(32)])));

  expect(named).toEqual(Object.values(names));
  expect(Object.keys(jwt).sort()).toEqual(Object.keys(names).sort());
});
