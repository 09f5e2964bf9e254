import { type Person, testChat } from 'befriend/testing';
import { expect, test } from 'vitest';
import config from './befriend.config.ts';

async function likes(who: Person, whom: Person) {
  return who.emits('like.give', { user: await whom.id() });
}

test('tells both when both like each other, and then they may write', async () => {
  await using chat = await testChat(config);
  const { ann, bob } = chat.people('ann', 'bob');

  await likes(ann, bob);
  await ann.opens(bob);
  await expect(ann.says('Hello?')).rejects.toThrow('not_found');
  await likes(bob, ann);
  const [toAnn, toBob] = [await ann.hearsFact('match.made'), await bob.hearsFact('match.made')];

  expect([toAnn.body, toBob.body]).toEqual([
    { user: await bob.id(), name: 'bob' },
    { user: await ann.id(), name: 'ann' },
  ]);
  await ann.says('Hello!');
  await bob.opens(ann);
  await bob.sees('Hello!');
});

test('lets nobody find out who likes him: whatever he tries, he finds the same of who does and who does not', async () => {
  await using chat = await testChat(config);
  const { ann, bob, cleo } = chat.people('ann', 'bob', 'cleo');
  const [user, liked, other] = [await ann.id(), await bob.id(), await cleo.id()];
  await ann.emits('like.give', { user: liked });

  const tried = async (who: Person, id: string) => {
    const answers = [
      await who.emits('user.show', { user }),
      await who.emits('relation.list', {}),
      await who.emits('conversation.open', { conversation: `user:${user}` }),
      await who.emits('message.send', { conversation: `user:${user}`, text: 'Do you like me?' }),
      await who.emits('presence.watch', { users: [user] }),
      await who.emits('relation.ask', { user, kind: 'match' }),
      await who.emits('relation.end', { user, slot: 'heart' }),
      await who.emits('like.take', { user }),
      await who.emits('log.resume', { logs: { [id]: 0 } }),
    ];
    // All that is his own looks alike: his id, and when he asked.
    const all = [...answers.map(({ type, body }) => ({ type, body })), ...who.heard.facts.map(({ type }) => type)];
    return JSON.parse(
      JSON.stringify(all)
        .replaceAll(id, 'me')
        .replaceAll(id.slice(2), 'me')
        .replaceAll(who.name, 'name')
        .replace(/"(at|now)":\d+/g, '"at":0'),
    ) as unknown;
  };

  expect(await tried(bob, liked)).toEqual(await tried(cleo, other));
});

test('misses nobody where two like each other in the same moment', async () => {
  await using chat = await testChat(config);
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.arrives();
  await bob.arrives();

  await Promise.all([likes(ann, bob), likes(bob, ann)]);

  await ann.hearsFact('match.made');
  await bob.hearsFact('match.made');
});

test('ends for both when one likes no more, and says no word of it where it was not mutual', async () => {
  await using chat = await testChat(config);
  const { ann, bob, cleo } = chat.people('ann', 'bob', 'cleo');
  await cleo.arrives();
  await likes(ann, bob);
  await likes(bob, ann);
  await likes(ann, cleo);

  for (const one of [bob, cleo]) await ann.emits('like.take', { user: await one.id() });

  await bob.hearsFact('match.ended');
  await bob.opens(ann);
  await expect(bob.says('Why?')).rejects.toThrow('not_found');
  expect(cleo.heard.facts.filter(({ type }) => /^(like|match|relation)[.]/.test(type))).toEqual([]);
});

test('never matches who was blocked, and tells him nothing else than before', async () => {
  await using chat = await testChat(config);
  const { ann, bob } = chat.people('ann', 'bob');
  await likes(ann, bob);
  await ann.blocks(bob);

  const answer = await likes(bob, ann);

  expect(answer.type).toBe('like.given');
  expect(ann.heard.facts.map(({ type }) => type)).not.toContain('match.made');
});

test('cannot be made past the likes, nor by liking everybody', async () => {
  await using chat = await testChat(config);
  const ann = chat.person('ann');
  const others = await Promise.all(Array.from({ length: 21 }, (_, at) => chat.person(`p${at}`).id()));

  const set = await ann.emits('relation.set', { user: others[0], kind: 'match' });
  const answers = [];
  for (const user of others) answers.push(await ann.emits('like.give', { user }));
  await chat.later('25h');
  const tomorrow = await ann.emits('like.give', { user: others[20] });

  expect(set.body).toMatchObject({ code: 'kind_unknown' });
  expect(answers.slice(-2).map(({ type }) => type)).toEqual(['like.given', 'error']);
  expect(tomorrow.type).toBe('like.given');
});
