import { expect, test } from 'vitest';
import { Stage, textsOf } from '../bin/contract-stage.ts';
import { append } from './effect.ts';
import { chainLimit } from './reaction-run.ts';
import type { Reaction } from './rule.ts';

const log = 'c_room_lobby';

/** Answers everybody, itself too. */
const endless: Reaction<'message.sent'> = ({ fact }) =>
  fact.log === log ? [append(log, 'message.sent', { text: `${fact.body.text}!` }, { item: true })] : [];

test('ends reactions that follow from each other, and says so', async () => {
  const stage = await Stage.open({ prepare: (friend) => friend.after('message.sent', endless) });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await expect.poll(() => stage.friend.meter.of('looped')).toBe(1);

  expect(textsOf(ann.facts(log))).toHaveLength(chainLimit + 1);
  expect(stage.log.lines.join()).toContain('without end');
});

test('ends a chain that a restart has cut at the same length', async () => {
  const stage = await Stage.open({ prepare: (friend) => friend.after('message.sent', endless) });
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'Hello');
  await expect.poll(() => stage.friend.meter.of('looped')).toBe(1);
  const facts = (await stage.store.page({ log, limit: 99 })).length;

  const again = await Stage.open({ store: stage.store, prepare: (friend) => friend.after('message.sent', endless) });
  await expect.poll(() => again.friend.meter.of('looped')).toBe(1);

  expect(await stage.store.page({ log, limit: 99 })).toHaveLength(facts);
});

test('takes nothing of a run that returns too much, and goes on with the next', async () => {
  const flood: Reaction<'message.sent'> = ({ fact }) =>
    fact.by === 'friend'
      ? []
      : Array.from({ length: fact.body.text === 'flood' ? 10_000 : 1 }, (_, index) =>
          append(fact.log, 'message.sent', { text: `${fact.body.text} ${index}` }, { item: true }),
        );
  const stage = await Stage.open({ prepare: (friend) => friend.after('message.sent', flood) });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'flood');
  await ann.says('room:lobby', 'drop');
  await ann.heard((fact) => textsOf([fact])[0] === 'drop 0');

  expect(stage.friend.meter.of('failed')).toBe(1);
  expect(textsOf(ann.facts(log)).filter((text) => text.startsWith('flood'))).toEqual(['flood']);
});

test('slows down a chain that forks, and no other conversation', async () => {
  const fork: Reaction<'message.sent'> = ({ fact }) =>
    fact.log === log
      ? Array.from({ length: 50 }, () => append(log, 'message.sent', { text: 'fork' }, { item: true }))
      : [append(fact.log, 'message.sent', { text: 'fine' }, { item: true })];
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.after('message.sent', (context) =>
        context.fact.by === 'friend' && context.fact.log !== log ? [] : fork(context),
      ),
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  // What the person started, and the 200 effects that a chain may have at once.
  await expect.poll(async () => (await stage.store.log(log))?.lastSeq).toBe(3 + 50 + 200);
  await ann.says('room:other', 'Hello');
  await ann.heard((fact) => textsOf([fact])[0] === 'fine');

  expect((await stage.store.log(log))?.lastSeq).toBe(253);
});

test('slows down a reaction that returns very much to everything, and no other conversation', async () => {
  const flood: Reaction<'message.sent'> = ({ fact }) =>
    fact.by === 'friend'
      ? []
      : Array.from({ length: fact.log === log ? 1_000 : 1 }, () =>
          append(fact.log, 'message.sent', { text: 'fine' }, { item: true }),
        );
  const stage = await Stage.open({ prepare: (friend) => friend.after('message.sent', flood) });
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'one');
  await ann.says('room:lobby', 'two');

  await expect.poll(async () => (await stage.store.log(log))?.lastSeq).toBe(4 + 1_000);
  await ann.says('room:other', 'Hello');
  await ann.heard((fact) => (fact as { log?: string }).log === 'c_room_other' && textsOf([fact])[0] === 'fine');

  expect((await stage.store.log(log))?.lastSeq).toBe(4 + 1_000);
});

test('lets others have their turn while one log has very many facts to react to', async () => {
  let inARow = 0;
  let longest = 0;
  const flood: Reaction<'message.sent'> = ({ fact }) => {
    inARow += 1;
    longest = Math.max(longest, inARow);
    setImmediate(() => {
      inARow = 0;
    });
    return fact.by === 'friend'
      ? []
      : Array.from({ length: 500 }, () => append(fact.log, 'message.sent', { text: 'fine' }, { item: true }));
  };
  const stage = await Stage.open({ prepare: (friend) => friend.after('message.sent', flood) });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await expect.poll(async () => (await stage.store.log(log))?.lastSeq).toBe(3 + 500);
  await expect.poll(() => longest).toBeGreaterThan(1);
  await stage.friend.stop();

  expect(longest).toBeLessThanOrEqual(64);
});
