import { expect, test } from 'vitest';
import { identify, opens, signingStage, tokenFor, userIn } from '../bin/contract-identity.ts';
import { codeOf, Stage, secretOf } from '../bin/contract-stage.ts';

const day = 24 * 60 * 60 * 1_000;

test('ends with the binding, and takes the device up again where a token says so', async () => {
  const stage = await signingStage();
  const ann = stage.device('ann');
  const soon = stage.clock.now() + 60_000;
  const first = await identify(ann, 'ann', 'ann', { bindUntil: soon });
  await ann.open();
  const message = ann.message('support', 'Unanswered');
  await ann.answers(message);

  stage.clock.advance(60_000);
  const late = await ann.says('support', 'Too late');
  const opened = await ann.open();
  const again = await identify(ann, 'ann', 'ann');
  await ann.open();
  const [repeat] = await ann.answers(message);

  expect(first).toMatchObject({ body: { until: soon } });
  expect([late, opened].map(codeOf)).toEqual(['not_open', 'not_found']);
  expect(again).toMatchObject({ type: 'user.identified', body: { until: stage.clock.now() + 30 * day } });
  expect(repeat).toMatchObject({ type: 'message.sent', re: message.id });
});

test('binds for 30 days at most, and longer where the same user comes again', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  const first = await identify(ann, 'ann', 'new', { bindUntil: stage.clock.now() + 90 * day });
  await opens(ann, 'new');

  stage.clock.advance(20 * day);
  const second = await identify(ann, 'ann', 'never used');
  stage.clock.advance(20 * day);
  const opened = await opens(ann, 'new');

  expect(first).toMatchObject({ body: { until: stage.clock.now() - 10 * day } });
  expect(second).toMatchObject({ type: 'user.identified', body: { until: stage.clock.now() + 10 * day } });
  expect(codeOf(opened)).toBe('connection.opened');
  expect(await stage.store.login('device', secretOf('never used'))).toBeUndefined();
});

test('takes over what the newest token says, and keeps what it does not mention', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  await identify(ann, 'ann', 'new', { name: 'Ann', attributes: { plan: 'pro' } });
  await opens(ann, 'new');

  await identify(ann, 'ann', 'new', { name: 'Ann Smith' });
  const same = await identify(ann, 'ann', 'new');

  expect(same).toMatchObject({ body: { user: { name: 'Ann Smith', verified: true } } });
  expect(await stage.store.user(userIn(same))).toMatchObject({ name: 'Ann Smith', attributes: { plan: 'pro' } });
  expect(JSON.stringify(ann.told)).not.toContain('plan');
});

test('refuses a wrong token, and says in its log why and never what', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');

  const refused = await ann.ask('user.identify', { token: 'wrong.token.here', secret: secretOf('new') });

  expect(codeOf(refused)).toBe('token_invalid');
  expect(stage.log.lines.at(-1)).toBe('{"level":"warn","message":"A token was refused","why":"signature"}');
  expect(JSON.stringify(stage.log.lines)).not.toContain('wrong.token.here');
  expect(codeOf(await ann.says('support', 'Still a visitor'))).toBe('message.sent');
});

test('refuses every token where there is no key, and says which variable to set', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');

  const refused = await ann.ask('user.identify', { token: tokenFor('ann'), secret: secretOf('new') });

  expect(codeOf(refused)).toBe('token_invalid');
  expect(JSON.stringify(stage.log.lines)).toContain('BEFRIEND_JWT_SECRET');
});

test('takes no secret of another device, and none that was revoked', async () => {
  const stage = await signingStage();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.ask('user.logout', {});

  const stolen = await identify(await stage.person('carl'), 'ann', 'ann');
  const revoked = await identify(ann, 'ann', 'bob');

  expect([stolen, revoked].map(codeOf)).toEqual(['schema', 'not_found']);
});
