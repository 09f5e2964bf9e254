import { type Person, testChat } from 'befriend/testing';
import { expect, test } from 'vitest';
import config from './befriend.config.ts';

/** Ann, an acquaintance of hers, a friend, one of her inner circle, and somebody whom she does not know. */
async function met() {
  const chat = await testChat(config, { conversation: 'room:club' });
  const people = chat.people('ann', 'bob', 'cleo', 'dora', 'eve');
  const { ann, bob, cleo, dora } = people;
  await ann.says('Welcome to the club');
  await ann.asksFor(bob, 'acquaintance');
  await bob.accepts(ann);
  for (const near of [cleo, dora]) {
    await ann.asksFor(near, 'friend');
    await near.accepts(ann);
  }
  await ann.sets(dora, 'inner');
  for (const one of Object.values(people)) await one.says('Hello');
  for (const one of Object.values(people)) await one.sees('Hello');
  return { chat, ...people };
}

/** What somebody sees of others' presence. */
async function presences(viewer: Person, ...others: Person[]) {
  const users = await Promise.all(others.map((one) => one.id()));
  const { body } = await viewer.emits('presence.watch', { users });
  const { people } = body as { people: { user: string; show: string; seen?: number }[] };
  return users.map((user) => people.find((one) => one.user === user));
}

test('tells news to acquaintances, stories to friends, and secrets to the inner circle', async () => {
  const { chat, ann, bob, cleo, dora, eve } = await met();
  await using _ = chat;

  await ann.emits('post.share', { text: 'I have moved', as: 'news' });
  await ann.emits('post.share', { text: 'The house has a ghost', as: 'stories' });
  await ann.emits('post.share', { text: 'Dinner with the ghost at eight', as: 'secrets' });

  for (const one of [bob, cleo, dora]) await one.hears('I have moved');
  for (const one of [cleo, dora]) await one.hears('The house has a ghost');
  await dora.hears('Dinner with the ghost at eight');
  for (const one of [bob, cleo, eve]) await one.hearsNothing();
});

test('keeps a post from whom it was not told to for good: in history, in search, and from his reactions', async () => {
  const { chat, ann, bob, cleo, dora } = await met();
  await using _ = chat;
  const post = await ann.emits('post.share', { text: 'Dinner at eight', as: 'secrets' });
  const place = { conversation: 'c_room_club', seq: post.seq };

  await cleo.reloads();
  await cleo.opens('room:club');
  const found = await cleo.emits('message.find', { text: 'dinner' });
  const reaction = await bob.emits('message.react', { ...place, emoji: '👍', on: true });
  await dora.reacts('👍', 'Dinner at eight');

  expect(cleo.screen).not.toContain('Dinner at eight');
  expect(JSON.stringify([found.body, reaction.body])).not.toContain('Dinner');
  expect(reaction.body).toMatchObject({ code: 'not_found' });
});

test('shows friends that somebody is there, and acquaintances not', async () => {
  const { chat, ann, bob, cleo, dora } = await met();
  await using _ = chat;

  const seen = [await presences(bob, ann), await presences(cleo, ann), await presences(dora, ann)].flat();

  expect(seen.map((one) => one?.show)).toEqual(['offline', 'available', 'available']);
});

test('lets nobody know that he is in the inner circle', async () => {
  const { chat, ann, cleo, dora } = await met();
  await using _ = chat;
  const user = await ann.id();

  const [friend, inner] = [await cleo.emits('user.show', { user }), await dora.emits('user.show', { user })];
  const kinds = [friend, inner].map(({ body }) =>
    (body as { relations: { kind: string; own: boolean }[] }).relations.map(({ kind }) => kind).sort(),
  );

  expect(kinds[0]).toEqual(kinds[1]);
  expect(JSON.stringify(inner)).not.toContain('"inner"');
});

test('tells nothing any more to whom a friendship was ended with, or who was blocked', async () => {
  const { chat, ann, cleo, dora } = await met();
  await using _ = chat;
  await ann.emits('relation.end', { user: await cleo.id(), slot: 'circle' });
  await ann.blocks(dora);

  await ann.emits('post.share', { text: 'I am alone', as: 'news' });

  await cleo.hearsNothing();
  await dora.hearsNothing();
});

test('lets nobody into a circle who did not agree', async () => {
  const { chat, ann, eve } = await met();
  await using _ = chat;

  const answer = await eve.emits('relation.set', { user: await ann.id(), kind: 'friend' });
  await ann.emits('post.share', { text: 'For friends', as: 'stories' });

  expect(answer.body).toMatchObject({ code: 'needs_asking' });
  await eve.hearsNothing();
});
