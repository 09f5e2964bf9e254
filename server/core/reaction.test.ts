import { expect, test } from 'vitest';
import { codeOf, Stage, textsOf } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import { append } from './effect.ts';
import type { Friend } from './friend.ts';
import type { Reaction } from './rule.ts';
import { type PageQuery, StorageFull } from './store.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

/** Says each message of a person once more. */
const echo: Reaction<'message.sent'> = ({ fact }) =>
  fact.by === 'friend' ? [] : [append(fact.log, 'message.sent', { text: `echo ${fact.body.text}` }, { item: true })];

const withEcho = (friend: Friend): void => void friend.after('message.sent', echo, 'echo');

test('reacts to the facts of a log in their order', async () => {
  const stage = await Stage.open({ prepare: withEcho });
  const ann = await stage.person('ann');

  await ann.answers(...['one', 'two', 'three'].map((text) => ann.message(room, text)));
  await ann.heard((fact) => textsOf([fact])[0] === 'echo three');

  expect(textsOf(ann.facts(log)).filter((text) => text.startsWith('echo'))).toEqual([
    'echo one',
    'echo two',
    'echo three',
  ]);
});

test('runs again what a crash interrupted, and stores its effects once', async () => {
  const store = memoryStore();
  const first = await Stage.open({ store, prepare: withEcho });
  const ann = await first.person('ann');
  await ann.says(room, 'Hello');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo Hello');
  const interrupted = await store.due(10);

  const runs: number[] = [];
  const counted: Reaction<'message.sent'> = (context) => {
    runs.push(context.fact.seq);
    return echo(context);
  };
  const second = await Stage.open({ store, prepare: (friend) => friend.after('message.sent', counted, 'echo') });
  const bob = await second.person('bob');
  await bob.says(room, 'Hi');
  await bob.heard((fact) => textsOf([fact])[0] === 'echo Hi');

  expect(interrupted.map(({ id }) => id)).toContain(log);
  expect(runs).toContain(3);
  const bodies = (await store.page({ log, limit: 20 })).map(({ body }) => body);
  expect(bodies.filter((body) => body.includes('echo Hello'))).toHaveLength(1);
});

test('delays no answer and no other log by a reaction that hangs', async () => {
  const hang: Reaction<'message.sent'> = (context) =>
    context.fact.body.text === 'hang' ? new Promise(() => undefined) : echo(context);
  const stage = await Stage.open({ prepare: (friend) => friend.after('message.sent', hang, 'hang') });
  const ann = await stage.person('ann');

  const hanging = await ann.says(room, 'hang');
  const behind = await ann.says(room, 'behind');
  await ann.says('room:other', 'beside');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo beside');
  const before = textsOf(ann.facts(log));
  stage.clock.advance(30_000);
  await ann.heard((fact) => textsOf([fact])[0] === 'echo behind');

  expect([hanging, behind].map(codeOf)).toEqual(['message.sent', 'message.sent']);
  expect(before).not.toContain('echo behind');
  expect(stage.friend.meter.of('failed')).toBe(1);
});

test('counts a reaction that throws, and goes on with the next fact', async () => {
  const throwing: Reaction<'message.sent'> = (context) => {
    if (context.fact.body.text === 'throw') throw new Error('broken');
    return echo(context);
  };
  const stage = await Stage.open({ prepare: (friend) => friend.after('message.sent', throwing, 'throwing') });
  const ann = await stage.person('ann');

  await ann.answers(ann.message(room, 'throw'), ann.message(room, 'fine'));
  await ann.heard((fact) => textsOf([fact])[0] === 'echo fine');

  expect(stage.friend.meter.of('failed')).toBe(1);
  expect(textsOf(ann.facts(log))).not.toContain('echo throw');
});

test('stores the effects of each of two reactions to one fact', async () => {
  const shout: Reaction<'message.sent'> = ({ fact }) =>
    fact.by === 'friend' ? [] : [append(fact.log, 'message.sent', { text: fact.body.text.toUpperCase() })];
  const stage = await Stage.open({
    prepare: (friend) => withEcho(friend.after('message.sent', shout, 'shout')),
  });
  const ann = await stage.person('ann');

  await ann.says(room, 'Hello');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo Hello');

  expect(textsOf(ann.facts(log))).toContain('HELLO');
});

test('refuses two reactions to one type under one name, for the second would never be stored', async () => {
  const twice = Stage.open({
    prepare: (friend) => void friend.after('message.sent', echo).after('message.sent', echo),
  });

  await expect(twice).rejects.toThrow('FRIEND_REACTION_TWICE');
});

test('stores the effects of a reaction however long the disk was full', async () => {
  const store = memoryStore();
  let isFull = false;
  const refusals = Promise.withResolvers<void>();
  let refused = 0;
  const commit: typeof store.commit = async (units, cursors) => {
    if (!isFull || !units.some(({ device }) => device?.startsWith('reaction:'))) return store.commit(units, cursors);
    refused += 1;
    if (refused === 6) refusals.resolve();
    throw new StorageFull('The disk is full.');
  };
  const stage = await Stage.open({ store: { ...store, commit }, prepare: withEcho });
  const ann = await stage.person('ann');
  isFull = true;
  await ann.says(room, 'Hello');
  const passing = async (): Promise<void> => {
    for (; refused < 6; await new Promise(setImmediate)) stage.clock.advance(30_000);
  };

  await Promise.all([refusals.promise, passing()]);
  isFull = false;
  const echoed = ann.heard((fact) => textsOf([fact])[0] === 'echo Hello');
  await new Promise(setImmediate);
  stage.clock.advance(30_000);

  expect((await echoed).by).toBe('friend');
});

test('keeps a reaction’s message in the list of its log, so that who hears the list hears it', async () => {
  const stage = await Stage.open({ prepare: withEcho });
  const [ann, helper] = [await stage.person('ann'), await stage.colleague('helper')];

  await ann.says('support', 'Hello');
  const heard = await helper.heard((fact) => textsOf([fact])[0] === 'echo Hello');

  expect(heard).toMatchObject({ log: `c_support_${ann.user.slice(2)}`, by: 'friend' });
});

test('asks the store for no fact that it has just seen committed', async () => {
  let pages = 0;
  let reactions = 0;
  const store = memoryStore();
  const counting = { ...store, page: (query: PageQuery) => store.page(query) };
  const stage = await Stage.open({
    store: counting,
    prepare: (friend) =>
      friend.after('message.sent', () => {
        reactions += 1;
        return [];
      }),
  });
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'one');
  await expect.poll(() => reactions).toBe(1);
  counting.page = (query) => {
    pages += 1;
    return store.page(query);
  };

  await ann.says('room:lobby', 'two');
  await ann.says('room:lobby', 'three');
  await expect.poll(() => reactions).toBe(3);
  await stage.friend.stop();

  expect(pages).toBe(0);
});
