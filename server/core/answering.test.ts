import { expect, test } from 'vitest';
import { codeOf, Stage } from '../bin/contract-stage.ts';
import { answer, append, put } from './effect.ts';
import type { Friend } from './friend.ts';
import { here } from './here.ts';

/** Rules that append to the log of somebody else, beside their answer or as all that they do. */
function telling(friend: Friend): void {
  friend.on('nudge', ({ action }) => [append(action.body as string, 'nudged', {})]);
  friend.on('nudge.and.say', ({ action, user }) => [
    append(user.id, 'nudging', {}),
    append(action.body as string, 'nudged', {}),
  ]);
  friend.on('secret.make', ({ user }) => [
    append(user.id, 'secret.made', {}, { answers: false }),
    answer('secret.shown', { secret: 'once' }),
  ]);
  friend.on('place.take', ({ user }) => {
    const row = { conversation: 'c_x', user: user.id, role: 'member', fromSeq: here, readSeq: 0, deliveredSeq: 0 };
    return [put({ table: 'member', row })];
  });
}

test('never answers with a fact of another user’s own log', async () => {
  const stage = await Stage.open({ prepare: telling });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];

  const alone = await stage.friend.inject(ann.user, ann.action('nudge', bob.user));
  const beside = await stage.friend.inject(ann.user, ann.action('nudge.and.say', bob.user));
  await bob.quiet();

  expect([alone.type, beside.type]).toEqual(['ack', 'nudging']);
  expect(ann.facts(bob.user)).toEqual([]);
  expect(bob.facts(bob.user).map(({ type, re }) => [type, re])).toEqual([
    ['nudged', undefined],
    ['nudged', undefined],
  ]);
});

test('answers with what is not stored where a rule says so, and a repeat with an ack', async () => {
  const stage = await Stage.open({ prepare: telling });
  const ann = await stage.person('ann');
  const action = ann.action('secret.make', {});

  const first = await stage.friend.inject(ann.user, action);
  const again = await stage.friend.inject(ann.user, action);

  expect([first, again]).toMatchObject([{ type: 'secret.shown', body: { secret: 'once' } }, { type: 'ack' }]);
  expect((await stage.store.log(ann.user))?.lastSeq).toBe(1);
});

test('refuses a membership that begins here where nothing is appended', async () => {
  const stage = await Stage.open({ prepare: telling });
  const ann = await stage.person('ann');

  const refused = await stage.friend.inject(ann.user, ann.action('place.take', {}));

  expect(codeOf(refused)).toBe('failed');
  expect(await stage.store.member('c_x', ann.user)).toBeUndefined();
});
