import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import type { Presence } from '../../protocol/facts.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import type { Plugin } from '../core/plugin.ts';
import type { OwnRule } from '../core/rule.ts';
import { memoryStore } from '../stores/memory.ts';

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

async function befriend(one: Device, other: Device): Promise<void> {
  await one.ask('relation.ask', { user: other.user, kind: 'contact' });
  await other.ask('relation.accept', { user: one.user });
}

/** Ann and Bob are contacts, and Ann looks at him. */
async function annWatchesBob(): Promise<Presence | undefined> {
  await befriend(ann, bob);
  await pass(300);
  return watched(ann, bob);
}

async function watched(device: Device, ...others: readonly Device[]): Promise<Presence | undefined> {
  const answer = await device.ask('presence.watch', { users: others.map(({ user }) => user) });
  return answer.type === 'presence.listed' ? answer.body.people[0] : undefined;
}

/** What a device was told of changes since it was asked last. */
function changes(device: Device): Presence[] {
  const told = device.told.flatMap((fact) => (fact.type === 'presence.changed' ? [fact.body] : []));
  device.told.length = 0;
  return told;
}

function shows(device: Device): string[] {
  return changes(device).map(({ show }) => show);
}

test('tells a contact who is there, when he goes and when he comes back', async () => {
  const before = await annWatchesBob();
  await pass(1_000);
  const leftAt = stage.clock.now();
  bob.leave();
  await pass(4_900);
  const early = changes(ann);
  await pass(400);
  const gone = changes(ann);

  await bob.open();
  await pass(300);

  expect(before).toEqual({ user: bob.user, show: 'available' });
  expect(early).toEqual([]);
  expect(gone).toEqual([{ user: bob.user, show: 'offline', seen: leftAt }]);
  expect(changes(ann)).toEqual([{ user: bob.user, show: 'available' }]);
});

test('shows no flicker where somebody reloads', async () => {
  await annWatchesBob();
  bob.leave();
  await pass(4_500);
  const tab = stage.device('bob-reloaded', bob.secret);

  await tab.open();
  await pass(10_000);

  expect(changes(ann)).toEqual([]);
});

test('combines the devices of a user: away where all are, gone where none is left', async () => {
  await annWatchesBob();
  const phone = await stage.person('phone', bob.secret);
  bob.send(bob.action('presence.idle', { idle: true }));
  await pass(500);
  const oneIdle = shows(ann);
  phone.send(phone.action('presence.idle', { idle: true }));
  await pass(500);
  const bothIdle = shows(ann);
  bob.send(bob.action('presence.idle', { idle: false }));
  await pass(500);
  const oneBack = shows(ann);
  bob.leave();
  await pass(6_000);
  const idleLeft = shows(ann);
  phone.leave();
  await pass(6_000);

  expect([oneIdle, bothIdle, oneBack, idleLeft, shows(ann)]).toEqual([
    [],
    ['away'],
    ['available'],
    ['away'],
    ['offline'],
  ]);
});

test('puts what a user has set before what his devices say, until he sets something else', async () => {
  await annWatchesBob();
  await bob.ask('presence.set', { show: 'dnd', status: 'In a meeting' });
  bob.send(bob.action('presence.idle', { idle: true }));
  await pass(500);
  const dnd = changes(ann);
  await bob.ask('presence.set', { status: null });
  await pass(500);
  const bare = changes(ann);

  await bob.ask('presence.set', { show: 'available' });
  await pass(500);

  expect(dnd).toEqual([{ user: bob.user, show: 'dnd', status: 'In a meeting' }]);
  expect(bare).toEqual([{ user: bob.user, show: 'dnd' }]);
  expect(changes(ann)).toEqual([{ user: bob.user, show: 'away' }]);
});

test('ends what was set at its time, and not before', async () => {
  await annWatchesBob();
  await bob.ask('presence.set', { show: 'away', status: 'Lunch', until: stage.clock.now() + 3_000 });
  await pass(2_900);
  const away = changes(ann);

  await pass(500);

  expect(away).toEqual([{ user: bob.user, show: 'away', status: 'Lunch' }]);
  expect(changes(ann)).toEqual([{ user: bob.user, show: 'available' }]);
});

test('takes from another plugin what one connection says of itself', async () => {
  const ordinaryClients: Plugin = {
    name: 'ordinary-clients',
    needs: ['presence'],
    install(host) {
      const schema = v.picklist(['away', 'dnd']);
      const rule: OwnRule<typeof schema> = ({ action, jid }) => {
        host.service('presence').says(jid, action.body);
        return [];
      };
      host.on('client.shows', rule, { schema });
    },
  };
  stage = await Stage.open({ prepare: (friend) => friend.plug(ordinaryClients) });
  [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await annWatchesBob();

  await bob.answers(bob.action('client.shows', 'dnd'));
  await pass(500);

  expect(shows(ann)).toEqual(['dnd']);
});

test('refuses an end that is over already', async () => {
  await pass(1_000);

  const answer = await bob.ask('presence.set', { show: 'dnd', until: 500 });

  expect(codeOf(answer)).toBe('schema');
});

test('keeps over a restart what was set, when it ends, and when somebody was last there', async () => {
  const store = memoryStore();
  stage = await Stage.open({ store });
  [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const cleo = await stage.person('cleo');
  await befriend(ann, bob);
  await befriend(ann, cleo);
  await bob.ask('presence.set', { show: 'dnd', until: stage.clock.now() + 10_000 });
  await pass(1_000);
  const leftAt = stage.clock.now();
  cleo.leave();
  await pass(6_000);
  await stage.friend.stop();

  stage = await Stage.open({ store });
  stage.clock.advance(8_000);
  [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await pass(300);
  const listed = await ann.ask('presence.watch', { users: [bob.user, cleo.user] });
  await pass(3_000);

  expect(listed.body).toEqual({
    people: [
      { user: bob.user, show: 'dnd' },
      { user: cleo.user, show: 'offline', seen: leftAt },
    ],
  });
  expect(changes(ann)).toEqual([{ user: bob.user, show: 'available' }]);
});

test('takes for there who was connected to the process before, until he ends or stays silent', async () => {
  const store = memoryStore();
  stage = await Stage.open({ store });
  [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const cleo = await stage.person('cleo');
  await befriend(ann, bob);
  await befriend(ann, cleo);
  await pass(300);
  await stage.friend.stop();

  stage = await Stage.open({ store });
  const back = stage.device('bob', bob.secret);
  ann = await stage.person('ann');
  await pass(300);
  const listed = await ann.ask('presence.watch', { users: [bob.user, cleo.user] });
  await back.open();
  await pass(66_000);

  expect(listed.body).toEqual({ people: [bob, cleo].map(({ user }) => ({ user, show: 'available' })) });
  expect(changes(ann)).toMatchObject([{ user: cleo.user, show: 'offline' }]);
});

test('writes when somebody was last there at most once a minute', async () => {
  const written: number[] = [];
  const store = memoryStore();
  const commit = store.commit.bind(store);
  store.commit = (units, cursors) => {
    for (const { puts } of units) {
      for (const put of puts) if (put.table === 'state' && put.row.key === 'seen') written.push(Number(put.row.value));
    }
    return commit(units, cursors);
  };
  stage = await Stage.open({ store });
  [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await pass(200);
  const ends: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    ends.push(stage.clock.now());
    bob.leave();
    await pass(6_000);
    await bob.open();
    await pass(200);
  }

  await pass(60_000);

  expect(written).toEqual([ends[0], ends[3]]);
});
