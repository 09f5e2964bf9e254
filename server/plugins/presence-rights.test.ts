import { beforeEach, expect, test } from 'vitest';
import type { Presence } from '../../protocol/facts.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';

let stage: Stage;
let ann: Device;
let bob: Device;

beforeEach(async () => {
  stage = await Stage.open();
  ann = await stage.named('ann', 'Ann');
  bob = await stage.named('bob', 'Bob');
});

/** Lets time pass, in steps in which the friend can do what falls due. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    stage.clock.advance(Math.min(left, 100));
    await ann.quiet();
  }
}

async function agree(one: Device, other: Device, kind: string): Promise<void> {
  await one.ask('relation.ask', { user: other.user, kind });
  await other.ask('relation.accept', { user: one.user });
}

async function listed(device: Device, ...users: readonly string[]): Promise<Presence[]> {
  const answer = await device.ask('presence.watch', { users: [...users] });
  return answer.type === 'presence.listed' ? [...answer.body.people] : [];
}

/** What a device was told of changes, and when, since it was asked last. */
function changes(device: Device): { at: number; body: Presence }[] {
  const told = device.told.flatMap((fact) =>
    fact.type === 'presence.changed' ? [{ at: fact.at, body: fact.body }] : [],
  );
  device.told.length = 0;
  return told;
}

/** Bob has been there, and has gone. */
async function bobHasGone(): Promise<number> {
  await pass(300);
  const leftAt = stage.clock.now();
  bob.leave();
  await pass(6_000);
  return leftAt;
}

test.each([
  ['stranger', undefined, ['offline', false]],
  ['follower', 'follower', ['available', false]],
  ['acquaintance', 'acquaintance', ['available', false]],
  ['contact', 'contact', ['available', true]],
] as const)('shows a %s what he may see', async (_, kind, [show, hasSeen]) => {
  if (kind !== undefined) await agree(ann, bob, kind);
  await pass(300);

  const there = await listed(ann, bob.user);
  const leftAt = await bobHasGone();
  const gone = await listed(ann, bob.user);

  expect(there).toEqual([{ user: bob.user, show }]);
  expect(gone).toEqual([{ user: bob.user, show: 'offline', ...(hasSeen ? { seen: leftAt } : {}) }]);
});

test('gives a follower sight of whom he follows, and not the other way', async () => {
  await agree(ann, bob, 'follower');
  await pass(300);

  const [seen, back] = [await listed(ann, bob.user), await listed(bob, ann.user)];

  expect([seen[0]?.show, back[0]?.show]).toEqual(['available', 'offline']);
});

test('shows who keeps somebody distant to nobody of the two', async () => {
  await agree(ann, bob, 'contact');
  await pass(300);
  await listed(ann, bob.user);

  await bob.ask('relation.set', { user: ann.user, kind: 'distant' });
  await pass(6_000);

  expect(changes(ann).map(({ body }) => body)).toEqual([{ user: bob.user, show: 'offline' }]);
  expect(await listed(ann, bob.user)).toEqual([{ user: bob.user, show: 'offline' }]);
  expect(await listed(bob, ann.user)).toEqual([{ user: ann.user, show: 'offline' }]);
});

test('answers alike for a stranger, for nobody at all, and for who has blocked a stranger', async () => {
  const eve = await stage.named('eve', 'Eve');
  await eve.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const nobody = `u_${'0'.repeat(20)}`;
  await pass(300);

  const all = await listed(ann, bob.user, eve.user, nobody);

  expect(all).toEqual([bob.user, eve.user, nobody].map((user) => ({ user, show: 'offline' })));
});

test('lets a block look as if he had left at that moment: same frames, same times', async () => {
  const eve = await stage.named('eve', 'Eve');
  await agree(ann, bob, 'contact');
  await agree(ann, eve, 'contact');
  await pass(300);
  await listed(ann, bob.user, eve.user);
  const at = stage.clock.now();

  bob.leave();
  await eve.ask('relation.set', { user: ann.user, kind: 'blocked' });
  await pass(3_000);
  const early = [changes(ann), await listed(ann, bob.user, eve.user)];
  await pass(3_000);
  const told = changes(ann);
  await eve.ask('presence.set', { show: 'dnd' });
  await pass(6_000);

  expect(early).toEqual([[], [bob.user, eve.user].map((user) => ({ user, show: 'available' }))]);
  expect(told.map(({ body }) => body)).toEqual(
    [bob.user, eve.user].map((user) => ({ user, show: 'offline', seen: at })),
  );
  expect(new Set(told.map((one) => one.at)).size).toBe(1);
  expect(changes(ann)).toEqual([]);
  expect(await listed(ann, bob.user, eve.user)).toEqual(told.map(({ body }) => body));
});

test('tells the blocked nothing of who comes and goes after it, and shows him again after the end of the block', async () => {
  await agree(ann, bob, 'contact');
  await pass(300);
  await listed(ann, bob.user);
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  await pass(6_000);
  const first = changes(ann);
  bob.leave();
  await pass(6_000);
  await bob.open();
  await pass(6_000);
  const meanwhile = changes(ann);

  await bob.ask('relation.end', { user: ann.user, slot: 'limit' });
  await pass(300);

  expect(first.map(({ body }) => body.show)).toEqual(['offline']);
  expect(meanwhile).toEqual([]);
  expect(changes(ann).map(({ body }) => body)).toEqual([{ user: bob.user, show: 'available' }]);
});

test('hides who says once more that he blocks', async () => {
  await agree(ann, bob, 'contact');
  await pass(300);
  const at = stage.clock.now();
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  await pass(6_000);
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked', until: at + 60_000 });
  await pass(300);

  const seen = await listed(ann, bob.user);

  expect(seen).toEqual([{ user: bob.user, show: 'offline', seen: at }]);
});

test('shows a new contact at once, and somebody who is none any more as if he had left', async () => {
  await pass(300);
  await listed(ann, bob.user);
  await agree(ann, bob, 'contact');
  await pass(300);
  const begun = changes(ann).map(({ body }) => body.show);

  await bob.ask('relation.end', { user: ann.user, slot: 'closeness' });
  await pass(4_900);
  const early = changes(ann);
  await pass(600);

  expect([begun, early]).toEqual([['available'], []]);
  expect(changes(ann).map(({ body }) => body)).toEqual([{ user: bob.user, show: 'offline' }]);
});

test('lets who hides look like who leaves, frame by frame', async () => {
  const eve = await stage.named('eve', 'Eve');
  await agree(ann, bob, 'contact');
  await agree(ann, eve, 'contact');
  await pass(300);
  await listed(ann, bob.user, eve.user);
  const at = stage.clock.now();

  bob.leave();
  await eve.ask('presence.set', { show: 'invisible', status: 'Here, really' });
  await pass(6_000);
  const told = changes(ann);
  await bob.open();
  bob.leave();
  const phone = await stage.person('phone', eve.secret);
  phone.leave();
  await pass(6_000);

  expect(told.map(({ body }) => body)).toEqual(
    [bob.user, eve.user].map((user) => ({ user, show: 'offline', seen: at })),
  );
  expect(new Set(told.map((one) => one.at)).size).toBe(1);
  expect(changes(ann).filter(({ body }) => body.user === eve.user)).toEqual([]);
  expect((await listed(ann, eve.user))[0]).toEqual({ user: eve.user, show: 'offline', seen: at });
});

test('shows a user himself as he is: what he has set, and what others see of him', async () => {
  await pass(300);
  const before = await listed(bob, bob.user);
  const until = stage.clock.now() + 60_000;

  await bob.ask('presence.set', { show: 'invisible', status: 'Writing', until });
  await pass(300);

  expect(before).toEqual([{ user: bob.user, show: 'available', own: { show: 'available' } }]);
  const seen = expect.any(Number) as number;
  expect(changes(bob).map(({ body }) => body)).toEqual([
    { user: bob.user, show: 'offline', seen, own: { show: 'invisible', status: 'Writing', until } },
  ]);
});
