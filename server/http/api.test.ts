import { expect, test } from 'vitest';
import { aHook, Endpoint, still } from '../bin/contract-hooks.ts';
import { secretOf, textsOf } from '../bin/contract-stage.ts';
import { webhooks } from '../plugins/hooks/webhooks.ts';
import { apiScene, keys } from './contract-api.ts';

const tokens = async (token: string) =>
  ({ ok: true, claims: { issuer: '', subject: token.split('.')[0] ?? '', expiresAt: 9e15, name: 'Ann' } }) as const;

test('sends as the bot of the key, and as a named user where the key may', async () => {
  const { stage, ask } = await apiScene();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.says('room:lobby', 'Hello');

  const asBot = await ask('POST', '/messages', { to: ann.user, text: 'Your order was sent.' });
  const asBob = await ask('POST', '/messages', { as: bob.user, conversation: 'room:lobby', text: 'Good bye' });
  const bot = await ask('GET', '/users/bot:shop');
  const seen = await ann.heard((fact) => fact.type === 'message.sent');

  expect([asBot.status, asBob.status]).toEqual([201, 201]);
  expect(asBob.body).toMatchObject({ conversation: 'c_room_lobby', seq: 4 });
  expect(bot.body).toMatchObject({ user: { kind: 'bot', name: 'shop', verified: true } });
  expect(seen).toMatchObject({ by: (bot.body.user as { id: string }).id, body: { text: 'Your order was sent.' } });
});

test('does what has the same Idempotency-Key once, and refuses another thing under it', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');
  const message = { to: ann.user, text: 'once' };

  const first = await ask('POST', '/messages', message, { id: 'order-7' });
  const again = await ask('POST', '/messages', message, { id: 'order-7' });
  const other = await ask('POST', '/messages', { ...message, text: 'twice' }, { id: 'order-7' });
  const elsewhere = await ask('POST', '/messages', message, { id: 'order-7', key: keys.send });

  expect(again.body).toEqual(first.body);
  expect([other.status, other.body.code]).toEqual([409, 'id_reused']);
  expect(elsewhere.status).toBe(201);
  expect(textsOf(await ann.quiet().then(() => ann.told))).toEqual(['once', 'once']);
});

test('sends at its time, once, and not what was taken back', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');
  const at = stage.clock.now() + 60_000;

  const later = await ask('POST', '/messages', { to: ann.user, text: 'later', at });
  const never = await ask('POST', '/messages', { to: ann.user, text: 'never', at });
  await ask('DELETE', `/messages/scheduled/${never.body.scheduled}`);
  const past = await ask('POST', '/messages', { to: ann.user, text: 'past', at: 0 });
  stage.clock.advance(60_001);
  await ann.heard((fact) => fact.type === 'message.sent');
  await ann.quiet();

  expect([later.status, later.body.at, past.status]).toEqual([201, at, 422]);
  expect(textsOf(ann.told)).toEqual(['later']);
});

test('says the same of what was scheduled when it is asked again, also when its time is over', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');
  const message = { to: ann.user, text: 'later', at: stage.clock.now() + 5_000 };

  const first = await ask('POST', '/messages', message, { id: 'order-7' });
  stage.clock.advance(10_000);
  await ann.heard((fact) => fact.type === 'message.sent');
  const again = await ask('POST', '/messages', message, { id: 'order-7' });
  await ann.quiet();

  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(textsOf(ann.told)).toEqual(['later']);
});

test('takes back what waits, and knows nothing of what does not', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');
  const at = stage.clock.now() + 5_000;
  const { body } = await ask('POST', '/messages', { to: ann.user, text: 'never', at });
  const path = `/messages/scheduled/${body.scheduled}`;

  const others = await ask('DELETE', path, undefined, { key: keys.send });
  const taken = await ask('DELETE', path, undefined, { id: 'back-7' });
  const repeated = await ask('DELETE', path, undefined, { id: 'back-7' });
  const again = await ask('DELETE', path);
  const nonsense = await ask('DELETE', '/messages/scheduled/nonsense');

  expect([others, taken, repeated, again, nonsense].map(({ status }) => status)).toEqual([404, 200, 200, 404, 404]);
  expect(nonsense.body.code).toBe('not_found');
});

test('reads a conversation by pages, as it is and as one of its users may see it', async () => {
  const { stage, ask } = await apiScene();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  for (let text = 0; text < 5; text += 1) await ann.says(`user:${bob.user}`, `text ${text}`);
  const [{ log = '' } = {}] = ann.told.filter((fact) => fact.type === 'message.sent');
  const path = `/conversations/${log}/messages`;
  const textsIn = ({ body }: { body: Record<string, unknown> }) => textsOf(body.facts as never);

  const newest = await ask('GET', `${path}?limit=2`);
  const before = await ask('GET', `${path}?limit=2&before=${(newest.body.facts as { seq: number }[])[0]?.seq}`);
  const asBob = await ask('GET', `${path}?after=0&as=${bob.user}`);
  const eve = await stage.person('eve');
  const asEve = await ask('GET', `${path}?as=${eve.user}`);
  const absent = await ask('GET', '/conversations/c_room_nowhere/messages');

  expect([textsIn(newest), textsIn(before)]).toEqual([
    ['text 3', 'text 4'],
    ['text 1', 'text 2'],
  ]);
  expect([newest.body.more, textsIn(asBob)]).toEqual([true, [0, 1, 2, 3, 4].map((text) => `text ${text}`)]);
  expect([asEve.status, absent.status]).toEqual([404, 404]);
});

test('holds long messages within an answer, and loses none between two pages', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');
  for (let text = 0; text < 6; text += 1) await ann.says('room:lobby', `${text}${'漢'.repeat(7_000)}`);
  const found: string[] = [];

  for (let after = 0, more = true; more; ) {
    const { body } = await ask('GET', `/conversations/c_room_lobby/messages?after=${after}`);
    const facts = body.facts as { seq: number }[];
    found.push(...textsOf(facts as never).map((text) => text.slice(0, 1)));
    more = body.more === true;
    after = facts.at(-1)?.seq ?? after;
  }

  expect(found).toEqual(['0', '1', '2', '3', '4', '5']);
});

test('makes a user before he comes, says who he is, and lists his conversations', async () => {
  const { stage, ask } = await apiScene({ tokens });
  const made = await ask('PUT', '/users/sub:7', { name: 'Ann Example', attributes: { plan: 'pro' } });
  const ann = await stage.person('ann');
  await ann.ask('user.identify', { token: '7.x.y', secret: secretOf('new') });
  await ann.open();

  const asked = await ask('POST', '/users/sub:7/support', { text: 'Where is my parcel?' });
  const listed = await ask('GET', '/users/sub:7/conversations?limit=5');
  const nameless = await ask('PUT', '/users/sub:8', { attributes: { plan: 'pro' } });

  expect(made.body.user).toMatchObject({ name: 'Ann Example', verified: true, attributes: { plan: 'pro' } });
  expect(
    ann.told.some(
      (fact) => fact.type === 'user.identified' && fact.body.user.id === (made.body.user as { id: string }).id,
    ),
  ).toBe(true);
  expect([asked.status, listed.status, nameless.status]).toEqual([201, 200, 404]);
  expect(listed.body.conversations).toMatchObject([{ id: asked.body.conversation, kind: 'support' }]);
});

test('speaks in support as a bot, and as a colleague', async () => {
  const { stage, ask } = await apiScene();
  const [ann, kim] = [await stage.person('ann'), await stage.colleague('kim')];
  const { log = '' } = await ann.says('support', 'Where is my parcel?');

  const asBot = await ask('POST', '/messages', { conversation: log, text: 'It was sent.' });
  const asKim = await ask('POST', '/messages', { as: kim.user, conversation: log, text: 'Yesterday.' });
  await ann.quiet();

  expect([asBot.status, asKim.status]).toEqual([201, 201]);
  expect(textsOf(ann.facts(log))).toEqual(['Where is my parcel?', 'It was sent.', 'Yesterday.']);
});

test('sets relations as their owner would, and what needs both where both have agreed', async () => {
  const { stage, ask } = await apiScene();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const path = `/users/${ann.user}/relations/${bob.user}`;

  const alone = await ask('PUT', path, { kind: 'contact' });
  const agreed = await ask('PUT', path, { kind: 'contact', agreed: true });
  const blocked = await ask('PUT', path, { kind: 'blocked' });
  const said = await ask('POST', '/messages', { as: ann.user, to: bob.user, text: 'Hello' });
  const ended = await ask('DELETE', `${path}/limit`);
  const unknown = await ask('PUT', path, { kind: 'enemy' });

  expect([alone.status, alone.body.code]).toEqual([409, 'needs_asking']);
  expect([agreed.status, blocked.status, said.body.code, ended.status, unknown.status]).toEqual([
    200,
    200,
    'limited',
    200,
    422,
  ]);
  expect((await stage.store.relation(bob.user, ann.user)).map(({ kind }) => kind)).toEqual(['contact']);
});

test('keeps how long it is to last and what belongs to it of what both have agreed to', async () => {
  const { stage, ask } = await apiScene();
  const [ann, bob, eve] = [await stage.person('ann'), await stage.person('bob'), await stage.person('eve')];
  const until = stage.clock.now() + 60_000;
  const wish = { kind: 'contact', agreed: true, until, attributes: { from: 'chess' } };

  const agreed = await ask('PUT', `/users/${ann.user}/relations/${bob.user}`, wish);
  await eve.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const shutOut = await ask('PUT', `/users/${ann.user}/relations/${eve.user}`, wish);
  await eve.ask('relation.end', { user: ann.user, slot: 'limit' });
  await bob.ask('relation.ask', { user: eve.user, kind: 'contact' });
  const mutual = await ask('PUT', `/users/${eve.user}/relations/${bob.user}`, wish);

  expect([agreed.status, shutOut.status, shutOut.body.code, mutual.status]).toEqual([200, 409, 'limited', 200]);
  const mine = { kind: 'contact', until, attributes: { from: 'chess' } };
  expect(await stage.store.relation(ann.user, bob.user)).toMatchObject([mine]);
  expect(await stage.store.relation(eve.user, bob.user)).toMatchObject([mine]);
  expect(await stage.store.relation(ann.user, eve.user)).toEqual([]);
});

test('lists webhooks and their dead letters, and replays these', async () => {
  const endpoint = new Endpoint();
  endpoint.reply = () => ({ status: 410 });
  const { stage, ask } = await apiScene({
    fetch: endpoint.fetch,
    prepare: (friend) => friend.plug(webhooks([aHook()])),
  });
  await (await stage.person('ann')).says('room:lobby', 'Hello');
  await still(stage);

  const listed = await ask('GET', '/webhooks');
  const dead = await ask('GET', '/webhooks/shop/dead');
  endpoint.reply = () => ({ status: 200 });
  const replayed = await ask('POST', '/webhooks/shop/replay', {}, { id: 'replay-7' });
  const repeated = await ask('POST', '/webhooks/shop/replay', {}, { id: 'replay-7' });
  await still(stage);

  expect(listed.body.webhooks).toMatchObject([{ name: 'shop', pending: 0, dead: 1 }]);
  expect(dead.body.letters).toMatchObject([{ id: 'c_room_lobby:3', why: 'answered 410' }]);
  expect([replayed.body.replayed, endpoint.texts]).toEqual([1, ['Hello', 'Hello']]);
  expect(repeated.body).toEqual(replayed.body);
  expect((await ask('GET', '/webhooks/other/dead')).status).toBe(404);
});
