import { expect, test } from 'vitest';
import type { Actions } from '../../protocol/actions.ts';
import type { FileInfo } from '../../protocol/extras.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { teaParty } from '../bin/contract-group.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import type { Services } from '../core/services.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

type Parts = Omit<Actions['message.send'], 'conversation' | 'text'>;

function send(device: Device, parts: Parts, conversation: string = room): Promise<AnyFact> {
  return device.ask('message.send', { conversation, text: 'Hello', ...parts });
}

function extrasOf(fact: AnyFact): unknown {
  return fact.type === 'message.sent' ? fact.body.extras : codeOf(fact);
}

test('names the message that is answered by its place, and copies no word of it', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const { seq = 0 } = await ann.says(room, 'A secret');
  await bob.says(room, 'Hi');

  const answer = await send(bob, { reply: seq });
  await ann.ask('message.delete', { conversation: log, seq });
  const toDeleted = await send(bob, { reply: seq });

  expect([extrasOf(answer), extrasOf(toDeleted)]).toEqual([{ reply: seq }, { reply: seq }]);
  const bodies = (await stage.store.page({ log, limit: 99 })).map(({ body }) => body).join();
  expect(bodies).not.toContain('secret');
});

test('answers no message that its author does not see, and nothing that is none', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const seen = await ann.says(`user:${bob.user}`, 'Before');
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const unseen = await ann.says(`user:${bob.user}`, 'Nobody hears this');
  await bob.ask('relation.end', { user: ann.user, slot: 'limit' });
  const direct = seen.log ?? '';

  const codes = await Promise.all(
    [unseen.seq, 1, 0, 99].map(async (reply) => codeOf(await send(bob, { reply: reply ?? 0 }, direct))),
  );
  const own = await send(ann, { reply: unseen.seq ?? 0 }, direct);

  expect(codes).toEqual(Array.from({ length: 4 }, () => 'not_found'));
  expect(extrasOf(own)).toEqual({ reply: unseen.seq });
});

test('names each of those once who read what is said, and nobody else', async () => {
  const { stage, ann, bob, dan, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });

  const said = await send(ann, { mentions: [bob.user, bob.user] }, tea);
  const refused = [
    await send(ann, { mentions: [bob.user, dan.user] }, tea),
    await send(ann, { mentions: ['u_00000000000000000000'] }, tea),
  ];
  const inRoom = await send(ann, { mentions: [dan.user] });
  const first = await send(ann, { mentions: [dan.user] }, `user:${dan.user}`);
  const third = await send(ann, { mentions: [bob.user] }, `user:${dan.user}`);
  const helper = await stage.colleague('helper');
  await ann.says('support', 'Hello');
  const inSupport = await send(ann, { mentions: [helper.user] }, 'support');

  expect(extrasOf(said)).toEqual({ mentions: [bob.user] });
  expect(refused.map(codeOf)).toEqual(['not_found', 'not_found']);
  expect([extrasOf(inRoom), extrasOf(first)]).toEqual([{ mentions: [dan.user] }, { mentions: [dan.user] }]);
  expect([codeOf(third), extrasOf(inSupport)]).toEqual(['not_found', { mentions: [helper.user] }]);
});

const picture: FileInfo = { id: `f_${'1'.repeat(20)}`, name: 'a.png', type: 'image/png', size: 7 };

test('shows the files that are attached, and waits for those whose bytes are not all there', async () => {
  const found: Record<string, Awaited<ReturnType<Services['files']['attached']>>> = {
    [picture.id]: { infos: [picture], effects: [] },
    [`f_${'2'.repeat(20)}`]: 'early',
  };
  const files: Services['files'] = { attached: async (_read, _user, _in, [id = '']) => found[id] };
  const stage = await Stage.open({
    prepare: (friend) => friend.plug({ name: 'files of a test', install: (host) => host.provide('files', files) }),
  });
  const ann = await stage.person('ann');

  const answers = [
    await send(ann, { files: [picture.id] }),
    await send(ann, { files: [`f_${'2'.repeat(20)}`] }),
    await send(ann, { files: [`f_${'3'.repeat(20)}`] }),
  ];

  expect(answers.map(extrasOf)).toEqual([{ files: [picture] }, 'early', 'not_found']);
});
