import { expect, test } from 'vitest';
import { codeOf, Stage } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import { append, put, refuse } from './effect.ts';
import type { Friend } from './friend.ts';
import type { Effects } from './rule.ts';
import { CommitUnknown, StorageFull, type Unit } from './store.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

/** A fact that changes the rules of the room. */
const changed = { log, type: 'member.joined', at: 0, by: 'friend', body: '{}', item: false, rule: true };

function ruleChange(count: number): Unit {
  return { id: `change ${count}`, digest: '', reads: [], appends: [changed], puts: [] };
}

test('decides again when what a rule has read changes before the commit', async () => {
  const store = memoryStore();
  const decisions: string[] = [];
  const stage = await Stage.open({
    store,
    prepare: (friend) =>
      friend.use(async (context, next) => {
        const effects = await next();
        if (context.action.type !== 'message.send') return effects;
        decisions.push(context.action.id);
        if (decisions.length === 1) await store.commit([ruleChange(1)], []);
        return effects;
      }),
  });
  const ann = await stage.person('ann');

  const answer = await ann.says(room, 'Hello');

  expect(answer).toMatchObject({ type: 'message.sent', seq: 4 });
  expect(decisions).toHaveLength(2);
});

test('says busy when what a rule has read changes three times', async () => {
  const store = memoryStore();
  let changes = 0;
  const stage = await Stage.open({
    store,
    prepare: (friend) =>
      friend.use(async (context, next) => {
        const effects = await next();
        if (context.action.type === 'message.send') await store.commit([ruleChange(++changes)], []);
        return effects;
      }),
  });
  const ann = await stage.person('ann');

  const answer = await ann.says(room, 'Hello');

  expect(answer).toMatchObject({ type: 'error', body: { code: 'busy', retryAfter: expect.any(Number) } });
  expect(changes).toBe(3);
});

test('notes a log of which a rule has read the members or the counters only', async () => {
  const store = memoryStore();
  const seen: number[] = [];
  const stage = await Stage.open({
    store,
    prepare: (friend) =>
      friend.on('room.count', async ({ read, user }) => {
        const members = await read.members(log, 10);
        seen.push(members.length);
        if (seen.length === 1) {
          const row = { conversation: log, user: 'u_x', role: 'member', fromSeq: 0, readSeq: 0, deliveredSeq: 0 };
          await store.commit([{ ...ruleChange(1), puts: [{ table: 'member', row }] }], []);
        }
        return [append(user.id, 'room.counted', { members: members.length })];
      }),
  });
  const ann = await stage.person('ann');

  const answer = await stage.friend.inject(ann.user, ann.action('room.count', {}));

  expect(answer.body).toEqual({ members: 1 });
});

test('lets a block win against a message that was decided on before it', async () => {
  const blocks = 'block';
  const stage = await Stage.open({ prepare: (friend) => blocking(friend, blocks) });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const actions = [ann.action('person.block', { user: bob.user }), bob.message(room, 'after the block')] as const;

  const [blocked, message] = await Promise.all([
    stage.friend.inject(ann.user, actions[0]),
    stage.friend.inject(bob.user, actions[1]),
  ]);

  expect(blocked.type).toBe('person.blocked');
  expect(codeOf(message)).toBe('not_found');
});

/** A block is a rule fact of the room's log, as a membership is. */
function blocking(friend: Friend, plugin: string): void {
  friend.on('person.block', async ({ action }) => {
    const { user } = action.body as { user: string };
    return [
      put({ table: 'state', row: { plugin, scope: log, key: user, value: '1' } }),
      append(log, 'person.blocked', { user }, { rule: true }),
    ];
  });
  friend.use(async (context, next) => {
    if (context.action.type !== 'message.send') return next();
    await context.read.conversation(log);
    const isBlocked = await context.read.state(plugin, log, context.user?.id ?? '');
    return isBlocked === undefined ? next() : [refuse('not_found')];
  });
}

test('answers failed for a rule that throws, and goes on', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.use((context, next) => {
        if ((context.action.body as { text?: string }).text === 'throw') throw new Error('secret words');
        return next();
      }),
  });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];

  const [failed, after] = await ann.answers(ann.message(room, 'throw'), ann.message(room, 'fine'));
  const other = await bob.says(room, 'fine too');

  expect([failed, after, other].map(codeOf)).toEqual(['failed', 'message.sent', 'message.sent']);
  expect(stage.friend.meter.of('failed')).toBe(1);
});

test.each<[string, () => unknown]>([
  ['an unknown body', () => [{ do: 'append', log, type: 'x', body: undefined }]],
  ['a body that JSON cannot hold', () => [append(log, 'x', { n: 1n } as never)]],
  ['a body that no frame can hold', () => [append(log, 'x', { text: 'x'.repeat(60_000) })]],
  ['a promise that is rejected', () => Promise.reject(new Error('broken'))],
])('answers failed for a rule that returns %s', async (_, effects) => {
  const stage = await Stage.open({
    prepare: (friend) => friend.on('broken', () => effects() as Effects),
  });
  const ann = await stage.person('ann');

  const answer = await stage.friend.inject(ann.user, ann.action('broken', {}));

  expect(codeOf(answer)).toBe('failed');
});

test('answers busy for a rule that hangs for 50 ms, while others are answered', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.use((context, next) =>
        (context.action.body as { text?: string }).text === 'hang' ? new Promise(() => undefined) : next(),
      ),
  });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const hanging = ann.message(room, 'hang');
  const answers = ann.answers(hanging, ann.message(room, 'behind it'));

  const other = await bob.says(room, 'meanwhile');
  const before = ann.answersTo(hanging.id);
  stage.clock.advance(50);
  const [busy, behind] = await answers;

  expect([codeOf(other), before]).toEqual(['message.sent', []]);
  expect([codeOf(busy), codeOf(behind)]).toEqual(['busy', 'message.sent']);
});

test('sets one timer for many decisions, not one for each', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');

  for (let count = 0; count < 20; count += 1) await ann.says(room, `text ${count}`);

  expect(stage.clock.due().filter((ms) => ms <= 50)).toHaveLength(1);
});

test('says storage while the disk is full, and stores the same actions once it is not', async () => {
  const store = memoryStore();
  let isFull = false;
  const commit: typeof store.commit = async (...batch) => {
    if (isFull) throw new StorageFull('The disk is full.');
    return store.commit(...batch);
  };
  const stage = await Stage.open({ store: { ...store, commit } });
  const ann = await stage.person('ann');
  await ann.says(room, 'before');
  const messages = [ann.message(room, 'one'), ann.message(room, 'two')];
  isFull = true;

  const full = await ann.answers(...messages);
  const read = await ann.ask('conversation.open', { conversation: room });
  isFull = false;
  const stored = await ann.answers(...messages);

  expect(full.map(codeOf)).toEqual(['storage', 'storage']);
  expect(read.type).toBe('conversation.opened');
  expect(stored.map(({ seq }) => seq)).toEqual([4, 5]);
});

test('stops with a full disk although cursors wait to be written', async () => {
  const store = memoryStore();
  let isFull = false;
  const commit: typeof store.commit = async (...batch) => {
    if (isFull) throw new StorageFull('The disk is full.');
    return store.commit(...batch);
  };
  const stage = await Stage.open({ store: { ...store, commit } });
  const ann = await stage.person('ann');
  await ann.says(room, 'before');
  isFull = true;

  await stage.friend.stop();

  expect(stage.fatal).toEqual([]);
});

test('answers nobody and reports a commit whose outcome is unknown', async () => {
  const store = memoryStore();
  const broken = Promise.withResolvers<void>();
  let isBroken = false;
  const commit: typeof store.commit = async (...batch) => {
    if (!isBroken) return store.commit(...batch);
    broken.resolve();
    throw new CommitUnknown('fsync failed');
  };
  const stage = await Stage.open({ store: { ...store, commit } });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.ask('conversation.open', { conversation: room });
  const messages = [ann.message(room, 'one'), ann.message(room, 'two')];
  isBroken = true;

  ann.send(...messages);
  await broken.promise;
  await ann.ask('conversation.open', { conversation: room });
  const after = await bob.says(room, 'three');

  expect(stage.fatal).toEqual([expect.any(CommitUnknown)]);
  expect(messages.flatMap(({ id }) => ann.answersTo(id))).toEqual([]);
  expect(codeOf(after)).toBe('busy');
});

test('fails alone with what the store cannot write, and stores all that came beside it', async () => {
  const store = memoryStore();
  const commit: typeof store.commit = async (units, cursors) => {
    if (units.some(({ puts }) => puts.some(({ table }) => table === 'state'))) throw new TypeError('no such type');
    return store.commit(units, cursors);
  };
  const stage = await Stage.open({
    store: { ...store, commit },
    prepare: (friend) =>
      friend.on('poison', () => [
        put({ table: 'state', row: { plugin: 'p', scope: 's', key: 'k', value: { not: 'text' } as never } }),
      ]),
  });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];

  const [poisoned, ...fine] = await Promise.all([
    stage.friend.inject(ann.user, ann.action('poison', {})),
    ann.says(room, 'one'),
    bob.says('room:other', 'two'),
  ]);

  expect(codeOf(poisoned)).toBe('failed');
  expect(fine.map(codeOf)).toEqual(['message.sent', 'message.sent']);
  expect(stage.fatal).toEqual([]);
});

test('answers once where a rule returns several answers', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.use(async (context, next) =>
        context.action.type === 'message.send'
          ? [...(await next()), { do: 'answer', type: 'ack', body: {} }, { do: 'answer', type: 'ack', body: {} }]
          : next(),
      ),
  });
  const ann = await stage.person('ann');
  const message = ann.message(room, 'Hello');

  await ann.answers(message);
  await ann.quiet();

  expect(ann.answersTo(message.id).map(({ type }) => type)).toEqual(['message.sent']);
});
