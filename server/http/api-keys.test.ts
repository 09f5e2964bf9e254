import { expect, test } from 'vitest';
import { keyIn, keysOf } from './api-keys.ts';
import { routes } from './api-routes.ts';
import { apiScene, keys } from './contract-api.ts';

test.each(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
  'lets nobody do %s without a key that is for it',
  async (_, { method, path, scope }) => {
    const { app, ask, keep } = await apiScene();
    const place = path.replace(/:\w+/g, 'x');
    const other = scope === 'read' ? keys.send : keys.read;

    const none = await app.request(`/api/v1${place}`, { method: method.toUpperCase() });
    const forged = await ask(method.toUpperCase(), place, undefined, { key: 'k-forged-0123456789abcdef' });
    const wrong = await ask(method.toUpperCase(), place, undefined, { key: other });
    keep('');
    const revoked = await ask(method.toUpperCase(), place);

    expect([none.status, forged.status, revoked.status]).toEqual([401, 401, 401]);
    expect([none.headers.get('WWW-Authenticate'), forged.body.code]).toEqual(['Bearer', 'unauthorized']);
    expect([wrong.status, wrong.body.code]).toEqual([403, 'forbidden']);
  },
);

test('lets a key without the scope act as nobody but its bot', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');

  const asAnn = await ask(
    'POST',
    '/messages',
    { as: ann.user, conversation: 'room:lobby', text: 'x' },
    { key: keys.send },
  );
  const asOtherBot = await ask('POST', '/messages', { as: 'bot:shop', to: ann.user, text: 'x' }, { key: keys.send });
  const asOwn = await ask('POST', '/messages', { as: 'bot:herald', to: ann.user, text: 'x' }, { key: keys.send });

  expect([asAnn.status, asOtherBot.status, asOwn.status]).toEqual([403, 403, 201]);
});

test.each<[string, number, string, string, string, string]>([
  ['no JSON', 400, 'malformed', 'POST', '/messages', '{'],
  ['bytes that are no UTF-8 JSON', 400, 'malformed', 'POST', '/messages', ''],
  ['nobody to send to', 422, 'schema', 'POST', '/messages', '{"text":"x"}'],
  ['two places', 422, 'schema', 'POST', '/messages', '{"text":"x","to":"sub:7","conversation":"support"}'],
  ['an unknown key', 422, 'schema', 'POST', '/messages', '{"text":"x","to":"sub:7","html":"x"}'],
  ['too long a text', 422, 'schema', 'POST', '/messages', JSON.stringify({ to: 'sub:7', text: 'x'.repeat(8_001) })],
  ['too much', 413, 'too_large', 'POST', '/messages', JSON.stringify({ to: 'sub:7', text: 'x'.repeat(70_000) })],
  ['a user that is nobody', 404, 'not_found', 'POST', '/messages', '{"text":"x","to":"sub:7"}'],
  ['no user', 422, 'schema', 'POST', '/messages', '{"text":"x","to":"ann"}'],
  ['a picture that is no address', 422, 'schema', 'PUT', '/users/sub:7', '{"name":"x","avatar":"javascript:x"}'],
  ['a request that does not exist', 404, 'not_found', 'GET', '/nothing', ''],
])('says what is wrong with %s', async (_, status, code, method, path, raw) => {
  const { ask } = await apiScene();

  const answer = await ask(method, path, undefined, method === 'GET' ? {} : { raw });

  expect([answer.status, answer.body.code, answer.body.status]).toEqual([status, code, status]);
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
});

test('slows down a key that asks too much, and no other', async () => {
  const { ask, stage } = await apiScene({}, { rate: { perSecond: 1, burst: 2 } });

  const statuses = [];
  for (let turn = 0; turn < 3; turn += 1) statuses.push(await ask('GET', '/webhooks'));
  const other = await ask('GET', '/users/sub:7', undefined, { key: keys.read });
  stage.clock.advance(1_000);
  const later = await ask('GET', '/webhooks');

  expect(statuses.map(({ status }) => status)).toEqual([404, 404, 429]);
  expect(statuses[2]?.headers.get('Retry-After')).toBe('1');
  expect([other.status, later.status]).toEqual([404, 404]);
});

test('answers 503 while nothing can be stored', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');
  await stage.friend.stop();

  const { status, body, headers } = await ask('POST', '/messages', { to: ann.user, text: 'x' });

  expect([status, body.code]).toEqual([503, 'busy']);
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
});

test.each([
  ['Shop', `Shop ${'a'.repeat(64)} send`],
  ['a short hash', `shop ${'a'.repeat(63)} send`],
  ['an unknown scope', `shop ${'a'.repeat(64)} send,fly`],
  ['no scope', `shop ${'a'.repeat(64)}`],
  ['two of one name', `shop ${'a'.repeat(64)} send\nshop ${'b'.repeat(64)} send`],
  ['something more', `shop ${'a'.repeat(64)} send bot=x y`],
])('refuses a file of keys with %s, and names the line', (_, text) => {
  expect(() => keysOf(text)).toThrow(/^line [12]: /);
});

test('takes a key from its header alone, whatever else is said there', () => {
  const all = keysOf(`shop ${'a'.repeat(64)} send`);

  const found = [undefined, '', 'Bearer', 'Basic x', `Bearer ${'a'.repeat(64)}`, `Bearer ${'x'.repeat(300)}`].map(
    (header) => keyIn(header, all),
  );

  expect(found).toEqual(found.map(() => undefined));
});
