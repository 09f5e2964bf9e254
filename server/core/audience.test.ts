import { expect, test } from 'vitest';
import { Stage, textsOf } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import { append } from './effect.ts';
import type { Friend } from './friend.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

/** A message that only its sender and `to` may see. */
function whispering(friend: Friend): void {
  friend.on('whisper.send', ({ action, user }) => {
    const { to, text } = action.body as { to: string; text: string };
    return [append(log, 'message.sent', { text }, { item: true, audience: [user.id, to] })];
  });
}

async function three(stage: Stage) {
  const [ann, bob, eve] = [await stage.person('ann'), await stage.person('bob'), await stage.person('eve')];
  for (const person of [ann, bob, eve]) await person.says(room, 'Hello');
  return { ann, bob, eve };
}

test('tells a fact to its audience only, and lets the prev of others skip it', async () => {
  const stage = await Stage.open({ prepare: whispering });
  const { ann, bob, eve } = await three(stage);

  const whisper = await stage.friend.inject(ann.user, ann.action('whisper.send', { to: bob.user, text: 'psst' }));
  await ann.says(room, 'aloud');
  const aloud = [bob, eve].map((person) => person.heard((fact) => textsOf([fact])[0] === 'aloud'));
  const [toBob, toEve] = await Promise.all(aloud);

  const seq = whisper.seq ?? 0;
  expect(textsOf(bob.facts(log))).toContain('psst');
  expect(textsOf(eve.facts(log))).not.toContain('psst');
  expect([toBob?.prev, toEve?.prev]).toEqual([seq, seq - 1]);
});

test('leaves a fact out of the pages, heads and unread counts of whoever is not in its audience', async () => {
  const stage = await Stage.open({ prepare: whispering });
  const { ann, bob, eve } = await three(stage);
  await stage.friend.inject(ann.user, ann.action('whisper.send', { to: bob.user, text: 'psst' }));

  const [one, other] = await Promise.all(
    [bob, eve].map((person) => person.ask('conversation.open', { conversation: room })),
  );

  const head = (fact: typeof one) => (fact?.type === 'conversation.opened' ? fact.body.conversation : undefined);
  expect([head(one)?.line?.text, head(other)?.line?.text]).toEqual(['psst', 'Hello']);
  expect((head(one)?.unread ?? 0) - (head(other)?.unread ?? 0)).toBe(1);
  expect(textsOf(eve.told)).not.toContain('psst');
});

test('catches up with what was committed while a page was read, each fact with the one before it', async () => {
  const store = memoryStore();
  let isReading = false;
  const page: typeof store.page = async (query) => {
    const found = await store.page(query);
    if (!isReading || query.reader === undefined) return found;
    isReading = false;
    for (const text of ['one', 'two']) await stage.friend.inject(ann.user, ann.message(room, text));
    return found;
  };
  const stage = await Stage.open({ store: { ...store, page } });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says(room, 'Hello');
  isReading = true;

  const opened = await bob.ask('conversation.open', { conversation: room });
  await bob.heard((fact) => textsOf([fact])[0] === 'two');

  const last = opened.type === 'conversation.opened' ? opened.body.conversation.last : 0;
  const caught = bob.facts(log).filter(({ seq = 0 }) => seq > last);
  expect(last).toBe(3);
  expect(caught.map(({ seq, prev }) => [seq, prev])).toEqual([
    [4, 3],
    [5, 4],
  ]);
});

test('goes on telling others when the store cannot say what one reader has seen', async () => {
  const store = memoryStore();
  const prevVisible: typeof store.prevVisible = async () => {
    throw new Error('cannot be read');
  };
  const stage = await Stage.open({ store: { ...store, prevVisible }, prepare: whispering });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  stage.friend.inject(ann.user, ann.action('whisper.send', { to: bob.user, text: 'psst' })).catch(() => undefined);

  const other = await bob.says('room:other', 'Hello');

  expect(other.type).toBe('message.sent');
  expect(stage.log.lines.join()).toContain('A fact could not be told');
});
