import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { headOf, rolesOf, teaParty } from '../bin/contract-group.ts';
import { codeOf, type Device, Stage, textsOf } from '../bin/contract-stage.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

/** Ann and Bob in one room; Ann has said one thing. */
async function two() {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.says(room, 'Hello');
  const { seq = 0 } = await ann.says(room, 'Good mourning');
  return { stage, ann, bob, seq };
}

function edit(device: Device, seq: number, text: string, conversation = log): Promise<AnyFact> {
  return device.ask('message.edit', { conversation, seq, text });
}

function remove(device: Device, seq: number, conversation = log): Promise<AnyFact> {
  return device.ask('message.delete', { conversation, seq });
}

/** What a fresh look at the log shows of one message. */
async function seen(device: Device, seq: number, conversation = log): Promise<unknown> {
  const before = device.told.length;
  await device.ask('log.read', { log: conversation, after: seq - 1, limit: 1 });
  return device.told.slice(before).find((fact) => fact.seq === seq && fact.type === 'message.sent')?.body;
}

test('alters one’s own message for all, in pages, heads and live', async () => {
  const { stage, ann, bob, seq } = await two();
  stage.clock.advance(1_000);

  const answer = await edit(ann, seq, 'Good morning');
  const told = await bob.heard(({ type }) => type === 'message.edited');

  expect(answer).toMatchObject({ type: 'message.edited', log, body: { of: seq, text: 'Good morning' } });
  expect(told.body).toEqual(answer.body);
  expect(await seen(bob, seq)).toEqual({ text: 'Good morning', edited: stage.clock.now() });
  expect((await headOf(bob, room)).line).toEqual({ by: ann.user, text: 'Good morning' });
});

test('alters nobody else’s message, nothing that is no message, and nothing that is deleted', async () => {
  const { stage, ann, bob, seq } = await two();
  const passing = await stage.person('eve');
  const facts = stage.store.stats().facts;

  const refused = [
    await edit(bob, seq, 'mine'),
    await edit(passing, seq, 'mine'),
    await edit(ann, 1, 'mine'),
    await edit(ann, 0, 'mine'),
    await edit(ann, 99, 'mine'),
    await remove(bob, seq),
    await remove(passing, seq),
    await remove(ann, 1),
  ];
  const same = await edit(ann, seq, 'Good mourning');

  expect(refused.map(codeOf)).toEqual(Array.from({ length: 8 }, () => 'not_found'));
  expect([same.type, stage.store.stats().facts]).toEqual(['ack', facts]);
  await remove(ann, seq);
  expect(codeOf(await edit(ann, seq, 'again'))).toBe('not_found');
});

test('takes the words of a message away, and those of its edits, and keeps its place', async () => {
  const { stage, ann, bob, seq } = await two();
  await edit(ann, seq, 'A secret');
  await edit(ann, seq, 'Another secret');

  const deleted = await remove(ann, seq);
  const again = await remove(ann, seq);

  expect(deleted).toMatchObject({ type: 'message.deleted', body: { of: seq } });
  expect(again.type).toBe('ack');
  expect(await seen(bob, seq)).toEqual({ text: '', deleted: true });
  expect((await headOf(bob, room)).line).toEqual({ by: ann.user, text: '', deleted: true });
  const bodies = (await stage.store.page({ log, limit: 99 })).map(({ body }) => body).join();
  expect(bodies).not.toMatch(/secret|mourning/);
});

test('counts what was deleted no more as unread', async () => {
  const { ann, bob, seq } = await two();
  await ann.says(room, 'Two');
  const before = await headOf(bob, room);

  await remove(ann, seq);

  expect([before.unread, (await headOf(bob, room)).unread]).toEqual([2, 1]);
});

test('lets a deletion win against an edit that was decided on before it', async () => {
  const { ann, bob, seq } = await two();

  const answers = await ann.answers(
    ann.action('message.delete', { conversation: log, seq }),
    ann.action('message.edit', { conversation: log, seq, text: 'Back again' }),
  );

  expect(answers.map(codeOf)).toEqual(['message.deleted', 'not_found']);
  expect(await seen(bob, seq)).toEqual({ text: '', deleted: true });
});

test('lets admins of a group and colleagues in support take others’ messages away, and nobody alter them', async () => {
  const { stage, ann, bob, eve, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user, eve.user] });
  await ann.ask('member.set', { conversation: tea, user: eve.user, role: 'admin' });
  const helper = await stage.colleague('helper');
  const [inTea, inSupport] = [await bob.says(tea, 'Rude'), await bob.says('support', 'Rude')];

  const [mine, theirs] = [inTea.seq ?? 0, inSupport.seq ?? 0];
  const support = inSupport.log ?? '';
  const altered = [await edit(eve, mine, 'Kind', tea), await edit(helper, theirs, 'Kind', support)];
  const removed = [await remove(eve, mine, tea), await remove(helper, theirs, support)];

  expect(await rolesOf(ann, tea)).toEqual({ ann: 'owner', bob: 'member', eve: 'admin' });
  expect(altered.map(codeOf)).toEqual(['not_found', 'not_found']);
  expect(removed.map(codeOf)).toEqual(['message.deleted', 'message.deleted']);
  await bob.heard((fact) => fact.type === 'message.deleted' && fact.log === support);
});

test('lets who is shut out alter and delete for himself alone, and who shuts him out sees no change', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const kept = await ann.says(`user:${bob.user}`, 'Before');
  const gone = await ann.says(`user:${bob.user}`, 'Gone');
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const unheard = await ann.says(`user:${bob.user}`, 'After');
  const direct = kept.log ?? '';
  const before = bob.told.length;

  const edits = [await edit(ann, kept.seq ?? 0, 'Altered', direct), await edit(ann, unheard.seq ?? 0, 'Too', direct)];
  const deleted = await remove(ann, gone.seq ?? 0, direct);
  await bob.quiet();

  expect(edits.map(codeOf)).toEqual(['message.edited', 'message.edited']);
  expect(deleted.type).toBe('message.deleted');
  expect(bob.told.slice(before).filter((fact) => fact.log === direct)).toEqual([]);
  expect([await seen(bob, kept.seq ?? 0, direct), await seen(bob, gone.seq ?? 0, direct)]).toEqual([
    { text: 'Before' },
    { text: 'Gone' },
  ]);
  expect((await headOf(ann, `user:${bob.user}`)).line).toMatchObject({ text: 'Too' });
  expect((await headOf(bob, `user:${ann.user}`)).line).toMatchObject({ text: 'Gone' });
});

test('alters nothing for somebody whom one limits oneself, but lets one take away', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const { seq = 0, log: direct = '' } = await ann.says(`user:${bob.user}`, 'Hello');
  await ann.ask('relation.set', { user: bob.user, kind: 'blocked' });

  const [edited, deleted] = [await edit(ann, seq, 'Hm', direct), await remove(ann, seq, direct)];

  expect([codeOf(edited), codeOf(deleted)]).toEqual(['limited', 'message.deleted']);
  expect(textsOf(bob.told)).toEqual(['Hello']);
});
