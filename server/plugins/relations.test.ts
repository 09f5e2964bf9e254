import { beforeEach, expect, test } from 'vitest';
import type { Related, Relation } from '../../protocol/facts.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import { FriendError } from '../core/errors.ts';
import { declareRelations } from '../core/relation-kinds.ts';

let stage: Stage;
let ann: Device;
let bob: Device;

beforeEach(async () => {
  stage = await Stage.open();
  ann = await stage.named('ann', 'Ann');
  bob = await stage.named('bob', 'Bob');
});

/** What stands between a device's user and another, as he was last told; each as `slot kind own|theirs`. */
function stands(device: Device, other: Device): string[] {
  const told = device.told.flatMap((fact) => (fact.type === 'relation.changed' ? [fact.body] : []));
  const last = told.findLast(({ person }) => person.id === other.user);
  return last === undefined ? [] : last.relations.map(textOf);
}

function textOf({ slot, kind, own }: Relation): string {
  return `${slot} ${kind} ${own ? 'own' : 'theirs'}`;
}

async function friends(): Promise<void> {
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact' });
  await bob.ask('relation.accept', { user: ann.user });
}

test('tells both of a request with its note, and of what it became', async () => {
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact', note: 'From the conference' });
  await bob.quiet();
  expect([stands(ann, bob), stands(bob, ann)]).toEqual([['ask contact own'], ['ask contact theirs']]);
  const asked = bob.told.find((fact) => fact.type === 'relation.changed');
  expect(asked?.body).toMatchObject({ person: { name: 'Ann' }, relations: [{ note: 'From the conference' }] });

  const answer = await bob.ask('relation.accept', { user: ann.user });
  await ann.quiet();

  expect(answer.type).toBe('relation.changed');
  const contacts = ['closeness contact own', 'closeness contact theirs'];
  expect([stands(ann, bob), stands(bob, ann)]).toEqual([contacts, contacts]);
});

test('makes contacts of two who ask each other at once', async () => {
  const [first, second] = [
    ann.ask('relation.ask', { user: bob.user, kind: 'contact' }),
    bob.ask('relation.ask', { user: ann.user, kind: 'contact' }),
  ];
  await Promise.all([first, second]);
  await Promise.all([ann.quiet(), bob.quiet()]);

  expect(stands(ann, bob)).toEqual(['closeness contact own', 'closeness contact theirs']);
  expect(stands(bob, ann)).toEqual(['closeness contact own', 'closeness contact theirs']);
});

test('gives a follower his edge alone', async () => {
  await ann.ask('relation.ask', { user: bob.user, kind: 'follower' });
  await bob.ask('relation.accept', { user: ann.user });
  await ann.quiet();
  expect([stands(ann, bob), stands(bob, ann)]).toEqual([['closeness follower theirs'], ['closeness follower own']]);

  await ann.ask('relation.end', { user: bob.user, slot: 'closeness' });
  await bob.quiet();

  expect([stands(ann, bob), stands(bob, ann)]).toEqual([[], []]);
});

test('does not accept what was withdrawn or declined', async () => {
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact' });
  await ann.ask('relation.withdraw', { user: bob.user });
  const afterWithdraw = await bob.ask('relation.accept', { user: ann.user });
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact' });
  await bob.ask('relation.decline', { user: ann.user });
  const afterDecline = await bob.ask('relation.accept', { user: ann.user });

  expect([codeOf(afterWithdraw), codeOf(afterDecline)]).toEqual(['not_found', 'not_found']);
  expect(stands(ann, bob)).toEqual([]);
});

test('keeps close, limits and mutes from the other', async () => {
  await friends();
  const before = await bob.ask('user.show', { user: ann.user });
  stage.clock.advance(60_000);
  const told = bob.told.length;

  await ann.ask('relation.set', { user: bob.user, kind: 'close', attributes: { since: 'school' } });
  await ann.ask('relation.set', { user: bob.user, kind: 'distant' });
  await ann.ask('relation.set', { user: bob.user, kind: 'muted' });
  await bob.quiet();

  expect(stands(ann, bob)).toEqual([
    'closeness close own',
    'closeness contact theirs',
    'limit distant own',
    'notice muted own',
  ]);
  const shown = await bob.ask('user.show', { user: ann.user });
  expect((shown.body as Related).relations.map(textOf)).toEqual(['closeness contact own', 'closeness contact theirs']);
  expect(shown.body).toEqual(before.body);
  expect(bob.told.slice(told).filter(({ type }) => type === 'relation.changed')).toEqual([]);
});

test('does not let the other see that somebody was close and is a contact again', async () => {
  await friends();
  const before = await bob.ask('user.show', { user: ann.user });
  const told = bob.told.length;

  await ann.ask('relation.set', { user: bob.user, kind: 'close' });
  stage.clock.advance(60_000);
  await ann.ask('relation.set', { user: bob.user, kind: 'contact' });
  await bob.quiet();

  const shown = await bob.ask('user.show', { user: ann.user });
  expect(shown.body).toEqual(before.body);
  expect(bob.told.slice(told).filter(({ type }) => type === 'relation.changed')).toEqual([]);
});

test('wants consent for more closeness and none for less', async () => {
  const alone = await ann.ask('relation.set', { user: bob.user, kind: 'contact' });
  const close = await ann.ask('relation.set', { user: bob.user, kind: 'close' });
  await friends();
  const less = await ann.ask('relation.set', { user: bob.user, kind: 'acquaintance' });
  const back = await ann.ask('relation.set', { user: bob.user, kind: 'contact' });
  await bob.quiet();

  expect([alone, close, less, back].map(codeOf)).toEqual([
    'needs_asking',
    'needs_asking',
    'relation.changed',
    'needs_asking',
  ]);
  expect(stands(bob, ann)).toEqual(['closeness acquaintance own', 'closeness acquaintance theirs']);
});

test('ends a mutual relation for both, whatever one of them had made of it', async () => {
  await friends();
  await ann.ask('relation.set', { user: bob.user, kind: 'close' });

  await bob.ask('relation.end', { user: ann.user, slot: 'closeness' });
  await ann.quiet();

  expect([stands(ann, bob), stands(bob, ann)]).toEqual([[], []]);
});

test('hides a request from whom its asker is blocked by, and keeps it in sight for the asker', async () => {
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact' });
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });
  await ann.quiet();
  expect([stands(ann, bob), stands(bob, ann)]).toEqual([['ask contact own'], ['limit blocked own']]);

  const accepted = await bob.ask('relation.accept', { user: ann.user });
  const asked = await bob.ask('relation.ask', { user: ann.user, kind: 'contact' });
  await bob.ask('relation.end', { user: ann.user, slot: 'limit' });

  expect([codeOf(accepted), codeOf(asked)]).toEqual(['not_found', 'limited']);
  expect(stands(bob, ann)).toEqual([]);
});

test('ends by itself what was stated for a time', async () => {
  const until = stage.clock.now() + 60_000;
  await ann.ask('relation.set', { user: bob.user, kind: 'muted', until });
  expect(stands(ann, bob)).toEqual(['notice muted own']);

  stage.clock.advance(60_001);
  await ann.heard((fact) => fact.type === 'relation.changed' && fact.body.relations.length === 0);

  expect(await stage.store.relation(ann.user, bob.user)).toEqual([]);
});

test('pages everybody with whom something stands', async () => {
  const others = await Promise.all(Array.from({ length: 5 }, (_, index) => stage.person(`other${index}`)));
  for (const other of others.slice(0, 3)) await ann.ask('relation.set', { user: other.user, kind: 'muted' });
  for (const other of others.slice(3)) await other.ask('relation.ask', { user: ann.user, kind: 'contact' });
  await bob.ask('relation.set', { user: ann.user, kind: 'blocked' });

  const listed: string[] = [];
  let after: string | undefined;
  do {
    const page = await ann.ask('relation.list', { limit: 2, ...(after === undefined ? {} : { after }) });
    if (page.type !== 'relation.listed') throw new Error(`It was ${page.type}.`);
    listed.push(...page.body.people.map(({ person }) => person.id));
    after = page.body.next;
  } while (after !== undefined);

  expect(listed).toEqual(others.map(({ user }) => user).sort());
});

test('brings a report to the colleagues and to nobody else', async () => {
  const eve = await stage.colleague('eve');
  await ann.says('room:lobby', 'hello');
  const before = bob.told.length;

  const answer = await ann.ask('user.report', {
    user: bob.user,
    reason: 'Spam',
    conversation: 'c_room_lobby',
    seq: 3,
  });
  const heard = await eve.heard((fact) => fact.type === 'user.reported');

  expect(answer.log).toBe(ann.user);
  expect(heard).toMatchObject({ log: 'c_reports', by: ann.user, body: { reason: 'Spam', of: 3 } });
  expect(bob.told.slice(before)).toEqual([]);
  expect(codeOf(await bob.ask('conversation.open', { conversation: 'c_reports' }))).toBe('not_found');
});

test('refuses what nobody has declared, nobody is, and oneself', async () => {
  const answers = [
    await ann.ask('relation.set', { user: bob.user, kind: 'nemesis' }),
    await ann.ask('relation.ask', { user: bob.user, kind: 'blocked' }),
    await ann.ask('relation.ask', { user: 'u_00000000000000000000', kind: 'contact' }),
    await ann.ask('relation.ask', { user: ann.user, kind: 'contact' }),
  ];

  expect(answers.map(codeOf)).toEqual(['kind_unknown', 'kind_unknown', 'not_found', 'not_found']);
});

test('says what is wrong with a declaration', () => {
  const twice = { one: { kinds: { a: {} } }, two: { kinds: { a: {} } } };
  const within = { one: { kinds: { a: { within: 'b' } } } };
  const taken = { ask: { kinds: {} } };

  for (const slots of [twice, within, taken]) expect(() => declareRelations(slots)).toThrow(FriendError);
});
