import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { codeOf, Stage, secretOf } from '../bin/contract-stage.ts';
import type { TokenFault } from '../core/ports.ts';
import { jwtVerifier } from './jwt.ts';
import { keysIn } from './keys.ts';
import { part, signed } from './staged-tokens.ts';

const now = 1_760_000_000_000;
const seconds = now / 1_000;
const secret = 'a secret of the site, 32 bytes +';
const audience = 'friend.example.com';
const issuer = 'https://shop.example';

const [rsa, otherRsa] = [rsaPair(), rsaPair()];
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const jwks = JSON.stringify({
  keys: [rsa, ec, ed].map(({ publicKey }, index) => ({ ...publicKey.export({ format: 'jwk' }), kid: `key ${index}` })),
});
const verify = jwtVerifier({ secret, keys: keysIn(jwks), audience, issuer });

const claims = { sub: 'ann', aud: audience, iss: issuer, exp: seconds + 300 };
const hs256 = { alg: 'HS256', typ: 'JWT' };

function rsaPair() {
  return generateKeyPairSync('rsa', { modulusLength: 2_048 });
}

/** A token with everything right but what is given. */
function hmac(change: object, header: object = {}): string {
  return signed({ ...hs256, ...header }, { ...claims, ...change }, secret);
}

function without(name: keyof typeof claims): string {
  const { [name]: _, ...rest } = claims;
  return signed(hs256, rest, secret);
}

/** Each way to get a token wrong; `any` is what chance adds. */
const wrong: Readonly<Record<string, (any: { readonly text: string; readonly number: number }) => string>> = {
  'no algorithm': ({ number }) => {
    const alg = ['none', 'None', 'NONE', 'nOnE', ''][number % 5];
    return `${part({ alg, typ: 'JWT' })}.${part(claims)}.`;
  },
  'no algorithm, with the signature of another': () => {
    return `${part({ alg: 'none' })}.${part(claims)}.${hmac({}).split('.')[2]}`;
  },
  'another secret': ({ text }) => signed(hs256, claims, `not the secret ${text}`),
  'an empty secret': () => signed(hs256, claims, ''),
  'a payload that was not signed': ({ text }) => {
    const [header, , signature] = hmac({}).split('.');
    return `${header}.${part({ ...claims, sub: `not ann ${text}` })}.${signature}`;
  },
  'a header that was not signed': ({ text }) => {
    const [, payload, signature] = hmac({}).split('.');
    return `${part({ ...hs256, kid: text })}.${payload}.${signature}`;
  },
  'one bit of the signature': ({ number }) => {
    const [header, payload, signature = ''] = hmac({}).split('.');
    const bytes = Buffer.from(signature, 'base64url');
    const at = number % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (number % 8));
    return `${header}.${payload}.${bytes.toString('base64url')}`;
  },
  'a shortened signature': ({ number }) => hmac({}).slice(0, -4 - (number % 30)),
  'a stronger algorithm than allowed': ({ number }) => {
    const alg = number % 2 === 0 ? 'HS384' : 'HS512';
    return signed({ alg }, claims, secret, alg);
  },
  'the public key as a secret': ({ number }) => {
    const { publicKey } = [rsa, ec, ed][number % 3] ?? rsa;
    const format = number % 2 === 0 ? { type: 'spki', format: 'pem' } : { type: 'spki', format: 'der' };
    return signed(hs256, claims, publicKey.export(format as never).toString());
  },
  'the key of somebody else': ({ number }) =>
    signed({ alg: 'RS256', ...(number % 2 ? { kid: 'key 0' } : {}) }, claims, otherRsa.privateKey),
  'a key under the name of another': () => signed({ alg: 'RS256', kid: 'key 1' }, claims, rsa.privateKey),
  'a key for another algorithm': () => signed({ alg: 'ES256' }, claims, rsa.privateKey, 'RS256'),
  'a key that it brings along': () => {
    const jwk = otherRsa.publicKey.export({ format: 'jwk' });
    return signed({ alg: 'RS256', jwk }, claims, otherRsa.privateKey);
  },
  'an address of keys': ({ text, number }) => {
    const name = number % 2 === 0 ? 'jku' : 'x5u';
    return hmac({}, { [name]: `https://evil.example/${encodeURIComponent(text)}` });
  },
  'an extension that has to be understood': ({ text }) => hmac({}, { crit: ['exp'], exp: text }),
  'a payload that is not encoded': () => hmac({}, { b64: false, crit: ['b64'] }),
  'another audience': ({ text }) => hmac({ aud: `friend.example.org ${text}` }),
  'many other audiences': ({ text }) => hmac({ aud: [text, `x.${audience}`] }),
  'no audience': () => without('aud'),
  'another issuer': ({ text }) => hmac({ iss: `${issuer}/${text}` }),
  'no issuer': () => without('iss'),
  'no subject': () => without('sub'),
  'an empty subject': () => hmac({ sub: '' }),
  'a subject that is no text': ({ number }) => hmac({ sub: [number, null, ['ann'], { id: 'ann' }][number % 4] }),
  'a subject without end': ({ number }) => hmac({ sub: 'x'.repeat(256 + (number % 1_000)) }),
  'a life that is over': ({ number }) => hmac({ exp: seconds - 6 - number }),
  'no end': () => without('exp'),
  'an end that is no time': ({ text }) => hmac({ exp: `${seconds + 300} ${text}` }),
  'a life that is too long': ({ number }) => hmac({ exp: seconds + 606 + number }),
  'a life without end': () => signed(hs256, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999'), secret),
  'a beginning that is still to come': ({ number }) => hmac({ nbf: seconds + 6 + number }),
  'a binding that is over': ({ number }) => hmac({ bind_until: seconds - number }),
  'a binding that is no time': ({ text }) => hmac({ bind_until: text }),
  'a part too many': ({ text }) => `${hmac({})}.${part(text)}`,
  'a part too few': () => hmac({}).split('.').slice(0, 2).join('.'),
  'a payload that is no object': ({ number }) => signed(hs256, [[], 'ann', number, null][number % 4], secret),
  'a payload that is no JSON': ({ text }) => signed(hs256, `{${text}`, secret),
  'a header that is no JSON': ({ text }) => `${part(`{${text}`)}.${part(claims)}.${part('x')}`,
};

/** Tokens that are wrong in one way each, by turns. */
function wrongTokens(count: number): { way: string; token: string }[] {
  const any = fc.record({ text: fc.string({ maxLength: 30 }), number: fc.nat(100_000) });
  const ways = Object.entries(wrong);
  return fc.sample(any, { numRuns: count, seed: 7 }).map((chance, index) => {
    const [way, make] = ways[index % ways.length] ?? ['', () => ''];
    return { way, token: make(chance) };
  });
}

test('takes none of 1,000 tokens that are wrong in one way, and those that are right', async () => {
  const tokens = wrongTokens(1_000);

  const taken: string[] = [];
  for (const { way, token } of tokens) if ((await verify(token, now)).ok) taken.push(way);

  expect(tokens).toHaveLength(1_000);
  expect(taken).toEqual([]);
  for (const token of await right()) expect(await verify(token, now)).toMatchObject({ ok: true });
});

test('lets nobody be a user by a token that is wrong, and changes nothing; by a good one it does', async () => {
  const stage = await Stage.open({ tokens: (token) => verify(token, now) });
  const ann = await stage.person('ann');
  const codes = new Set<string | undefined>();

  for (const { token } of wrongTokens(1_000)) {
    codes.add(codeOf(await ann.ask('user.identify', { token, secret: secretOf('new') })));
    stage.clock.advance(1_000);
  }
  const visitor = await ann.open();
  const [token = ''] = await right();
  const good = await ann.ask('user.identify', { token, secret: secretOf('new') });

  expect([...codes].sort()).toEqual(['schema', 'token_invalid']);
  expect(visitor).toMatchObject({ body: { user: { id: ann.user, kind: 'visitor' } } });
  expect(good).toMatchObject({ type: 'user.identified', body: { user: { kind: 'user' } } });
}, 30_000);

/** One of each algorithm, made by the library. */
function right(): Promise<string[]> {
  const sign = (alg: string, key: Parameters<SignJWT['sign']>[0], kid?: string) =>
    new SignJWT(claims).setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) }).sign(key);
  return Promise.all([
    sign('HS256', new TextEncoder().encode(secret)),
    sign('RS256', rsa.privateKey, 'key 0'),
    sign('RS256', rsa.privateKey),
    sign('ES256', ec.privateKey, 'key 1'),
    sign('EdDSA', ed.privateKey, 'key 2'),
    sign('Ed25519', ed.privateKey),
  ]);
}

test.each<[TokenFault, string]>([
  ['malformed', 'no.token.here'],
  ['malformed', hmac({ jti: 7 })],
  ['malformed', hmac({ jti: 'x'.repeat(256) })],
  ['header', hmac({}, { jku: 'https://evil.example' })],
  ['algorithm', signed({ alg: 'HS512' }, claims, secret, 'HS512')],
  ['key', signed({ alg: 'RS256', kid: 'key 9' }, claims, rsa.privateKey)],
  ['signature', signed(hs256, claims, 'another')],
  ['audience', hmac({ aud: 'friend.example.org' })],
  ['issuer', hmac({ iss: 'https://other.example' })],
  ['subject', without('sub')],
  ['early', hmac({ nbf: seconds + 60 })],
  ['expired', hmac({ exp: seconds - 60 })],
  ['lasting', hmac({ exp: seconds + 3_600 })],
  ['binding', hmac({ bind_until: seconds - 1 })],
])('says that it is the %s', async (why, token) => {
  expect(await verify(token, now)).toEqual({ ok: false, why });
});

test('tells who it is, and leaves out what does not fit', async () => {
  const told = {
    name: '  Ann \n Smith\u2028 ',
    picture: 'https://shop.example/ann.png',
    attributes: { plan: 'pro', seats: 3, trial: false, nested: {}, '1st': 'x', long: 'x'.repeat(281) },
    role: 'colleague',
    bind_until: seconds + 3_600,
  };

  const full = await verify(hmac(told), now);
  const poor = await verify(
    hmac({ name: 7, picture: 'http://shop.example/ann.png', attributes: 'pro', role: 'admin' }),
    now,
  );
  const long = await verify(
    hmac({ name: `${'x'.repeat(79)}👋`, picture: `https://x.example/${'x'.repeat(250)}` }),
    now,
  );

  const plain = { issuer, subject: 'ann', expiresAt: now + 300_000 };
  const attributes = { plan: 'pro', seats: 3, trial: false };
  const whole = { name: 'Ann Smith', avatar: told.picture, attributes, role: 'colleague', bindUntil: now + 3_600_000 };
  expect(full).toEqual({ ok: true, claims: { ...plain, ...whole } });
  expect(poor).toEqual({ ok: true, claims: plain });
  expect(long).toEqual({ ok: true, claims: { ...plain, name: 'x'.repeat(79) } });
});

test('tells the name that the token has for itself', async () => {
  const [named, plain] = [await verify(hmac({ jti: 'once' }), now), await verify(hmac({}), now)];

  expect(named).toMatchObject({ ok: true, claims: { tokenId: 'once' } });
  expect(plain).not.toHaveProperty('claims.tokenId');
});

test('takes clocks that differ a little, and any issuer where none is asked for', async () => {
  const anyIssuer = jwtVerifier({ secret, audience });

  const verdicts = [
    await verify(hmac({ exp: seconds - 4 }), now),
    await verify(hmac({ exp: seconds + 604 }), now),
    await anyIssuer(without('iss'), now),
    await anyIssuer(hmac({ aud: ['other.example', audience] }), now),
  ];

  expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  expect(verdicts[2]).toMatchObject({ claims: { issuer: '', subject: 'ann' } });
});

test('reads keys from PEM too, and names what is no public key for it', () => {
  const pem = [rsa, ec, ed].map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' })).join('\n');
  const privatePem = ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ type: 'spki', format: 'pem' });
  const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey.export({ format: 'jwk' });

  expect(keysIn(pem).map(({ algorithm }) => algorithm)).toEqual(['RS256', 'ES256', 'EdDSA']);
  expect(keysIn(JSON.stringify(ed.publicKey.export({ format: 'jwk' })))).toMatchObject([{ algorithm: 'EdDSA' }]);
  expect(() => keysIn(privatePem)).toThrow('private key');
  expect(() => keysIn(JSON.stringify(ec.privateKey.export({ format: 'jwk' })))).toThrow('private key');
  expect(() => keysIn(JSON.stringify({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }))).toThrow('BEFRIEND_JWT_SECRET');
  expect(() => keysIn(curve.toString())).toThrow('P-256');
  expect(() => keysIn(JSON.stringify(weak))).toThrow('1024 bits');
  expect(() => keysIn('hello')).toThrow('no public key');
});

test('wants a secret of 32 bytes, or a key', () => {
  expect(() => jwtVerifier({ secret: 'x'.repeat(31), audience })).toThrow('31 bytes');
  expect(() => jwtVerifier({ audience })).toThrow('neither a secret nor a key');
});
