import { expect, test } from 'vitest';
import type { AnyFact, Facts } from '../../protocol/facts.ts';
import { codeOf, type Device, filledRoom, Stage, textsOf } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

type Opened = Facts['conversation.opened'];

function opened(fact: AnyFact): Opened {
  if (fact.type !== 'conversation.opened') throw new Error(`It was ${fact.type}.`);
  return fact.body;
}

/** The facts of a log that a device was told since it had `before` events. */
function since(device: Device, before: number): AnyFact[] {
  return device.told.slice(before).filter((fact) => fact.log === log);
}

test('counts unread messages of others up to 99, and none for who only passes by', async () => {
  const { stage, ann } = await filledRoom(5);
  const bob = await stage.person('bob');
  const passing = opened(await bob.ask('conversation.open', { conversation: room }));
  await bob.says(room, 'Now I am a member');

  const joined = opened(await bob.ask('conversation.open', { conversation: room }));
  bob.send(bob.action('marker.set', { conversation: log, read: 6 }));
  await bob.quiet();
  const read = opened(await bob.ask('conversation.open', { conversation: room }));
  for (let round = 0; round < 3; round += 1) {
    await ann.answers(...Array.from({ length: 40 }, (_, index) => ann.message(room, `more ${round} ${index}`)));
  }
  const many = opened(await bob.ask('conversation.open', { conversation: room }));

  expect([passing, joined, read, many].map(({ conversation }) => conversation.unread)).toEqual([0, 5, 1, 99]);
});

test('shows a room by its name as one would write it in a heading', async () => {
  const ann = await (await Stage.open()).person('ann');

  const shown = ['room:lobby', 'room:spring-sale', 'room:2027'].map(async (conversation) => {
    return opened(await ann.ask('conversation.open', { conversation })).conversation.name;
  });

  expect(await Promise.all(shown)).toEqual(['Lobby', 'Spring sale', '2027']);
});

test('looks for unread messages among the newest 1,000 facts only, so that a head costs the same in a log of any length', async () => {
  const { stage, ann } = await filledRoom(3);
  const bob = await stage.person('bob');
  await bob.says(room, 'Hello');
  const before = opened(await bob.ask('conversation.open', { conversation: room }));
  const own = { log, type: 'message.sent', at: 0, by: bob.user, body: '{"text":"more"}', item: true, rule: false };
  await stage.store.commit([{ id: 'more', digest: '', reads: [], appends: Array(1_000).fill(own), puts: [] }], []);
  await ann.says(room, 'Still there?');

  const after = opened(await bob.ask('conversation.open', { conversation: room }));

  expect([before, after].map(({ conversation }) => conversation.unread)).toEqual([3, 1]);
});

test('never moves a mark back, nor beyond the head of the log', async () => {
  const { stage, ann } = await filledRoom(3);
  const bob = await stage.person('bob');
  await bob.says(room, 'Hello');

  for (const read of [4, 2, 1_000, 1]) bob.send(bob.action('marker.set', { conversation: log, read }));
  await bob.quiet();

  const moved = ann.told.flatMap((fact) => (fact.type === 'marker.moved' ? [fact.body.read] : []));
  expect(moved).toEqual([4, 2, 7, 1]);
  expect(await stage.store.readSeq(log, bob.user)).toBe(7);
});

test('tells typing and markers to others and not to the connection they came from', async () => {
  const { stage, ann } = await filledRoom(1);
  const bob = await stage.person('bob');
  await bob.says(room, 'Hello');
  const before = bob.told.length;

  bob.send(
    bob.action('typing.set', { conversation: log, on: true }),
    bob.action('marker.set', { conversation: log, read: 3 }),
  );
  await bob.quiet();

  const types = (device: Device): string[] => device.told.map(({ type }) => type);
  expect(types(ann)).toEqual(expect.arrayContaining(['typing.changed', 'marker.moved']));
  expect(bob.told.slice(before).map(({ type }) => type)).toEqual(['log.moved']);
});

test('ignores typing, markers and empty markers where there is nothing of his', async () => {
  const { stage, ann } = await filledRoom(1);
  await ann.says('support', 'Hello');
  const bob = await stage.person('bob');
  const before = [ann.told.length, bob.told.length, stage.store.stats().facts];
  const own = `c_support_${ann.user.slice(2)}`;

  for (const conversation of [own, 'c_room_nowhere', `c_direct_${'0'.repeat(20)}_${'1'.repeat(20)}`]) {
    bob.send(bob.action('typing.set', { conversation, on: true }), bob.action('marker.set', { conversation, read: 1 }));
  }
  bob.send(bob.action('marker.set', { conversation: log }));
  await bob.quiet();

  expect([ann.told.length, bob.told.length - 1, stage.store.stats().facts]).toEqual(before);
  expect(stage.friend.meter.of('ignored')).toBe(7);
});

test('answers what is absent and what is forbidden alike, byte for byte', async () => {
  const stage = await Stage.open();
  const [ann, bob, eve] = [await stage.person('ann'), await stage.person('bob'), await stage.person('eve')];
  await ann.says('support', 'Help me');
  const direct = (await ann.says(`user:${bob.user}`, 'Hi')).log ?? '';
  const nobody = '0'.repeat(20);
  const pairs: [string, string][] = [
    [`c_support_${ann.user.slice(2)}`, `c_support_${nobody}`],
    [direct, `c_direct_${nobody}_${'1'.repeat(20)}`],
  ];
  const normal = (fact: AnyFact): string => JSON.stringify({ ...fact, at: 0, re: '' });

  for (const [forbidden, absent] of pairs) {
    for (const id of [forbidden, absent]) await eve.ask('conversation.open', { conversation: id });
    const asked = async (conversation: string) => [
      normal(await eve.ask('conversation.open', { conversation })),
      normal(await eve.says(conversation, 'Hi')),
      normal(await eve.ask('log.read', { log: conversation })),
      normal(await eve.ask('log.resume', { logs: { [conversation]: 0 } })),
    ];

    const [one, other] = [await asked(forbidden), await asked(absent)];

    expect(one).toEqual(other);
    expect(one.slice(0, 3).every((json) => json.includes('"not_found"'))).toBe(true);
  }
});

test('gives a user’s own log to nobody else', async () => {
  const stage = await Stage.open();
  const [ann, eve] = [await stage.colleague('ann'), await stage.person('eve')];

  const own = await ann.ask('log.read', { log: ann.user });
  const foreign = await eve.ask('log.read', { log: ann.user });
  const resumed = await eve.ask('log.resume', { logs: { [ann.user]: 0 } });

  expect(own).toMatchObject({ type: 'log.paged', body: { to: 1 } });
  expect([codeOf(foreign), resumed.body]).toEqual(['not_found', { logs: [] }]);
});

test('says of resumed logs which moved, tells what comes after it, and counts them', async () => {
  const { stage, ann } = await filledRoom(3);
  const bob = await stage.person('bob');

  const answer = await bob.ask('log.resume', { logs: { [log]: 3, c_room_nowhere: 0 } });
  const before = bob.told.length;
  await ann.says(room, 'live');
  await bob.heard((fact) => textsOf([fact])[0] === 'live');

  expect(answer.body).toEqual({ logs: [{ log, last: 5 }] });
  expect(since(bob, before).map(({ seq, prev }) => [prev, seq])).toEqual([[5, 6]]);
  expect(stage.friend.meter.of('resumed')).toBe(1);
});

test('tells a conversation that somebody has left nothing more', async () => {
  const store = memoryStore();
  const stage = await Stage.open({
    store,
    prepare: (friend) =>
      friend.on('room.leave', ({ user }) => [
        {
          do: 'put',
          put: {
            table: 'member',
            row: {
              conversation: log,
              user: user.id,
              role: 'member',
              fromSeq: 0,
              untilSeq: 1,
              readSeq: 0,
              deliveredSeq: 0,
            },
          },
        },
        { do: 'append', log, type: 'member.left', body: {}, rule: true },
      ]),
  });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says(room, 'one');
  await bob.says(room, 'two');

  await stage.friend.inject(bob.user, bob.action('room.leave', {}));
  await ann.says(room, 'three');
  await bob.quiet();

  expect(bob.told.some(({ type }) => (type as string) === 'member.left')).toBe(true);
  expect(textsOf(bob.told)).not.toContain('three');
});
