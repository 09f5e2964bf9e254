import { expect, test } from 'vitest';
import { identify, opens, signingStage, userIn } from '../bin/contract-identity.ts';
import { codeOf, type Device, type Stage, textsOf } from '../bin/contract-stage.ts';

/** Signs in by a new secret, and opens with it. */
async function signsIn(device: Device, subject: string): Promise<string> {
  const user = userIn(await identify(device, subject, `${device.jid} as ${subject}`, { name: subject }));
  await opens(device, `${device.jid} as ${subject}`);
  return user;
}

async function membersOf(stage: Stage, log: string) {
  return (await stage.store.members(log, 9)).map(({ user }) => user);
}

test('hands a room over with the visitor’s marks, and tells who is there', async () => {
  const stage = await signingStage();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says('room:lobby', 'Hello');
  await bob.says('room:lobby', 'Hello guest');
  await ann.ask('conversation.open', { conversation: 'room:lobby' });
  ann.send(ann.action('marker.set', { conversation: 'c_room_lobby', read: 5 }));
  await ann.quiet();
  const visitor = ann.user;

  const user = await signsIn(ann, 'Ann');
  await bob.quiet();

  expect((await membersOf(stage, 'c_room_lobby')).sort()).toEqual([bob.user, user].sort());
  expect(await stage.store.member('c_room_lobby', user)).toMatchObject({ readSeq: 5, fromSeq: 0, role: 'member' });
  const told = bob.facts('c_room_lobby').slice(-2);
  expect(told).toMatchObject([
    { type: 'member.left', by: user, body: { person: { id: visitor } } },
    { type: 'member.joined', by: user, body: { person: { id: user, name: 'Ann', verified: true } } },
  ]);
});

test('counts nothing as unread that one has said oneself', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  for (const text of ['One', 'Two', 'Three']) await ann.says('support', text);

  await signsIn(ann, 'Ann');
  const listed = await ann.ask('conversation.list', {});

  expect(listed).toMatchObject({ body: { conversations: [{ unread: 0, line: { text: 'Three' } }] } });
});

test('keeps the place of who is there already, and raises his marks', async () => {
  const stage = await signingStage();
  const [desk, phone] = [await stage.person('desk'), await stage.person('phone')];
  const user = await signsIn(desk, 'Ann');
  await desk.says('room:lobby', 'From my desk');
  await phone.says('room:lobby', 'From my phone');
  phone.send(phone.action('marker.set', { conversation: 'c_room_lobby', read: 5 }));
  await phone.quiet();

  await signsIn(phone, 'Ann');
  await desk.quiet();

  expect(await membersOf(stage, 'c_room_lobby')).toEqual([user]);
  expect(await stage.store.member('c_room_lobby', user)).toMatchObject({ readSeq: 5 });
  expect(desk.facts('c_room_lobby').at(-1)).toMatchObject({
    type: 'member.left',
    body: { person: { id: phone.user } },
  });
});

test('brings nobody back into a conversation that he has left', async () => {
  const stage = await signingStage();
  const [desk, phone] = [await stage.person('desk'), await stage.person('phone')];
  const user = await signsIn(desk, 'Ann');
  await desk.says('room:lobby', 'Good bye');
  const row = await stage.store.member('c_room_lobby', user);
  const gone = { conversation: 'c_room_lobby', user, role: 'member', fromSeq: 0, readSeq: 0, deliveredSeq: 0 };
  await stage.store.commit(
    [{ id: 'left', digest: '', reads: [], appends: [], puts: [{ table: 'member', row: { ...gone, untilSeq: 3 } }] }],
    [],
  );
  await phone.says('room:lobby', 'As a visitor');

  await signsIn(phone, 'Ann');

  expect(row?.untilSeq).toBeUndefined();
  expect(await membersOf(stage, 'c_room_lobby')).toEqual([]);
});

test('goes on with a direct conversation, and reaches under his old name who signed in', async () => {
  const stage = await signingStage();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const visitor = ann.user;
  await ann.says(`user:${bob.user}`, 'Hello Bob');

  const user = await signsIn(ann, 'Ann');
  const answer = await bob.says(`user:${visitor}`, 'Hello Ann');
  const log = answer.log ?? '';
  await ann.says(log, 'It goes on');
  const live = textsOf(ann.facts(log));
  await ann.ask('conversation.open', { conversation: log });

  expect(live).toEqual(['Hello Bob', 'Hello Ann', 'It goes on']);
  expect(textsOf(ann.facts(log)).slice(3)).toEqual(live);
  expect((await membersOf(stage, log)).sort()).toEqual([bob.user, user].sort());
  const elsewhere = await (await stage.person('carl')).says(`user:${visitor}`, 'To whom?');
  expect((await membersOf(stage, elsewhere.log ?? '')).includes(user)).toBe(true);
});

test.each(['the visitor', 'whom he turned out to be'])('shuts out who was shut out as %s', async (who) => {
  const stage = await signingStage();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const visitor = ann.user;
  const { log = '' } = await ann.says(`user:${bob.user}`, 'Hello Bob');
  if (who === 'the visitor') await bob.ask('relation.set', { user: visitor, kind: 'blocked' });
  const user = await signsIn(ann, 'Ann');
  if (who !== 'the visitor') await bob.ask('relation.set', { user, kind: 'blocked' });
  await bob.quiet();
  const before = bob.facts(log).length;

  const sent = await ann.says(log, 'Why do you not answer?');
  await bob.quiet();

  expect(codeOf(sent)).toBe('message.sent');
  expect(bob.facts(log)).toHaveLength(before);
  expect(textsOf(bob.facts(log))).toEqual(['Hello Bob']);
  const isTold = JSON.stringify(bob.facts(log)).includes('"name":"Ann"');
  expect(isTold).toBe(who !== 'the visitor');
});

test('lets one alter what one said as a visitor, and nobody else', async () => {
  const stage = await signingStage();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const { log = '', seq = 0 } = await ann.says('room:lobby', 'Helo');
  await bob.says('room:lobby', 'Hello');
  await signsIn(ann, 'Ann');

  const edited = await ann.ask('message.edit', { conversation: log, seq, text: 'Hello' });
  const refused = await bob.ask('message.edit', { conversation: log, seq, text: 'Bye' });

  expect([edited, refused].map(codeOf)).toEqual(['message.edited', 'not_found']);
});

test('lets one state how one stands to a visitor of old, who is somebody now', async () => {
  const stage = await signingStage();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const visitor = ann.user;
  await ann.says('room:lobby', 'Hello');
  const user = await signsIn(ann, 'Ann');

  const stated = await bob.ask('relation.set', { user: visitor, kind: 'blocked' });
  const { log = '' } = await ann.says(`user:${bob.user}`, 'Do you hear me?');
  await bob.quiet();

  expect(stated).toMatchObject({ type: 'relation.changed', body: { person: { id: user } } });
  expect(bob.facts(log)).toEqual([]);
});

test('hands over as many as 100 conversations at once', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  for (let index = 0; index < 100; index += 1) await ann.says(`room:r${index}`, 'Here');

  const user = await signsIn(ann, 'Ann');

  const memberships = await stage.store.memberships(user, 200);
  expect(memberships).toHaveLength(100);
  expect(await stage.store.memberships(ann.user, 200)).toEqual([]);
});
