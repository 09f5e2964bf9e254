import { expect, test } from 'vitest';
import { opens, signingStage, signsInAsAnn } from '../../bin/contract-identity.ts';
import type { Device, Stage } from '../../bin/contract-stage.ts';
import { colleagueAt, deskStage, passes, supportOf, wish } from './contract-desk.ts';

/** Whom a device sees, by user id. */
async function seen(device: Device, ...others: readonly Device[]): Promise<Record<string, string>> {
  const answer = await device.ask('presence.watch', { users: others.map(({ user }) => user) });
  const people = answer.type === 'presence.listed' ? answer.body.people : [];
  return Object.fromEntries(people.map(({ user, show }) => [user, show]));
}

/** What a device was told of somebody since it was last asked. */
function told(device: Device, other: Device): string[] {
  const shows = device.told.flatMap((fact) =>
    fact.type === 'presence.changed' && fact.body.user === other.user ? [fact.body.show] : [],
  );
  device.told.length = 0;
  return shows;
}

async function waits(stage: Stage, ms: number, device: Device): Promise<void> {
  for (let left = ms; left > 0; left -= 200) await passes(stage, 200, device);
}

test('shows a colleague whether those are there whose cases are open, and nobody else', async () => {
  const stage = await deskStage();
  const kim = await colleagueAt(stage, 'kim');
  const [ann, eve] = [await stage.person('ann'), await stage.person('eve')];
  await ann.says('support', 'Help me');

  const byKim = await seen(kim, ann, eve);
  const byEve = await seen(eve, ann, kim);
  const byAnn = await seen(ann, kim);
  told(kim, ann);
  ann.leave();
  await waits(stage, 7_000, kim);

  expect(byKim).toEqual({ [ann.user]: 'available', [eve.user]: 'offline' });
  expect(byEve).toEqual({ [ann.user]: 'offline', [kim.user]: 'offline' });
  expect(byAnn).toEqual({ [kim.user]: 'offline' });
  expect(told(kim, ann)).toEqual(['offline']);
});

test('shows nothing more of who asked once the case is closed and others are looked at', async () => {
  const stage = await deskStage();
  const kim = await colleagueAt(stage, 'kim');
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');
  await wish(kim, 'desk.take', { conversation: supportOf(ann) });
  const before = await seen(kim, ann);

  await wish(kim, 'desk.close', { conversation: supportOf(ann) });
  const after = await seen(kim, ann);

  expect(Object.values(before)).toEqual(['available']);
  expect(Object.values(after)).toEqual(['offline']);
});

test('shows a colleague whether somebody is there who has signed in since he asked, and nobody who has not asked', async () => {
  const stage = await signingStage({ desk: {} });
  const kim = await colleagueAt(stage, 'kim');
  const [ann, eve] = [await stage.person('ann'), await stage.person('eve')];
  await ann.says('support', 'Help me');
  const visitor = supportOf(ann);
  const user = await signsInAsAnn(ann);
  await kim.quiet();

  const asked = await kim.ask('presence.watch', { users: [user, eve.user] });
  const byEve = await eve.ask('presence.watch', { users: [user] });
  kim.told.length = 0;
  ann.leave();
  await waits(stage, 7_000, kim);
  const left = kim.told.flatMap(({ type, body }) => (type === 'presence.changed' ? [body] : []));
  await wish(kim, 'desk.take', { conversation: visitor });
  await wish(kim, 'desk.close', { conversation: visitor });
  await opens(ann, `${ann.jid} as Ann`);
  const closed = await kim.ask('presence.watch', { users: [user] });

  expect(asked.body).toMatchObject({
    people: [
      { user, show: 'available' },
      { user: eve.user, show: 'offline' },
    ],
  });
  expect(byEve.body).toMatchObject({ people: [{ user, show: 'offline' }] });
  expect(left).toMatchObject([{ user, show: 'offline' }]);
  expect(closed.body).toMatchObject({ people: [{ user, show: 'offline' }] });
});

test('hides who asks from somebody who has blocked him, colleague or not', async () => {
  const stage = await deskStage();
  const kim = await colleagueAt(stage, 'kim');
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');

  await kim.says(supportOf(ann), 'Hello');

  const answer = await ann.ask('relation.set', { user: kim.user, kind: 'blocked' });
  await waits(stage, 7_000, kim);

  expect(answer.type).not.toBe('error');
  expect(Object.values(await seen(kim, ann))).toEqual(['offline']);
});
