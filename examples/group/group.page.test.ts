import { testChat } from 'befriend/testing';
import { expect, test } from 'vitest';
import config, { mo } from './befriend.config.ts';

/** Ann's garden, with Mo; Bob and Cleo have come in. */
async function garden() {
  const chat = await testChat(config);
  const people = chat.people('ann', 'bob', 'cleo', 'dora');
  const { ann, bob, cleo } = people;
  const made = await ann.emits('conversation.create', { name: 'Garden', public: true, people: [mo.user] });
  const group = made.log ?? '';
  for (const one of Object.values(people)) await one.opens(group);
  await bob.says('Good morning');
  await cleo.says('Hello all');
  for (const one of Object.values(people)) await one.sees('Hello all');
  return { chat, group, ...people };
}

test('welcomes with the rules, to the one who came alone, and explains them when asked', async () => {
  const { chat, ann, bob, dora } = await garden();
  await using _ = chat;

  await dora.says('Hi');
  await dora.hears(/^Welcome. Be kind/);
  await ann.hears('Hi');
  await bob.hears('Hi');
  await ann.hearsNothing();
  await bob.says('@Mo, what are the rules?');

  await bob.hears({ by: mo.user });
  await ann.hears(/^Be kind/);
});

test('holds doubtful words until a moderator lets them in', async () => {
  const { chat, ann, bob, cleo } = await garden();
  await using _ = chat;

  bob.writes('My shop has seeds: https://seeds.example');
  await bob.hears('Your words wait for a moderator.');
  await ann.hears('bob wants to say: “My shop has seeds: https://seeds.example”');
  await cleo.hearsNothing();
  await ann.chooses('Let it in');

  const { by } = await cleo.hears('My shop has seeds: https://seeds.example');
  expect(by).toBe(await bob.id());
});

test('sends words back to their author, and shows them to nobody', async () => {
  const { chat, ann, bob, cleo } = await garden();
  await using _ = chat;

  bob.writes('You idiots');
  await ann.hears(/wants to say/);
  await ann.chooses('Send it back');

  await bob.hears(/^A moderator sends it back/);
  await cleo.hearsNothing();
  await cleo.reloads();
  expect(JSON.stringify([cleo.heard.facts, cleo.screen])).not.toContain('idiots');
});

test('takes no verdict of who is no moderator, and no doubtful word by an edit', async () => {
  const { chat, group, bob, cleo } = await garden();
  await using _ = chat;
  bob.writes('Come to my casino');
  await bob.hears('Your words wait for a moderator.');
  const stored = await chat.stored(group);
  const offer = stored.find(({ body }) => body.includes('Let it in'));
  const held = stored.find(({ type }) => type === 'post.held');

  const verdict = { conversation: group, seq: offer?.seq ?? 0, choice: `let-${held?.seq}` };
  const answers = [await cleo.emits('message.answer', verdict), await bob.emits('message.answer', verdict)];

  expect(answers.map(({ body }) => body)).toMatchObject([{ code: 'not_found' }, { code: 'not_found' }]);
  await expect(bob.edits('Good casino', 'Good morning')).rejects.toThrow('not_found');
  await cleo.hearsNothing();
});

test('lets all words of somebody wait whom three have reported, each of them once', async () => {
  const { chat, group, ann, bob, cleo, dora } = await garden();
  await using _ = chat;
  const report = { user: await bob.id(), conversation: group, reason: 'He is rude' };
  await dora.says('Hi');

  for (const one of [cleo, cleo, dora]) await one.emits('user.report', report);
  await bob.says('Still here');
  await cleo.hears('Still here');
  await ann.emits('user.report', report);
  bob.writes('Nobody asked you');

  await ann.hears('bob wants to say: “Nobody asked you”');
  await cleo.hearsNothing();
});

test('keeps the one to a word in half a minute who writes fast, and loses none', async () => {
  const { chat, group, ann, bob } = await garden();
  await using _ = chat;
  await ann.emits('conversation.set', { conversation: group, slow: 30_000 });

  await bob.says('One');
  bob.writes('Two');
  await ann.hears('One');
  await ann.hearsNothing();
  await chat.later('30s');

  await ann.hears('Two');
});

test('keeps out whom a moderator has banned, with what of him still waits', async () => {
  const { chat, group, ann, bob, cleo } = await garden();
  await using _ = chat;
  bob.writes('Buy crypto');
  await ann.hears(/wants to say/);

  await ann.emits('member.remove', { conversation: group, user: await bob.id(), ban: true });
  await ann.chooses('Let it in');

  await cleo.hearsNothing();
  expect((await bob.emits('conversation.join', { conversation: group })).body).toMatchObject({ code: 'not_found' });
});
