import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';

const file = `f_${'a'.repeat(20)}`;
const offer = { file, conversation: 'room:lobby', name: 'notes.txt', type: 'text/plain', size: 5 } as const;

/** What is signed in an address. */
function signatureOf(address: string): string {
  return address.replace(/^.*=/, '');
}

async function put(stage: Stage, answer: AnyFact, text: string): Promise<unknown> {
  if (answer.type !== 'file.granted') return codeOf(answer);
  const chunks = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  return stage.door.take(answer.body.file, signatureOf(answer.body.upload), { at: answer.body.at, chunks });
}

/** Offers, fills and sends a file to a conversation; resolves with the message. */
async function sent(stage: Stage, device: Device, conversation: string, id: string = file): Promise<AnyFact> {
  await put(stage, await device.ask('file.offer', { ...offer, conversation, file: id }), 'Hello');
  return device.ask('message.send', { conversation, text: '', files: [id] });
}

async function linked(device: Device, ...files: string[]): Promise<readonly string[]> {
  const answer = await device.ask('file.show', { files });
  return answer.type === 'file.linked' ? answer.body.links.map((link) => link.file) : [];
}

test('grants the same place to who offers the same file again, and no other to who offers another', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const action = ann.action('file.offer', offer);

  const [first] = await ann.answers(action);
  const [again] = await ann.answers(action);
  const others = [{ size: 6 }, { name: 'other.txt' }, { type: 'image/png' }, { conversation: 'room:other' }];
  const answers = await ann.answers(...others.map((change) => ann.action('file.offer', { ...offer, ...change })));

  expect(first?.body).toMatchObject({ file, at: 0, until: 3_600_000 });
  expect(again?.body).toEqual(first?.body);
  expect(answers.map(codeOf)).toEqual(Array(4).fill('id_reused'));
});

test('says at a new offer how much is there, also after a restart and once all of it is', async () => {
  const store = memoryStore();
  const stage = await Stage.open({ store });
  const ann = await stage.person('ann');
  await put(stage, await ann.ask('file.offer', offer), 'He');
  const later = await Stage.open({ store, blobs: stage.blobs });
  const annAgain = await later.person('ann');

  const half = await annAgain.ask('file.offer', offer);
  const rest = await put(later, half, 'llo');
  const all = await annAgain.ask('file.offer', offer);

  expect([half.body, rest, all.body]).toMatchObject([{ at: 2 }, { at: 5, isWhole: true }, { at: 5 }]);
});

test('lets Eve offer into, fill, send, see and infer nothing of Ann’s', async () => {
  const stage = await Stage.open();
  const [ann, bob, eve] = [await stage.person('ann'), await stage.person('bob'), await stage.person('eve')];
  const waiting = `f_${'b'.repeat(20)}`;
  const direct = (await sent(stage, ann, `user:${bob.user}`)).log ?? '';
  await ann.ask('file.offer', { ...offer, conversation: direct, file: waiting });
  const absent = 'c_direct_00000000000000000000_11111111111111111111';
  const mine = `f_${'e'.repeat(20)}`;

  const offers = [direct, absent].map((conversation) =>
    eve.action('file.offer', { ...offer, conversation, file: mine }),
  );
  const taken = [file, waiting].map((id) => eve.action('file.offer', { ...offer, file: id }));
  const sends = [file, waiting, mine].map((id) =>
    eve.action('message.send', { conversation: 'room:lobby', text: '', files: [id] }),
  );
  const answers = await eve.answers(...offers, ...taken, ...sends);
  const own = await eve.ask('file.offer', { ...offer, file: mine });
  const forged = await put(stage, { ...own, body: { ...own.body, file: waiting } } as AnyFact, 'Hello');

  expect(answers.map(codeOf)).toEqual(Array(7).fill('not_found'));
  const [atTheirs, atNone] = answers.map((answer) => toJson(answer.body));
  expect(atTheirs).toBe(atNone);
  expect(forged).toEqual({ refused: 'forged' });
  expect(await linked(eve, file, waiting, mine, `f_${'0'.repeat(20)}`)).toEqual([]);
  expect(await linked(bob, file, waiting)).toEqual([file]);
  expect((await stage.store.file(waiting))?.by).toBe(ann.user);
});

test('lets one message have a file, and answers its repeat as the first time', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  await put(stage, await ann.ask('file.offer', offer), 'Hello');
  const message = (text: string) => ann.action('message.send', { conversation: 'room:lobby', text, files: [file] });
  const first = message('one');

  const answers = await ann.answers(first, message('two'));
  const [repeat] = await ann.answers(first);

  expect(answers.map(codeOf)).toEqual(['message.sent', 'not_found']);
  expect(repeat?.seq).toBe(answers[0]?.seq);
  expect((await stage.store.file(file))?.seq).toBe(answers[0]?.seq);
});

test('shows a file to who may see its message now, and to nobody who left before it', async () => {
  const stage = await Stage.open();
  const [ann, bob, kim] = [await stage.person('ann'), await stage.person('bob'), await stage.person('kim')];
  for (const other of [bob, kim]) {
    await ann.ask('relation.ask', { user: other.user, kind: 'contact' });
    await other.ask('relation.accept', { user: ann.user });
  }
  const made = await ann.ask('conversation.create', { name: 'Plans', people: [bob.user, kim.user] });
  const group = made.log ?? '';
  for (const other of [bob, kim]) await other.ask('conversation.join', { conversation: group });
  await kim.ask('conversation.leave', { conversation: group });
  await sent(stage, ann, group);

  const seen = [await linked(ann, file), await linked(bob, file), await linked(kim, file)];
  await ann.ask('member.remove', { conversation: group, user: bob.user });

  expect(seen).toEqual([[file], [file], []]);
  expect(await linked(bob, file)).toEqual([]);
});

test('takes the bytes away with their message, and gives no address any more', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const message = await sent(stage, ann, 'room:lobby');
  const shown = await bob.ask('file.show', { files: [file] });
  const url = shown.type === 'file.linked' ? (shown.body.links[0]?.url ?? '') : '';

  await ann.ask('message.delete', { conversation: 'c_room_lobby', seq: message.seq ?? 0 });
  const links = await linked(bob, file);
  await ann.quiet();

  expect(links).toEqual([]);
  expect(await stage.door.give(file, signatureOf(url))).toBeUndefined();
  expect([await stage.store.file(file), await stage.blobs.stat(file)]).toEqual([undefined, undefined]);
});

test('keeps the bytes where who is shut out takes his message away for himself alone', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const message = await sent(stage, ann, `user:${bob.user}`);
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });

  await ann.ask('message.delete', { conversation: message.log ?? '', seq: message.seq ?? 0 });
  await ann.quiet();
  await bob.ask('relation.end', { user: ann.user, slot: 'limit' });

  expect(await stage.blobs.stat(file)).toEqual({ bytes: 5, isWhole: true });
  expect(await linked(bob, file)).toEqual([file]);
});

test('bounds what one user may have waiting and kept, what all may, and how often he offers', async () => {
  const bounds = { fileBytes: 6, waitingBytes: 8, keptBytes: 12, diskBytes: 14, offersPerMinute: 5 };
  const stage = await Stage.open({ fileBounds: bounds });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const offers = async (device: Device, start: string, size: number) =>
    codeOf(await device.ask('file.offer', { ...offer, file: `f_${start.padEnd(20, '0')}`, size }));

  const first = [await offers(ann, '1', 7), await offers(ann, '2', 4), await offers(ann, '3', 5)];
  for (const id of ['a', 'b']) await sent(stage, bob, 'room:lobby', `f_${id.padEnd(20, '0')}`);
  const second = [await offers(bob, '4', 3), await offers(ann, '5', 4), await offers(bob, '6', 1)];
  for (const id of ['7', '8']) await offers(bob, id, 1);

  expect(first).toEqual(['quota', 'file.granted', 'quota']);
  expect(second).toEqual(['quota', 'file.granted', 'file.granted']);
  expect(await offers(bob, '9', 1)).toBe('quota');
  stage.clock.advance(60_000);
  const paced = [];
  for (const id of ['c', 'd', 'e', 'f', 'g', 'h']) paced.push(await offers(await stage.person('kim'), id, 1));
  expect(paced).toEqual([...Array(5).fill('file.granted'), 'rate']);
  expect(await offers(await stage.person('eve'), 'i', 5)).toBe('storage');
});

test('signs with a new key after 30 days, and opens what the one before has signed for 30 more', async () => {
  const days = (count: number) => count * 86_400_000;
  const stage = await Stage.open({ accounts: { hosts: ['example.com'], colleagues: [] } });
  const ann = await stage.person('ann');
  await sent(stage, ann, 'room:lobby');
  const elsewhere = async () => {
    const answer = await stage.friend.inject(ann.user, ann.action('account.files', { files: [file] }));
    const { links } = answer.body as unknown as { links: readonly { url: string }[] };
    return links[0]?.url ?? '';
  };
  stage.clock.advance(days(29));
  const url = await elsewhere();
  stage.clock.advance(days(2));
  const newer = await elsewhere();

  const opened = [await stage.door.give(file, signatureOf(url)), await stage.door.give(file, signatureOf(newer))];
  stage.clock.advance(days(28.5));

  expect(url).toMatch(/^https:\/\/friend\.example\.com\/chat\/files\/f_a{20}\/notes\.txt\?get=/);
  expect(opened).toMatchObject([{ file: { id: file } }, { file: { id: file } }]);
  expect(await stage.door.give(file, signatureOf(url))).toBe('forged');
});

test('says in the list what a message without words is: its first file, or that it was taken away', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const line = async (): Promise<unknown> => {
    const answer = await ann.ask('conversation.list', {});
    return answer.type === 'conversation.listed' ? answer.body.conversations[0]?.line : answer;
  };
  const message = await sent(stage, ann, `user:${bob.user}`);
  const there = await line();

  await ann.ask('message.delete', { conversation: message.log ?? '', seq: message.seq ?? 0 });

  expect(there).toMatchObject({ text: '', extras: { files: [{ name: 'notes.txt', type: 'text/plain' }] } });
  expect(await line()).toEqual({ by: ann.user, text: '', deleted: true });
});
