import { expect, test } from 'vitest';
import { identify, opens, signingStage, tokenFor } from '../bin/contract-identity.ts';
import { codeOf, secretOf } from '../bin/contract-stage.ts';

const minutes = 60_000;

test('takes a token with a name from one device, as often as that one brings it, and from no other', async () => {
  const stage = await signingStage();
  const [ann, thief] = [await stage.person('ann'), await stage.person('thief')];
  const claims = { tokenId: 'one', expiresAt: stage.clock.now() + 5 * minutes };

  const first = await identify(ann, 'ann', 'new', claims);
  const stolen = await identify(thief, 'ann', 'stolen', claims);
  const repeated = await identify(ann, 'ann', 'new', claims);
  await opens(ann, 'new');
  const again = await identify(ann, 'ann', 'new', claims);

  expect([first, stolen, repeated, again].map(codeOf)).toEqual([
    'user.identified',
    'token_invalid',
    'user.identified',
    'user.identified',
  ]);
  expect(stage.log.lines.at(-1)).toContain('"why":"used"');
  expect(await stage.store.login('device', secretOf('stolen'))).toBeUndefined();
});

test('tells tokens of two names and of two issuers apart, and takes one without a name from any device', async () => {
  const stage = await signingStage();
  const people = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => stage.person(name)));
  const expiresAt = stage.clock.now() + 5 * minutes;
  const claims = [{ tokenId: 'one' }, { tokenId: 'two' }, { tokenId: 'one', issuer: 'club' }, {}, {}];

  const answers = await Promise.all(
    people.map((one, index) => identify(one, 'ann', `new ${index}`, { expiresAt, ...claims[index] })),
  );

  expect(answers.map(codeOf)).toEqual(people.map(() => 'user.identified'));
});

test('lets one in of several that bring it at once', async () => {
  const stage = await signingStage();
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => stage.person(`p${index}`)));
  const claims = { tokenId: 'one', expiresAt: stage.clock.now() + 5 * minutes };

  const answers = await Promise.all(people.map((one, index) => identify(one, 'ann', `new ${index}`, claims)));

  expect(answers.map(codeOf).sort()).toEqual([...people.slice(1).map(() => 'token_invalid'), 'user.identified']);
});

test('remembers it over a restart', async () => {
  const stage = await signingStage();
  const claims = { tokenId: 'one', expiresAt: stage.clock.now() + 5 * minutes };
  await identify(await stage.person('ann'), 'ann', 'new', claims);
  await stage.friend.stop();

  const next = await signingStage({ store: stage.store });
  const stolen = await identify(await next.person('thief'), 'ann', 'stolen', claims);

  expect(codeOf(stolen)).toBe('token_invalid');
});

test('keeps of 5,000 tokens no more than those of the last minutes, in 4,096 rows at most', async () => {
  const stage = await signingStage({ newUsers: { perSecond: 1e6, burst: 1e6 } });
  const ann = await stage.person('ann');
  await identify(ann, 'ann', 'new', { tokenId: 'first', expiresAt: 0 });
  await opens(ann, 'new');

  for (let index = 0; index < 5_000; index += 1) {
    if (index % 500 === 0) stage.clock.advance(10 * minutes);
    const claims = { tokenId: `t${index}`, expiresAt: stage.clock.now() + 5 * minutes };
    await ann.ask('user.identify', { token: tokenFor('ann', claims), secret: secretOf('new') });
  }

  const keys = Array.from({ length: 4_096 }, (_, index) => index.toString(16).padStart(3, '0'));
  const rows = await Promise.all(keys.map((key) => stage.store.state('identity', 'jti', key)));
  const kept = rows.flatMap((row) => (row === undefined ? [] : (JSON.parse(row) as unknown[]).length));
  expect(kept.length).toBeGreaterThan(2_000);
  expect(Math.max(...kept)).toBeLessThan(12);
});
