import { expect, test } from 'vitest';
import { codeOf, Stage, textsOf } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import type { Friend } from './friend.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

test('says not_open to an action of a connection that nobody has opened', async () => {
  const stage = await Stage.open();
  const stranger = stage.device('stranger');

  const answers = await stranger.answers(stranger.message(room, 'Hello'), stranger.action('log.resume', { logs: {} }));

  expect(answers.map(codeOf)).toEqual(['not_open', 'not_open']);
});

test('takes what follows the opening in the same frame', async () => {
  const stage = await Stage.open();
  const ann = stage.device('ann');
  const opening = ann.action('connection.open', { versions: [1], secret: ann.secret });

  const answers = await ann.answers(opening, ann.message(room, 'Hello'));

  expect(answers.map(codeOf)).toEqual(['connection.opened', 'message.sent']);
});

test('finds the same user by the same secret, also when two connections open at once', async () => {
  const stage = await Stage.open();
  const [one, other] = [stage.device('one', 'a'.repeat(43)), stage.device('other', 'a'.repeat(43))];

  await Promise.all([one.open(), other.open()]);

  expect(one.user).toMatch(/^u_/);
  expect(other.user).toBe(one.user);
});

test('says outdated to who speaks no version that the friend takes', async () => {
  const stage = await Stage.open();
  const ann = stage.device('ann');

  expect(codeOf(await ann.ask('connection.open', { versions: [99], secret: ann.secret }))).toBe('outdated');
});

test('changes a nickname on opening, and shows it', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');

  const again = await ann.open('Anna');

  expect(again).toMatchObject({ body: { user: { id: ann.user, name: 'Anna', verified: false } } });
});

test.each(['gone', 'bounced'] as const)('ends a connection that is %s, and tells it nothing more', async (how) => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.says(room, 'Hello');
  const before = bob.told.length;

  if (how === 'gone') bob.leave();
  else bob.bounces('cancel');
  await ann.says(room, 'Anybody?');
  await ann.quiet();

  expect(bob.told).toHaveLength(before);
  expect(stage.friend.status.connections).toBe(1);
  expect((await stage.store.connections()).map(({ jid }) => jid)).toEqual([ann.jid]);
});

test('keeps a connection whose stanza only has to wait', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.says(room, 'Hello');

  bob.bounces('wait', 'resource-constraint');
  await ann.says(room, 'Still there?');

  await bob.heard((fact) => textsOf([fact])[0] === 'Still there?');
  expect(stage.friend.meter.of('bounced')).toBe(1);
});

test('ends a connection that ended while its opening was decided', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [stage.device('ann'), await stage.person('bob')];

  ann.send(ann.action('connection.open', { versions: [1], secret: ann.secret }));
  ann.leave();
  await bob.quiet();
  await bob.says(room, 'written after it');

  expect(stage.friend.status.connections).toBe(1);
  expect((await stage.store.connections()).map(({ jid }) => jid)).toEqual([bob.jid]);
});

test('remembers what a device sent although its connection ended before the commit', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.use(async (context, next) => {
        const effects = await next();
        if (context.action.type === 'message.send') stage.transport.events?.bounced(context.jid, 'cancel', 'gone');
        return effects;
      }),
  });
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');
  await ann.answers(message);
  const again = await stage.person('again', ann.secret);

  const [answer] = await again.answers(message);

  expect(answer).toMatchObject({ type: 'message.sent', seq: 3 });
  expect((await stage.store.log(log))?.lastSeq).toBe(3);
});

test('writes nothing for the bounces of connections that nobody knows', async () => {
  const store = memoryStore();
  const ended: string[] = [];
  const commit: typeof store.commit = async (units, cursors) => {
    for (const { puts } of units)
      for (const put of puts) if (put.table === 'connection' && put.row.goneAt !== undefined) ended.push(put.row.jid);
    return store.commit(units, cursors);
  };
  const stage = await Stage.open({ store: { ...store, commit } });
  const [ann, bob, stranger] = [await stage.person('ann'), await stage.person('bob'), stage.device('stranger')];

  for (let count = 0; count < 100; count += 1) stranger.bounces('cancel');
  bob.bounces('cancel');
  bob.bounces('cancel');
  await ann.quiet();

  expect(ended).toEqual([bob.jid]);
});

test('greets every connection that the store knows after a link-up, and ends those that bounce', async () => {
  const store = memoryStore();
  const first = await Stage.open({ store });
  const names = ['ann', 'bob'];
  const before = [await first.person('ann'), await first.person('bob')];
  await before[0]?.quiet();
  await first.friend.stop();

  const second = await Stage.open({ store });
  const [ann, bob] = names.map((name) => second.device(name));
  await Promise.all([ann, bob].map((device) => device?.heard((fact) => fact.type === 'friend.hello')));
  const opened = await ann?.open();
  bob?.bounces('cancel');
  await ann?.quiet();
  await ann?.says(room, 'written after it');

  expect(codeOf(opened)).toBe('connection.opened');
  expect((await store.connections()).map(({ jid }) => jid)).toEqual([ann?.jid]);
});

test('greets again after each link-up, and drops what is told while the link is down', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  await ann.quiet();
  const told = ann.told.length;

  stage.transport.link('down');
  await stage.friend.inject(ann.user, ann.message(room, 'unheard'));
  const unheard = ann.told.length;
  stage.transport.link('up');
  await ann.heard((fact) => fact.type === 'friend.hello');

  expect(unheard).toBe(told);
  expect(stage.friend.status.link.state).toBe('up');
});

test('makes a newcomer of who was erased while he was connected', async () => {
  const store = memoryStore();
  const erased = new Set<string>();
  const user: typeof store.user = async (id) => (erased.has(id) ? undefined : store.user(id));
  const stage = await Stage.open({ store: { ...store, user } });
  const ann = await stage.person('ann');
  const before = ann.user;
  await stage.friend.stop();
  erased.add(before);
  const next = await Stage.open({ store: { ...store, user } });
  const again = next.device('ann');

  const opened = await again.open();
  const sent = await again.says(room, 'Hello');

  expect([codeOf(opened), codeOf(sent)]).toEqual(['connection.opened', 'message.sent']);
  expect(again.user).not.toBe(before);
});

test('says not_open to who was erased in the middle of a connection', async () => {
  const store = memoryStore();
  const erased = new Set<string>();
  const user: typeof store.user = async (id) => (erased.has(id) ? undefined : store.user(id));
  const stage = await Stage.open({
    store: { ...store, user },
    prepare: (friend) => friend.on('erase', ({ user: row }) => [{ do: 'put', put: { table: 'user', row } }]),
  });
  const ann = await stage.person('ann');
  await stage.friend.inject(ann.user, ann.action('erase', {}));
  erased.add(ann.user);

  const answer = await ann.says(room, 'Hello');

  expect(codeOf(answer)).toBe('not_open');
});

test.each([
  ['malformed', 'not json'],
  ['malformed', '[]'],
  ['malformed', '{"v":1,"events":[]}'],
  ['malformed', `{"v":1,"events":[${Array(51).fill('{}').join(',')}]}`],
  ['too_large', `{"v":1,"events":["${'x'.repeat(66_000)}"]}`],
  ['too_deep', `{"v":1,"events":[${'['.repeat(17)}${']'.repeat(17)}]}`],
  ['schema', '{"v":1,"events":[null]}'],
  ['schema', '{"v":1,"events":[{"__proto__":{"id":1},"constructor":1}]}'],
])('answers %s to %s, with the id of the stanza, and to nobody else', async (code, json) => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const before = bob.told.length;

  ann.raw(json, 'stanza-7');
  const error = await ann.heard((fact) => fact.re === 'stanza-7');
  await bob.quiet();

  expect(codeOf(error)).toBe(code);
  expect(bob.told.slice(before).map(({ type }) => type)).toEqual(['log.moved']);
});

test.each(['malformed', 'too_large', 'too_deep', 'unsupported'] as const)(
  'answers %s to a stanza that the transport could not read',
  async (reason) => {
    const stage = await Stage.open();
    const stranger = stage.device('stranger');

    stranger.malformed(reason, 'stanza-8');

    expect(codeOf(await stranger.heard((fact) => fact.re === 'stanza-8'))).toBe(reason);
  },
);

test('answers each bad event of a frame and carries out the good ones', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const [bad, unknown, big, good] = [
    ann.action('message.send', { conversation: room, text: 'x', extra: 1 }),
    ann.action('toString', {}),
    ann.action('message.send', { conversation: room, text: 'x'.repeat(33_000) }),
    ann.message(room, 'good'),
  ];

  const answers = await ann.answers(bad, unknown, big, good);

  expect(answers.map(codeOf)).toEqual(['schema', 'unknown_type', 'too_large', 'message.sent']);
});

test('says busy to what comes on top of a thousand waiting actions, and answers every one', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const messages = Array.from({ length: 1_100 }, (_, index) => ann.message(room, `text ${index}`));

  const answers = await ann.answers(...messages.slice(0, 50));
  const rest = messages.slice(50).map(({ id }) => ann.next((fact) => fact.re === id));
  for (let from = 50; from < 1_100; from += 50) ann.send(...messages.slice(from, from + 50));
  const codes = [...answers, ...(await Promise.all(rest))].map(codeOf);

  expect(codes.filter((code) => code === 'busy').length).toBeGreaterThan(0);
  expect(codes.filter((code) => code === 'message.sent').length).toBeGreaterThanOrEqual(1_000);
});

test('refuses to work before its start, and to change after it', async () => {
  const early = (friend: Friend): void => {
    const action = { id: '0', type: 'log.resume', at: 0, body: { logs: {} } };
    expect(() => friend.inject('u_x', action)).toThrow('FRIEND_NOT_STARTED');
  };
  const stage = await Stage.open({ prepare: early });

  expect(() => stage.friend.on('late', () => [])).toThrow('FRIEND_STARTED');
  await expect(stage.friend.start()).rejects.toThrow('FRIEND_STARTED');
});

test('takes nothing more once it stops, and says busy', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const { events } = stage.transport;
  const late = ann.message(room, 'late');

  const stopped = stage.friend.stop();
  events?.frame(ann.jid, JSON.stringify({ v: 1, events: [late] }));
  await stopped;

  expect(ann.answersTo(late.id)).toMatchObject([{ type: 'error', body: { code: 'busy', retryAfter: 1_000 } }]);
  expect(await stage.store.log(log)).toBeUndefined();
});
