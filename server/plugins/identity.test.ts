import { expect, test } from 'vitest';
import { codeOf, Stage } from '../bin/contract-stage.ts';

test('makes a colleague of who redeems an invite first, and of nobody else', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const token = await stage.invite('one');

  const accepted = await ann.ask('invite.accept', { token, name: 'Ann of the shop' });
  const again = await ann.ask('invite.accept', { token });
  const other = await bob.ask('invite.accept', { token });

  const person = { id: ann.user, name: 'Ann of the shop', kind: 'colleague', verified: true };
  expect(accepted).toMatchObject({ type: 'profile.changed', log: ann.user, body: { person } });
  expect(again).toMatchObject({ type: 'profile.changed', body: { person } });
  expect(codeOf(other)).toBe('invite_invalid');
});

test('lets one of two win who redeem an invite at once', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const token = await stage.invite('one');

  const answers = await Promise.all([ann.ask('invite.accept', { token }), bob.ask('invite.accept', { token })]);

  expect(answers.map(codeOf).sort()).toEqual(['invite_invalid', 'profile.changed']);
});

test('refuses an invite that nobody made', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');

  expect(codeOf(await ann.ask('invite.accept', { token: 'x'.repeat(43) }))).toBe('invite_invalid');
});

test('keeps the SHA-256 of a secret and never the secret', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');

  expect(await stage.store.login('device', ann.secret)).toBeUndefined();
  expect(JSON.stringify(stage.transport.frames)).not.toContain(ann.secret);
});

test('gives a visitor without a name one of his own', async () => {
  const stage = await Stage.open();

  const opened = await stage.device('ann').open();

  expect(opened).toMatchObject({ body: { user: { kind: 'visitor', name: expect.stringMatching(/^Guest .{4}$/) } } });
});

test('lets 100 new users in at once and 10 a second after them, and known ones always', async () => {
  const stage = await Stage.open();
  const known = await stage.person('known');
  const names = Array.from({ length: 100 }, (_, index) => `new${index}`);

  const first = await Promise.all(names.map((name) => stage.device(name).open()));
  stage.clock.advance(1_000);
  const later = await Promise.all(names.slice(0, 11).map((name) => stage.device(`later ${name}`).open()));
  const again = await stage.device('tab', known.secret).open();

  expect(first.map(codeOf).filter((code) => code === 'rate')).toHaveLength(1);
  expect(later.map(codeOf).filter((code) => code === 'rate')).toHaveLength(1);
  expect(later.find((fact) => codeOf(fact) === 'rate')).toMatchObject({ body: { retryAfter: expect.any(Number) } });
  expect(codeOf(again)).toBe('connection.opened');
});
