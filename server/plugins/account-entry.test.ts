import { expect, test } from 'vitest';
import { codeOf, type Device, Stage, type StageOptions, secretOf } from '../bin/contract-stage.ts';

const named: StageOptions = { accounts: { hosts: ['example.com'], colleagues: ['kim@example.com'] } };
const secret = secretOf('a browser');

test('lets a browser in as the colleague whose account has entered it, and nobody else’s', async () => {
  const stage = await Stage.open(named);
  const account = stage.device('kim', undefined, 'kim@example.com/inbox');

  const entered = await enters(account, secret);
  const again = await enters(account, secret);
  const kim = await stage.person('browser', secret);

  expect([entered, again]).toEqual(['account.entered', 'account.entered']);
  expect(await stage.store.user(kim.user)).toMatchObject({ name: 'kim', kind: 'colleague', verified: true });
});

test.each([
  ['an account that does not answer for the site', 'ann@example.com/inbox'],
  ['an account of another host', 'kim@evil.example/inbox'],
  ['a visitor', 'v1@visitors.example.com/tab'],
])('lets nobody in by %s', async (_, jid) => {
  const stage = await Stage.open(named);

  const refused = await enters(stage.device('guest', undefined, jid), secret);
  const guest = await stage.person('browser', secret);

  expect(refused).toBe('not_found');
  expect((await stage.store.user(guest.user))?.kind).toBe('visitor');
});

test('takes no secret by which somebody else comes', async () => {
  const stage = await Stage.open(named);
  const guest = await stage.person('browser', secret);

  const refused = await enters(stage.device('kim', undefined, 'kim@example.com/inbox'), secret);
  await guest.open('browser');

  expect(refused).toBe('not_found');
  expect((await stage.store.user(guest.user))?.kind).toBe('visitor');
});

test('says of no secret that is logged out or over that it leads in', async () => {
  const stage = await Stage.open(named);
  const account = stage.device('kim', undefined, 'kim@example.com/inbox');
  const other = secretOf('another browser');
  await enters(account, secret);
  await enters(account, other);
  const browser = await stage.person('browser', secret);
  await browser.ask('user.logout', {});

  const loggedOut = await enters(account, secret);
  const living = await enters(account, other);
  stage.clock.advance(30 * 86_400_000);
  const over = await enters(account, other);

  expect([loggedOut, living, over]).toEqual(['not_found', 'account.entered', 'not_found']);
});

test('takes back what a browser may when the site does not name the account any more', async () => {
  const first = await Stage.open(named);
  await enters(first.device('kim', undefined, 'kim@example.com/inbox'), secret);
  const ann = await first.person('ann');
  await ann.says('support', 'For colleagues alone');
  const log = `c_support_${ann.user.slice(2)}`;
  const colleague = await first.person('browser', secret);
  await colleague.says(log, 'How can I help?');
  const stage = await Stage.open({ store: first.store, accounts: { hosts: ['example.com'], colleagues: [] } });
  const visitor = await stage.person('ann');

  const kim = await stage.person('browser', secret);
  const tries = [await kim.ask('conversation.open', { conversation: log }), await kim.says(log, 'Still here')];
  await visitor.says('support', 'Nobody else hears this');
  await kim.quiet();

  expect(kim.told.find(({ type }) => type === 'connection.opened')).toMatchObject({ body: { user: { kind: 'user' } } });
  expect(await stage.store.user(kim.user)).toMatchObject({ kind: 'user', topics: [] });
  expect(tries.map(codeOf)).toEqual(['not_found', 'not_found']);
  expect(JSON.stringify(kim.told)).not.toContain('hears this');
});

test('lets in again by the password alone after thirty days, and keeps twenty browsers', async () => {
  const stage = await Stage.open(named);
  const account = stage.device('kim', undefined, 'kim@example.com/inbox');
  const secrets = Array.from({ length: 21 }, (_, at) => secretOf(`browser ${at}`));
  for (const one of secrets) {
    await enters(account, one);
    stage.clock.advance(1);
  }

  const [oldest, newest] = [stage.device('oldest', secrets[0]), stage.device('newest', secrets[20])];
  const tries = [await openedBy(oldest), await openedBy(newest)];
  stage.clock.advance(30 * 86_400_000);
  tries.push(await openedBy(stage.device('late', secrets[20])));

  expect(tries).toEqual(['not_found', 'connection.opened', 'not_found']);
});

async function enters(account: Device, entering: string): Promise<string | undefined> {
  const [answer] = await account.answers(account.action('account.enter', { secret: entering }));
  return codeOf(answer);
}

async function openedBy(device: Device): Promise<string | undefined> {
  return codeOf(await device.ask('connection.open', { versions: [1], secret: device.secret }));
}
