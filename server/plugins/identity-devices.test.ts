import { expect, test } from 'vitest';
import { identify, opens, signingStage, signsInAsAnn, tokenFor, userIn } from '../bin/contract-identity.ts';
import { codeOf, Stage, secretOf } from '../bin/contract-stage.ts';
import type { TokenVerifier } from '../core/ports.ts';
import { memoryStore } from '../stores/memory.ts';
import { sqliteStore } from '../stores/sqlite.ts';

test('logs out: the answer comes, and with it the connection and the secret are over', async () => {
  const stage = await Stage.open();
  const [ann, tab] = [await stage.person('ann'), stage.device('tab', secretOf('ann'))];
  await tab.open();

  const answer = await ann.ask('user.logout', {});
  const refused = [await ann.says('support', 'Still me?'), await tab.says('support', 'And me?')];
  const opened = await ann.open();

  expect(answer.type).toBe('ack');
  expect(refused.map(codeOf)).toEqual(['not_open', 'not_open']);
  expect(opened).toMatchObject({ body: { code: 'not_found', detail: 'this device was signed out' } });
  for (const { told } of [ann, tab]) expect(told.map(({ type }) => type)).toContain('friend.hello');
});

test('tells nothing more to who has logged out', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says('room:lobby', 'I am off');
  await ann.ask('user.logout', {});
  const before = ann.told.length;

  await bob.says('room:lobby', 'Is she gone?');
  await bob.quiet();

  expect(ann.told).toHaveLength(before);
  expect(await stage.store.connections()).toMatchObject([{ jid: bob.jid }]);
});

test('comes as a newcomer with a new secret, and not as who logged out', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  const user = userIn(await identify(ann, 'ann', 'new'));
  await opens(ann, 'new');
  await ann.ask('user.logout', {});

  const opened = await opens(ann, 'quite new');

  expect(opened).toMatchObject({ type: 'connection.opened', body: { user: { kind: 'visitor' } } });
  expect(userIn(opened)).not.toBe(user);
  expect(codeOf(await opens(stage.device('old'), 'new'))).toBe('not_found');
});

test('lists the devices of a user, and ends the one he names', async () => {
  const stage = await signingStage();
  const [phone, desk] = [await stage.person('phone'), await stage.person('desk')];
  for (const [device, secret] of [[phone, 'phone new'] as const, [desk, 'desk new'] as const]) {
    await identify(device, 'ann', secret);
    await opens(device, secret);
  }

  const listed = await desk.ask('device.list', {});
  const { devices } = listed.body as { devices: { device: string; current: boolean; until?: number }[] };
  const lost = devices.find(({ current }) => !current)?.device ?? '';
  const revoked = await desk.ask('device.revoke', { device: lost });

  expect(devices.map(({ current }) => current).sort()).toEqual([false, true]);
  expect(devices.every(({ until = 0 }) => until > stage.clock.now())).toBe(true);
  expect(revoked.type).toBe('ack');
  expect(codeOf(await phone.says('support', 'Who has my phone?'))).toBe('not_open');
  expect(codeOf(await opens(phone, 'phone new'))).toBe('not_found');
  expect(codeOf(await desk.says('support', 'I am still here'))).toBe('message.sent');
  expect(await desk.ask('device.list', {})).toMatchObject({ body: { devices: [{ current: true }] } });
});

test('ends nobody else’s device', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const { devices } = (await ann.ask('device.list', {})).body as { devices: { device: string }[] };

  const refused = await bob.ask('device.revoke', { device: devices[0]?.device ?? '' });

  expect(codeOf(refused)).toBe('not_found');
  expect(codeOf(await ann.says('support', 'Still here'))).toBe('message.sent');
});

test('keeps 100 devices of one user, and logs out the one that ends first', async () => {
  const stage = await signingStage({ newUsers: { perSecond: 1_000, burst: 1_000 } });
  const until = (day: number): number => stage.clock.now() + day * 86_400_000;
  const first = stage.device('0');
  await identify(first, 'ann', '0', { bindUntil: until(2) });
  await identify(stage.device('short'), 'ann', 'short', { bindUntil: until(1) });

  for (let index = 1; index < 100; index += 1) await identify(stage.device(`${index}`), 'ann', `${index}`);
  const listed = await first.ask('device.list', {});

  expect((listed.body as { devices: unknown[] }).devices).toHaveLength(100);
  expect(codeOf(await opens(stage.device('late'), 'short'))).toBe('not_found');
  expect(codeOf(await first.open())).toBe('connection.opened');
});

test.each(['memory', 'sqlite'])(
  'keeps out a device that was revoked while its token was looked at (%s)',
  async (kind) => {
    const begun = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    let isHeld = false;
    const tokens: TokenVerifier = async (token) => {
      if (isHeld) begun.resolve();
      if (isHeld) await looked.promise;
      return { ok: true, claims: JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) };
    };
    const store = kind === 'sqlite' ? sqliteStore({ path: ':memory:' }) : memoryStore();
    const stage = await Stage.open({ tokens, store });
    const [laptop, phone] = [await stage.person('laptop'), await stage.person('phone')];
    await signsInAsAnn(laptop);
    await signsInAsAnn(phone);
    const { body } = await laptop.ask('device.list', {});
    const other = 'devices' in body ? body.devices.find(({ current }) => !current) : undefined;
    isHeld = true;
    phone.send(phone.action('user.identify', { token: tokenFor('Ann', { name: 'Ann' }), secret: secretOf('renewed') }));
    await begun.promise;

    const revoked = await laptop.ask('device.revoke', { device: other?.device ?? '' });
    looked.resolve();
    await phone.quiet();
    const opened = await opens(stage.device('thief'), `${phone.jid} as Ann`);

    expect([revoked.type, codeOf(opened)]).toEqual(['ack', 'not_found']);
  },
);
