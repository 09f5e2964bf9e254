import { expect, test } from 'vitest';
import { asked, headOf, teaParty } from '../bin/contract-group.ts';
import { codeOf } from '../bin/contract-stage.ts';

test('lets the bearer of a link in, keeps its hash only, and ends it when another is made', async () => {
  const { stage, ann, bob, dan, tea } = await teaParty();

  const first = await asked(ann, 'conversation.set', { conversation: tea, link: true }, 'link.made');
  const second = await asked(ann, 'conversation.set', { conversation: tea, link: true }, 'link.made');
  const old = await dan.ask('conversation.join', { conversation: tea, token: first.token });
  const fresh = await dan.ask('conversation.join', { conversation: tea, token: second.token });
  await ann.ask('conversation.set', { conversation: tea, link: false });
  const over = await bob.ask('conversation.join', { conversation: tea, token: second.token });

  expect(second.token).toMatch(/^[\w-]{43}$/);
  expect([codeOf(old), fresh.type, codeOf(over)]).toEqual(['invite_invalid', 'member.joined', 'invite_invalid']);
  expect(JSON.stringify(await stage.store.page({ log: tea, limit: 99 }))).not.toContain(second.token);
  expect((await stage.store.conversation(tea))?.settings).toBeUndefined();
});

test('holds plain members to slow mode, one message at a time even where two arrive together', async () => {
  const { stage, ann, bob, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  await ann.ask('conversation.set', { conversation: tea, slow: 10_000 });

  const together = await bob.answers(bob.message(tea, 'one'), bob.message(tea, 'two'));
  stage.clock.advance(4_000);
  const early = await bob.says(tea, 'three');
  const owner = await ann.answers(ann.message(tea, 'mine'), ann.message(tea, 'mine too'));
  stage.clock.advance(6_000);
  const later = await bob.says(tea, 'four');

  expect(together.map(codeOf)).toEqual(['message.sent', 'slow']);
  expect(early).toMatchObject({ body: { code: 'slow', retryAfter: 6_000 } });
  expect(owner.map(codeOf)).toEqual(['message.sent', 'message.sent']);
  expect(later.type).toBe('message.sent');
});

test('answers the repeat of a message in slow mode with the message', async () => {
  const { ann, bob, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  await ann.ask('conversation.set', { conversation: tea, slow: 10_000 });
  const message = bob.message(tea, 'one');

  const answers = [await bob.answers(message), await bob.answers(message)].flat();

  expect(answers.map(({ type, seq }) => [type, seq])).toEqual([
    ['message.sent', answers[0]?.seq],
    ['message.sent', answers[0]?.seq],
  ]);
});

test('keeps what a member sets for himself in his own log and head', async () => {
  const { stage, ann, bob, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });

  await bob.ask('conversation.prefer', { conversation: tea, pinned: true, mutedUntil: 5_000 });
  const archived = await bob.ask('conversation.prefer', { conversation: tea, archived: true });
  await ann.ask('member.set', { conversation: tea, user: bob.user, role: 'admin' });
  const head = await headOf(bob, tea);
  stage.clock.advance(5_000);
  const unpinned = await bob.ask('conversation.prefer', { conversation: tea, pinned: false });

  const prefs = { mutedUntil: 5_000, archived: true, pinned: true };
  expect(archived).toMatchObject({ type: 'conversation.preferred', log: bob.user });
  expect(archived.body).toEqual({ conversation: tea, ...prefs });
  expect(head).toMatchObject({ role: 'admin', ...prefs });
  expect(unpinned.body).toEqual({ conversation: tea, archived: true });
  expect(ann.facts(bob.user)).toEqual([]);
});

test('renames a group for all, and stores nothing where nothing changes', async () => {
  const { stage, ann, bob, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  const before = stage.store.stats().facts;

  const renamed = await ann.ask('conversation.set', { conversation: tea, name: 'Cake', slow: 500 });
  const same = await ann.ask('conversation.set', { conversation: tea, name: 'Cake', slow: 500, link: false });
  const heard = await bob.heard(({ type }) => type === 'conversation.changed');

  expect(renamed.body).toEqual({ name: 'Cake', slow: 500 });
  expect([same.type, stage.store.stats().facts - before]).toEqual(['ack', 1]);
  expect(heard.body).toEqual(renamed.body);
  expect(await headOf(bob, tea)).toMatchObject({ name: 'Cake', slow: 500 });
});
