import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Device, Stage, secretOf } from '../../bin/contract-stage.ts';
import { put } from '../../core/effect.ts';
import type { StoredFact } from '../../core/rows.ts';
import type { Put } from '../../core/store.ts';
import { sqliteStore } from '../../stores/sqlite.ts';
import { erasedWithin } from '../../stores/sqlite-erasure.ts';
import { handClock } from '../../transports/hand-clock.ts';

let folder: string;
let count = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'befriend-erase-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function asked(stage: Stage, type: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const id = `00000000-0000-4000-8000-${String(count++).padStart(12, '0')}`;
  const answer = await stage.friend.inject('u_site', { id, type, at: 0, body });
  return { type: answer.type, ...answer.body };
}

/** Resolves when the steps of an erasure are done. */
async function done(stage: Stage, user: string): Promise<void> {
  for (let turn = 0; turn < 3_000; turn += 1) {
    if ((await asked(stage, 'site.erasure', { user })).state === 'erased') return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It was not erased.');
}

function holding(words: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(words));
}

async function talk(ann: Device, bob: Device): Promise<void> {
  const said = await ann.says('room:lobby', 'my gooseberries are ripe');
  await ann.ask('message.edit', { conversation: 'c_room_lobby', seq: said.seq ?? 0, text: 'my raspberries are ripe' });
  await ann.says(`user:${bob.user}`, 'a secret blueberry');
  await bob.says('room:lobby', 'what a strawberry');
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact', note: 'the cranberry we met at' });
  await bob.ask('relation.accept', { user: ann.user });
}

const words = ['gooseberr', 'raspberr', 'blueberr', 'cranberr', 'Annemarie'];

test('leaves no byte of who was erased on the disk, and all of the others', async () => {
  const clock = handClock();
  const store = sqliteStore({ path: join(folder, 'befriend.db'), clock });
  const stage = await Stage.open({ store });
  const [ann, bob] = [await stage.named('ann', 'Annemarie'), await stage.person('bob')];
  await talk(ann, bob);
  const told = bob.next((fact) => fact.type === 'message.deleted');
  const before = words.map((word) => holding(word).length > 0);

  const begun = await asked(stage, 'site.erase', { user: ann.user });
  await done(stage, ann.user);
  clock.advance(erasedWithin);

  expect(begun).toMatchObject({ type: 'site.erasure', state: 'erasing' });
  expect(before).toEqual(words.map(() => true));
  expect(words.map((word) => holding(word))).toEqual(words.map(() => []));
  expect(holding('what a strawberry')).not.toEqual([]);
  expect((await told).by).toBe(ann.user);
  expect(await store.user(ann.user)).toBeUndefined();
  expect(await store.relations(bob.user, 9)).toEqual([]);
  expect(await store.memberships(ann.user, 9)).toEqual([]);
  const log = await store.log('c_room_lobby');
  const facts = await store.page({ log: 'c_room_lobby', limit: 99 });
  expect(facts.map(({ seq }) => seq)).toEqual(Array.from({ length: log?.lastSeq ?? 0 }, (_, index) => index + 1));
  await stage.friend.stop();
});

test('ends his connections, and makes a newcomer of the same browser', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const hello = ann.next((fact) => fact.type === 'friend.hello');

  await asked(stage, 'site.erase', { user: ann.user });
  await hello;
  await done(stage, ann.user);
  const refused = await ann.says('room:lobby', 'still here');
  const former = ann.user;
  await ann.open('ann');

  expect(refused).toMatchObject({ type: 'error', body: { code: 'not_open' } });
  expect(ann.user).not.toBe(former);
});

test('erases once: who is erased already stays so, and nobody else is', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'Hello');

  const first = await asked(stage, 'site.erase', { user: ann.user });
  await done(stage, ann.user);
  const last = (await stage.store.log('c_room_lobby'))?.lastSeq;
  const again = await asked(stage, 'site.erase', { user: ann.user });
  const unknown = await asked(stage, 'site.erase', { user: `u_${'x'.repeat(20)}` });

  expect([first.state, again.state, unknown.code]).toEqual(['erasing', 'erased', 'not_found']);
  expect((await stage.store.log('c_room_lobby'))?.lastSeq).toBe(last);
});

test('goes on after a crash in the middle', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  for (let room = 0; room < 5; room += 1) {
    for (let text = 0; text < 90; text += 1) await ann.says(`room:r${room}`, `the words ${text}`);
  }
  await asked(stage, 'site.erase', { user: ann.user });
  await stage.friend.stop();
  const halfway = (await stage.store.page({ log: 'c_room_r4', limit: 9 })).some(({ body }) =>
    body.includes('the words'),
  );

  const next = await Stage.open({ store: stage.store });
  await done(next, ann.user);

  const left = await Promise.all(
    [0, 1, 2, 3, 4].map((room) => next.store.page({ log: `c_room_r${room}`, limit: 500 })),
  );
  expect(halfway).toBe(true);
  expect(left.flat().filter(({ body }) => body.includes('the words'))).toEqual([]);
});

test('erases what he said as a visitor before he signed in, what programs keep of him, and what he has scheduled', async () => {
  const claims = { issuer: '', subject: '7', expiresAt: 9e15, name: 'Ann Example' };
  const stage = await Stage.open({
    tokens: async () => ({ ok: true, claims }),
    prepare: (friend) =>
      friend.on('note.keep', ({ user }) => [
        put({ table: 'state', row: { plugin: 'notes', scope: user.id, key: 'x', value: 'kept' } }),
        { do: 'schedule', id: 'later', dueAt: 1e9, user: user.id, action: { type: 'note.keep', body: 'the words' } },
      ]),
  });
  const ann = await stage.person('ann');
  const visitor = ann.user;
  await ann.says('support', 'the words of a visitor');
  const identified = await ann.ask('user.identify', { token: 'a.b.c', secret: secretOf('new') });
  const user = identified.type === 'user.identified' ? identified.body.user.id : '';
  await stage.friend.inject(user, ann.action('note.keep', {}));

  await asked(stage, 'site.erase', { user: 'sub:7' });
  await done(stage, user);

  const facts = await stage.store.page({ log: `c_support_${visitor.slice(2)}`, limit: 99 });
  expect(facts.filter(({ body }) => /words|Example/.test(body))).toEqual([]);
  expect(await stage.store.state('notes', user, 'x')).toBeUndefined();
  expect(await stage.store.scheduled(9)).toEqual([]);
  expect([await stage.store.user(visitor), await stage.store.login('jwt', '["","7"]')]).toEqual([undefined, undefined]);
});

/** All facts that there are. */
async function everything(stage: Stage): Promise<StoredFact[]> {
  return [...(await stage.store.naming([''], 9_999, 9_999)).facts];
}

test('leaves neither what he reported, nor his name where he was reported, invited, or stood with somebody once', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.named('ann', 'Annemarie'), await stage.person('bob')];
  await ann.says(`user:${bob.user}`, 'Hello');
  await ann.ask('user.report', { user: bob.user, reason: 'the words of a report' });
  await bob.ask('user.report', { user: ann.user, reason: 'She shouts' });
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact', note: 'the words of a request' });
  await bob.ask('relation.accept', { user: ann.user });
  await bob.ask('relation.end', { user: ann.user, slot: 'closeness' });
  const { log: group = '' } = await ann.ask('conversation.create', { name: 'Chess' });
  await ann.ask('member.add', { conversation: group, users: [bob.user] });
  await ann.quiet();
  const named = (await everything(stage)).filter(({ body }) => /the words|Annemarie/.test(body));

  await asked(stage, 'site.erase', { user: ann.user });
  await done(stage, ann.user);

  const places = named.map(({ log, type }) => `${type} ${log}`);
  expect(places).toEqual(
    expect.arrayContaining([
      'user.reported c_reports',
      ...['user.reported', 'relation.changed', 'invite.changed'].map((type) => `${type} ${bob.user}`),
    ]),
  );
  expect((await everything(stage)).filter(({ body }) => /the words|Annemarie/.test(body))).toEqual([]);
  const reports = await stage.store.page({ log: 'c_reports', limit: 99 });
  expect(reports.map(({ body }) => (JSON.parse(body) as { reason?: string }).reason)).toEqual([
    undefined,
    '',
    'She shouts',
  ]);
});

test('takes back his reactions to what others have said, and his name from whom they mentioned', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.named('ann', 'Annemarie'), await stage.person('bob')];
  await ann.says('room:lobby', 'Hello');
  const { seq = 0 } = await bob.ask('message.send', { conversation: 'room:lobby', text: 'Hi', mentions: [ann.user] });
  const conversation = 'c_room_lobby';
  await ann.ask('message.react', { conversation, seq, emoji: '👍', on: true });
  await bob.ask('message.react', { conversation, seq, emoji: '👍', on: true });
  await ann.ask('message.react', { conversation, seq, emoji: '🎉', on: true });
  const extrasOf = async (): Promise<{ reactions?: object; mentions?: readonly string[] }> => {
    const [fact] = await stage.store.page({ log: conversation, after: seq - 1, limit: 1 });
    return (JSON.parse(fact?.body ?? '{}') as { extras?: object }).extras ?? {};
  };
  const before = await extrasOf();

  await asked(stage, 'site.erase', { user: ann.user });
  await done(stage, ann.user);

  expect(before).toMatchObject({ reactions: { '👍': [ann.user, bob.user], '🎉': [ann.user] }, mentions: [ann.user] });
  expect(await extrasOf()).toEqual({ reactions: { '👍': [bob.user] }, mentions: [] });
});

test('erases every visitor that somebody was, however many, before it says so', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const row = (id: string) => ({ id, kind: 'visitor', name: 'Annemarie', verified: false, topics: [] }) as const;
  const visitors = Array.from({ length: 45 }, (_, index) => `u_visitor${String(index).padStart(13, '0')}`);
  const puts = visitors.map((id): Put => ({ table: 'user', row: { ...row(id), mergedInto: ann.user } }));
  const appends = visitors.map((by, index) => ({
    ...{ log: index % 2 ? by : 'c_room_lobby', type: 'message.sent', at: 0, by, body: '{"text":"the words"}' },
    ...{ item: true, rule: false },
  }));
  await stage.store.commit([{ id: 'visits', digest: '', reads: [], appends, puts }], []);

  await asked(stage, 'site.erase', { user: ann.user });
  await done(stage, ann.user);

  expect((await everything(stage)).filter(({ body }) => body.includes('the words'))).toEqual([]);
  expect(await stage.store.mergedInto(ann.user, 99)).toEqual([]);
  expect(await stage.store.user(ann.user)).toBeUndefined();
});

test('lets nobody who connects erase, export or read', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const types = [
    'site.erase',
    'site.erase.step',
    'site.export',
    'site.history',
    'site.profile',
    'site.find',
    'site.bot',
    'site.answered',
    'site.unschedule',
  ];

  const answers = await bob.answers(...types.map((type) => bob.action(type, { user: ann.user })));

  expect(answers.map((answer) => (answer.body as { code?: string }).code)).toEqual(types.map(() => 'unknown_type'));
});
