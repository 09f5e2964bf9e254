import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '../bin/contract-stage.ts';
import type { FriendStatus } from '../core/friend-options.ts';
import { type HttpOptions, httpApp } from './app.ts';
import { servedPlain } from './files.ts';
import { metricsOf } from './metrics.ts';

const up: FriendStatus = {
  link: { state: 'up' },
  connections: 2,
  store: { writable: true, facts: 3, commits: 4 },
};

let folder: string;
let app: Hono;
let status: FriendStatus = up;
const stored = new Map<string, string>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'befriend-http-'));
  for (const path of ['widget', 'pages/shop', 'pages/people']) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'not to be served');
  writeFileSync(join(folder, 'widget/befriend.js'), '/* loader */');
  writeFileSync(join(folder, 'widget/app-abc123.js'), `/* app */${'x'.repeat(2_000)}`);
  writeFileSync(join(folder, 'widget/notes.txt'), 'not a served type');
  writeFileSync(
    join(folder, 'pages/shop/index.html'),
    '<script src="@ORIGIN@/x" data-f="@FRIEND@" data-s="@SERVICE@">',
  );
  writeFileSync(join(folder, 'pages/shop/shop.css'), 'body { color: black }');
  writeFileSync(join(folder, 'pages/people/index.html'), 'people');
  app = httpApp(options());
});

function options(): HttpOptions {
  return {
    widget: join(folder, 'widget'),
    pages: join(folder, 'pages'),
    friend: 'friend.<b>"example"&\'',
    service: (origin) => `${origin.replace(/^http/, 'ws')}/xmpp`,
    status: () => status,
    picture: async (key) => stored.get(key),
    metrics: async () => ({ type: 'text/plain; version=0.0.4', text: 'befriend_link_up 1\n' }),
  };
}

afterAll(() => rmSync(folder, { recursive: true }));

test('serves the widget to pages of every origin, the loader fresh and the rest for ever', async () => {
  const loader = await app.request('/befriend/befriend.js');
  const chunk = await app.request('/befriend/app-abc123.js');

  expect(loader.headers.get('Cache-Control')).toBe('no-cache');
  expect(chunk.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  for (const { headers } of [loader, chunk]) {
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
  }
});

test('compresses what is worth it in the coding that the client takes', async () => {
  const ask = (path: string, accepted: string) => app.request(path, { headers: { 'Accept-Encoding': accepted } });

  const both = await ask('/befriend/app-abc123.js', 'gzip, deflate, br');
  const gzip = await ask('/befriend/app-abc123.js', 'br;q=0, gzip');
  const none = await ask('/befriend/app-abc123.js', 'identity');
  const small = await ask('/befriend/befriend.js', 'br');

  expect([both, gzip, none, small].map(({ headers }) => headers.get('Content-Encoding'))).toEqual([
    'br',
    'gzip',
    null,
    null,
  ]);
  expect(both.headers.get('Vary')).toBe('Accept-Encoding');
  expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(await none.text());
});

test('says 304 to who holds the same coding already, and to no other', async () => {
  const path = '/befriend/app-abc123.js';
  const first = await app.request(path, { headers: { 'Accept-Encoding': 'br' } });
  const etag = first.headers.get('ETag') ?? '';
  const again = (accepted: string, tag: string) =>
    app.request(path, { headers: { 'Accept-Encoding': accepted, 'If-None-Match': tag } });

  const held = await Promise.all([again('br', etag), again('br', `"other", W/${etag}`), again('br', '*')]);
  const others = await Promise.all([again('gzip', etag), again('br', '"other"')]);

  expect(held.map((response) => response.status)).toEqual([304, 304, 304]);
  expect(held[0]?.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(others.map((response) => response.status)).toEqual([200, 200]);
});

test.each([
  '/befriend/..%2fsecret.js',
  '/befriend/%2e%2e/secret.js',
  '/befriend/..%5csecret.js',
  '/../secret.js',
  '/%2e%2e%2fsecret.js',
  '/shop/..%2f..%2fsecret.js',
  '/befriend/notes.txt',
  '/befriend/__proto__',
  '/__proto__',
  '/constructor',
  '/shop',
  '/befriend/',
])('answers 404 to %s', async (path) => {
  expect((await app.request(path)).status).toBe(404);
});

test('serves the pages under their policy, with the addresses that their tag needs', async () => {
  const shop = await app.request('http://shop.localhost:8080/');
  const css = await app.request('/shop/shop.css');
  const people = await app.request('/people');

  const html = await shop.text();
  expect(html).toContain('src="http://shop.localhost:8080/x"');
  expect(html).toContain('data-s="ws://shop.localhost:8080/xmpp"');
  expect(html).toContain('data-f="friend.&#60;b&#62;&#34;example&#34;&#38;&#39;"');
  expect(shop.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(shop.headers.get('Cache-Control')).toBe('no-cache');
  expect([css.headers.get('Content-Type'), await people.text()]).toEqual(['text/css; charset=utf-8', 'people']);
});

test('leads from the address of a page with a slash behind it to the page', async () => {
  const people = await app.request('/people/');
  const elsewhere = await app.request('//evil.example/');

  expect([people.status, people.headers.get('Location')]).toEqual([301, '/people']);
  expect(elsewhere.status).toBe(404);
});

test('serves the pages of the site before its own, under no policy, with the addresses filled in', async () => {
  const site = new Map([
    ['index.html', servedPlain('text/html; charset=utf-8', Buffer.from('<script src="@ORIGIN@/x">'))],
    ['cart/index.html', servedPlain('text/html; charset=utf-8', Buffer.from('cart'))],
  ]);
  const ofSite = httpApp({ ...options(), site: () => site });

  const [page, cart, people] = await Promise.all(
    ['http://shop.localhost/', 'http://shop.localhost/cart/', 'http://shop.localhost/people'].map((url) =>
      ofSite.request(url),
    ),
  );

  expect(await page?.text()).toBe('<script src="http://shop.localhost/x">');
  expect(page?.headers.get('Content-Security-Policy')).toBeNull();
  expect([await cart?.text(), await people?.text()]).toEqual(['cart', 'people']);
});

test.each([`"><script>alert(1)</script>`, `x'"&<>`, 'a b', 'a\\b', '@', 'a@b', '[', ''])(
  'lets the Host header %j write nothing into a page',
  async (host) => {
    const server = createServer(getRequestListener(app.fetch));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

    const answer = await raw(server, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    server.close();

    expect(answer).not.toContain('<script>alert');
    const page = answer.split('\r\n\r\n').slice(1).join('');
    expect(
      page === '' || !page.includes('<script') || /^[^<]*<script src="http:\/\/[\w.:@-]*\/x" data-f/m.test(page),
    ).toBe(true);
  },
);

function raw(server: Server, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(request));
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

test.each<[FriendStatus, number, string]>([
  [up, 200, 'ok'],
  [{ ...up, link: { state: 'refused', reason: 'The secret is wrong.' } }, 503, 'degraded'],
  [{ ...up, link: { state: 'connecting' } }, 503, 'degraded'],
  [{ ...up, store: { ...up.store, writable: false } }, 503, 'degraded'],
])('tells its health: %j', async (now, code, word) => {
  status = now;

  const response = await app.request('/healthz');

  expect(response.status).toBe(code);
  expect(await response.json()).toEqual({ status: word, xmpp: now.link, store: now.store, connections: 2 });
  expect(response.headers.get('Cache-Control')).toBe('no-store');
});

test('serves metrics as they come', async () => {
  const response = await app.request('/metrics');

  expect(response.headers.get('Content-Type')).toBe('text/plain; version=0.0.4');
  expect(await response.text()).toBe('befriend_link_up 1\n');
});

test('names its metrics and counts what happened', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'Hello');
  await ann.says(`c_support_${'0'.repeat(20)}`, 'not mine');

  const text = await metricsOf(stage.friend).metrics();

  const names = ['stored', 'answered', 'told', 'refused', 'ignored', 'bounced', 'resumed', 'failed'];
  for (const name of names) expect(text).toContain(`\nbefriend_${name}_total `);
  expect(text).toContain('\nbefriend_stored_total 3\n');
  expect(text).toContain('\nbefriend_answered_total 3\n');
  expect(text).toContain('\nbefriend_refused_total 1\n');
  expect(text).toContain('\nbefriend_connections 1\n');
  expect(text).toContain('\nbefriend_link_up 1\n');
});

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/webp', 'RIFF1234WEBP'],
])('serves a picture as %s to pages of every origin, for ever, and as nothing else', async (type, start) => {
  const bytes = Buffer.from(`${start}<script>alert(1)</script>`, 'latin1');
  stored.set('a'.repeat(64), bytes.toString('base64'));

  const response = await app.request(`/avatar/${'a'.repeat(64)}`);

  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': type,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
});

test('serves nothing that is no picture, and none that is not there', async () => {
  stored.set('b'.repeat(64), Buffer.from('<svg onload="alert(1)">').toString('base64'));
  stored.set('../secret', Buffer.from('\xff\xd8\xff', 'latin1').toString('base64'));

  const paths = [`/avatar/${'b'.repeat(64)}`, `/avatar/${'c'.repeat(64)}`, '/avatar/..%2Fsecret', '/avatar/'];
  const statuses = await Promise.all(paths.map(async (path) => (await app.request(path)).status));

  expect(statuses).toEqual([404, 404, 404, 404]);
});
