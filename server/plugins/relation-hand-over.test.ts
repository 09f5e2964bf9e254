import { beforeEach, expect, test } from 'vitest';
import { signingStage, signsInAsAnn } from '../bin/contract-identity.ts';
import { type Device, type Stage, textsOf } from '../bin/contract-stage.ts';

let stage: Stage;
let ann: Device;
let bob: Device;

beforeEach(async () => {
  stage = await signingStage();
  ann = await stage.named('ann', 'Guest of the shop');
  bob = await stage.named('bob', 'Bob');
});

/** A second device, which is Ann's already. */
async function known(): Promise<Device> {
  const desk = await stage.person('desk');
  desk.user = await signsInAsAnn(desk);
  return desk;
}

async function contacts(one: Device, other: Device): Promise<void> {
  await one.ask('relation.ask', { user: other.user, kind: 'contact' });
  await other.ask('relation.accept', { user: one.user });
}

/** What stands between a device's user and others, as his list says it. */
async function listed(device: Device): Promise<string[]> {
  const answer = await device.ask('relation.list', {});
  const people = answer.type === 'relation.listed' ? answer.body.people : [];
  return people.flatMap(({ person, relations }) =>
    relations.map(({ slot, kind, own }) => `${person.id} ${slot} ${kind} ${own ? 'own' : 'theirs'}`),
  );
}

test('hands a visitor’s contacts over, and tells them who he is', async () => {
  await contacts(ann, bob);
  const visitor = ann.user;

  const user = await signsInAsAnn(ann);
  await bob.quiet();

  const told = bob.told.flatMap((fact) => (fact.type === 'relation.changed' ? [fact.body] : [])).slice(-2);
  expect(told).toMatchObject([
    { person: { id: visitor }, relations: [] },
    { person: { id: user, name: 'Ann' }, relations: [{ kind: 'contact' }, { kind: 'contact' }] },
  ]);
  expect(await listed(ann)).toEqual([`${bob.user} closeness contact own`, `${bob.user} closeness contact theirs`]);
  expect(await listed(bob)).toEqual([`${user} closeness contact own`, `${user} closeness contact theirs`]);
});

test('lets a request that waits be answered by and to whom the visitor turned out to be', async () => {
  const eve = await stage.named('eve', 'Eve');
  await bob.ask('relation.ask', { user: ann.user, kind: 'contact' });
  await ann.ask('relation.ask', { user: eve.user, kind: 'follower', note: 'From the shop' });

  const user = await signsInAsAnn(ann);
  await ann.ask('relation.accept', { user: bob.user });
  await eve.ask('relation.accept', { user });

  expect((await listed(ann)).sort()).toEqual(
    [
      `${bob.user} closeness contact own`,
      `${bob.user} closeness contact theirs`,
      `${eve.user} closeness follower theirs`,
    ].sort(),
  );
});

test('gives nobody more than was stated about the known user, where that was', async () => {
  const desk = await known();
  await bob.ask('relation.ask', { user: desk.user, kind: 'follower' });
  await desk.ask('relation.accept', { user: bob.user });
  await contacts(ann, bob);

  await signsInAsAnn(ann);

  expect(await listed(ann)).toEqual([`${bob.user} closeness follower own`]);
  expect(await listed(bob)).toEqual([`${desk.user} closeness follower theirs`]);
});

test.each([
  ['distant', 'blocked'],
  ['blocked', 'distant'],
])('lets the limit hold that takes more: %s as a user, %s as a visitor', async (asUser, asVisitor) => {
  const desk = await known();
  await desk.ask('relation.set', { user: bob.user, kind: asUser });
  await ann.ask('relation.set', { user: bob.user, kind: asVisitor });

  await signsInAsAnn(ann);
  const limited = await listed(ann);
  await bob.says(`user:${desk.user}`, 'Hello?');
  await ann.ask('relation.end', { user: bob.user, slot: 'limit' });
  await bob.says(`user:${desk.user}`, 'Here I am');
  await desk.quiet();

  expect(limited).toEqual([`${bob.user} limit blocked own`]);
  expect(textsOf(desk.told)).toEqual(['Here I am']);
});

test('keeps of two limits that take as much the one that lasts longer', async () => {
  const desk = await known();
  const until = stage.clock.now() + 3_600_000;
  await desk.ask('relation.set', { user: bob.user, kind: 'blocked', until });
  await ann.ask('relation.set', { user: bob.user, kind: 'blocked' });

  await signsInAsAnn(ann);
  stage.clock.advance(7_200_000);
  await bob.says(`user:${desk.user}`, 'Hello?');
  await desk.quiet();

  expect(textsOf(desk.told)).toEqual([]);
});

test('keeps shut out who signs in, until the visitor is not any more, and says to nobody who he is', async () => {
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const visitor = ann.user;

  const user = await signsInAsAnn(ann);
  await ann.says(`user:${bob.user}`, 'It is me');
  await bob.quiet();
  const shut = [textsOf(bob.told), await listed(bob), JSON.stringify(bob.told).includes(user)];
  await bob.ask('relation.end', { user: visitor, slot: 'limit' });
  await ann.says(`user:${bob.user}`, 'And now?');
  await bob.quiet();

  expect(shut).toEqual([[], [`${visitor} limit blocked own`], false]);
  expect(textsOf(bob.told)).toEqual(['And now?']);
  expect(await stage.store.relation(bob.user, user)).toEqual([]);
});

test('keeps shut out who was two visitors, until neither of them is any more', async () => {
  const eve = await stage.named('eve', 'Guest of the café');
  const visitors = [ann.user, eve.user] as const;
  for (const user of visitors) await bob.ask('relation.set', { user, kind: 'blocked' });

  const user = await signsInAsAnn(ann);
  await signsInAsAnn(eve);
  await bob.ask('relation.end', { user: visitors[0], slot: 'limit' });
  await ann.says(`user:${bob.user}`, 'One of two');
  await bob.quiet();
  const shut = textsOf(bob.told);
  await bob.ask('relation.end', { user: visitors[1], slot: 'limit' });
  await ann.says(`user:${bob.user}`, 'And now?');
  await bob.quiet();

  expect(shut).toEqual([]);
  expect(textsOf(bob.told)).toEqual(['And now?']);
  expect(await stage.store.relation(bob.user, user)).toEqual([]);
});

test('forgets what a visitor has stated about himself', async () => {
  const desk = await known();
  await contacts(ann, desk);
  const visitor = ann.user;

  await signsInAsAnn(ann);
  await desk.quiet();

  expect(await listed(desk)).toEqual([]);
  expect(await stage.store.relations(visitor, 9)).toEqual([]);
});
