import { expect, test } from 'vitest';
import type { AnyFact, Presence } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import { unremembered } from '../core/after-commit.ts';
import type { Put } from '../core/store.ts';
import { Grace } from './presence-grace.ts';
import { People } from './presence-people.ts';
import { Watchers } from './presence-watchers.ts';

const crowd = 500;
const looksAt = 20;

/** Everybody is a contact of the twenty after him, and they of him. */
async function gathered(): Promise<{ stage: Stage; people: Device[] }> {
  const stage = await Stage.open({ newUsers: { perSecond: 10_000, burst: 10_000 } });
  const people = await Promise.all(Array.from({ length: crowd }, (_, index) => stage.person(`p${index}`)));
  const puts = people.flatMap((one, index) =>
    watchedBy(people, index).flatMap((other): Put[] => [contact(one, other), contact(other, one)]),
  );
  await stage.store.commit([unremembered('contacts', puts)], []);
  return { stage, people };
}

function contact({ user: owner }: Device, { user: other }: Device): Put {
  return { table: 'relation', row: { owner, other, slot: 'closeness', kind: 'contact', since: 0 } };
}

function watchedBy(people: readonly Device[], index: number): Device[] {
  return Array.from({ length: looksAt }, (_, step) => people[(index + step + 1) % crowd] as Device);
}

/** Some come in the same moment: each opens and looks at his twenty. */
function comes(people: readonly Device[], from: number, to: number): void {
  for (const [index, person] of people.entries()) {
    if (index < from || index >= to) continue;
    const users = watchedBy(people, index).map(({ user }) => user);
    person.send(
      person.action('connection.open', { versions: [1], secret: person.secret }),
      person.action('presence.watch', { users }),
    );
  }
}

async function allCome(people: readonly Device[]): Promise<void> {
  comes(people, 0, crowd);
  await settle(people);
}

async function settle(people: readonly Device[]): Promise<void> {
  for (const person of [people[0], people.at(-1), people[0]]) await person?.quiet();
}

/** Lets time pass in steps in which the friend can do what falls due. */
async function pass(stage: Stage, people: readonly Device[], ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    stage.clock.advance(Math.min(left, 100));
    await settle(people);
  }
}

/** Frames that tell of changes, by their receiver. */
function presenceFrames(stage: Stage): Map<string, number> {
  const frames = new Map<string, number>();
  for (const { to, json } of stage.transport.frames) {
    const { events } = JSON.parse(json) as { events: AnyFact[] };
    if (events.some(({ type }) => type === 'presence.changed')) frames.set(to, (frames.get(to) ?? 0) + 1);
  }
  return frames;
}

/** All that a person was told of others, in order. */
function toldOf(person: Device): Presence[] {
  return person.told.flatMap((fact) => {
    if (fact.type === 'presence.listed') return fact.body.people;
    return fact.type === 'presence.changed' ? [fact.body] : [];
  });
}

/** What a person knows of others after all that he was told. */
function knownTo(person: Device): Map<string, Presence> {
  return new Map(toldOf(person).map((one) => [one.user, one]));
}

function sorted(people: readonly Presence[]): Presence[] {
  return people.toSorted((one, other) => (one.user < other.user ? -1 : 1));
}

test('tells a crowd that comes within a second of each other in few frames, and of nobody twice', async () => {
  const { stage, people } = await gathered();
  for (const person of people) person.leave();
  stage.clock.advance(6_000);
  for (const person of people) person.told.length = 0;
  stage.transport.frames.length = 0;

  for (let from = 0; from < crowd; from += 20) {
    comes(people, from, from + 20);
    await settle(people.slice(from, from + 20));
    stage.clock.advance(100);
  }
  await pass(stage, people, 1_000);

  const frames = presenceFrames(stage);
  const total = [...frames.values()].reduce((sum, count) => sum + count, 0);
  expect(Math.max(...frames.values())).toBeLessThanOrEqual(3);
  expect(total).toBeLessThan((crowd * looksAt) / 5);
  for (const person of people) {
    const changed = person.told.flatMap((fact) => (fact.type === 'presence.changed' ? [fact.body.user] : []));
    expect(new Set(changed).size).toBe(changed.length);
    expect(Array.from(knownTo(person).values(), ({ show }) => show)).toEqual(Array(looksAt).fill('available'));
  }
});

test('shows everybody there, and everybody once, where a crowd reloads', async () => {
  const { stage, people } = await gathered();
  await allCome(people);
  await pass(stage, people, 1_000);
  for (const person of people) person.told.length = 0;
  stage.transport.frames.length = 0;

  for (const person of people) person.leave();
  stage.clock.advance(4_000);
  await allCome(people);
  await pass(stage, people, 6_000);

  expect(Math.max(0, ...presenceFrames(stage).values())).toBeLessThanOrEqual(1);
  for (const [index, person] of people.entries()) {
    const expected = watchedBy(people, index).map(({ user }): Presence => ({ user, show: 'available' }));
    expect(sorted(toldOf(person))).toEqual(sorted(expected));
  }
});

test('gathers what one user sets in quick succession', async () => {
  const { stage, people } = await gathered();
  await allCome(people);
  await pass(stage, people, 1_000);
  stage.transport.frames.length = 0;

  for (const show of ['dnd', 'available', 'away', 'dnd'] as const) await people[30]?.ask('presence.set', { show });
  await pass(stage, people, 500);

  const frames = presenceFrames(stage);
  expect([frames.size, Math.max(...frames.values())]).toEqual([looksAt, 1]);
});

test('looks at as many as the limit says for each connection, and at no more', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const users = Array.from({ length: limits.watched + 1 }, (_, index) => `u_${String(index).padStart(20, '0')}`);

  const answers = [
    await ann.ask('presence.watch', { users }),
    await ann.ask('presence.watch', { users: users.slice(1) }),
    await ann.ask('presence.watch', { users: [] }),
  ];

  expect(answers.map(codeOf)).toEqual(['schema', 'presence.listed', 'presence.listed']);
  expect(answers.map(({ body }) => (body as { people?: object[] }).people?.length)).toEqual([
    undefined,
    limits.watched,
    0,
  ]);
});

test('has an end for all lists together, and takes the room of who has gone', () => {
  const watchers = new Watchers(100);
  const users = Array.from({ length: 20 }, (_, index) => `u_${index}`);
  let connections = 0;
  while (watchers.hasRoom(users.length)) watchers.begin(`jid${connections++}`, 'u_ann', users);

  watchers.begin('jid0', 'u_ann', ['u_1']);
  const isFreed = watchers.hasRoom(users.length - 1);

  expect(connections).toBe(5);
  expect(isFreed).toBe(true);
  for (let index = 0; index < connections; index += 1) watchers.end(`jid${index}`);
  expect([watchers.of('u_1').size, watchers.by('u_ann', 'u_1')]).toEqual([0, []]);
});

test('forgets who is neither connected nor looked at', async () => {
  const due: (() => Promise<unknown>)[] = [];
  const clock = { now: () => 0, after: () => () => undefined, defer: () => undefined };
  const host = {
    clock,
    soon: (_: string, __: number, made: (read: never) => Promise<unknown>) =>
      void due.push(() => made(nothingKept as never)),
  };
  const people = new People({
    host,
    grace: new Grace(),
    changed: () => undefined,
    isWatched: (user) => user === 'u_bob',
  });

  for (const user of ['u_ann', 'u_bob', 'u_cleo']) people.began(user, `${user}@host/tab`);
  for (const task of due.splice(0)) await task();
  const there = people.size;
  for (const user of ['u_ann', 'u_bob']) people.ended(`${user}@host/tab`);
  clock.now = () => 10_000;
  for (const task of due.splice(0)) await task();

  expect([there, people.size]).toEqual([3, 2]);
  expect([people.isConnected('u_bob'), people.isConnected('u_cleo')]).toEqual([false, true]);
});

const nothingKept = { state: () => Promise.resolve(undefined) };
