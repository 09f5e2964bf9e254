import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';

/** Actions against each of the two. */
const actions = 400;

/** What Ann does to somebody, in turns; some of it is not answered. */
const turns: readonly ((ann: Device, user: string, turn: number) => readonly [type: string, body: unknown])[] = [
  (_, user, turn) => ['message.send', { conversation: `user:${user}`, text: `message ${turn}` }],
  (_, user) => ['conversation.open', { conversation: `user:${user}` }],
  (ann, user) => ['typing.set', { conversation: directOf(ann.user, user), on: true }],
  (_, user) => ['relation.ask', { user, kind: 'contact', note: 'It is me' }],
  (ann, user, turn) => ['marker.set', { conversation: directOf(ann.user, user), read: turn, delivered: turn }],
  (_, user) => ['user.show', { user }],
  (ann, user) => ['log.read', { log: directOf(ann.user, user), limit: 5 }],
  (_, user) => ['relation.withdraw', { user }],
  (ann, user) => ['log.resume', { logs: { [directOf(ann.user, user)]: 1 } }],
  (_, user) => ['relation.accept', { user }],
  (_, user) => ['relation.end', { user, slot: 'closeness' }],
  (ann, user, turn) => ['message.send', { conversation: directOf(ann.user, user), text: `more ${turn}` }],
  (ann, user, turn) => ['message.edit', { conversation: directOf(ann.user, user), seq: 4, text: `other ${turn}` }],
  (ann, user) => ['message.delete', { conversation: directOf(ann.user, user), seq: 5 }],
  (ann, user) => ['member.list', { conversation: directOf(ann.user, user) }],
];

function directOf(one: string, other: string): string {
  return `c_direct_${[one.slice(2), other.slice(2)].sort().join('_')}`;
}

/** What Ann's browser was told, without what must differ: ids, times and who it was. */
function told(ann: Device, from: number, user: string, name: string): string[] {
  // Her own log tells of both people: its seqs run on over the two.
  const placed = (fact: AnyFact): object => (fact.log === ann.user ? { ...fact, seq: 0, prev: 0 } : fact);
  return ann.told.slice(from).map((fact) =>
    toJson(placed(fact))
      .replaceAll(directOf(ann.user, user), 'DIRECT')
      .replaceAll(user, 'USER')
      .replaceAll(name, 'NAME')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/"(at|since|now)":\d+/g, '"$1":0'),
  );
}

/** The chance that two samples of one distribution differ as much (Mann–Whitney U, normal approximation). */
function rankTest(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, of: 0 })), ...other.map((value) => ({ value, of: 1 }))];
  all.sort((a, b) => a.value - b.value);
  const ranks = all.reduce((sum, { of }, index) => (of === 0 ? sum + index + 1 : sum), 0);
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  const z = Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return 2 * (1 - normal(z));
}

/** The normal distribution, by Abramowitz and Stegun 26.2.17. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const sum = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429].reduce(
    (value, factor, index) => value + factor * t ** (index + 1),
    0,
  );
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

/** Ann against one who shuts her out and lives, and one who was never there again; `plant` makes the first one speak. */
async function compare(plant: (blocker: Device, ann: Device, turn: number) => unknown = () => undefined): Promise<{
  readonly frames: readonly [string[], string[]];
  readonly times: readonly [number[], number[]];
  readonly blocker: Device;
  readonly stage: Stage;
}> {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const [blocker, absent] = [await stage.named('blocker', 'Blocker'), await stage.named('absent', 'Nobody!')];
  absent.leave();
  await blocker.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const frames: [string[], string[]] = [[], []];
  const times: [number[], number[]] = [[], []];
  const people = [
    [blocker.user, 'Blocker'],
    [absent.user, 'Nobody!'],
  ] as const;
  for (let turn = 0; turn < actions; turn += 1) {
    // Who comes first changes, so that neither is always the second.
    for (const which of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const [user, name] = people[which];
      const [type, body] = turns[turn % turns.length]?.(ann, user, turn) ?? ['', {}];
      const from = ann.told.length;
      const began = performance.now();
      const action = ann.action(type, body);
      if (type === 'typing.set' || type === 'marker.set') ann.send(action);
      else await ann.answers(action);
      times[which].push(performance.now() - began);
      await ann.ask('log.resume', { logs: {} });
      frames[which].push(...told(ann, from, user, name));
    }
    if (turn % 7 === 3) await live(blocker, ann, turn);
    await plant(blocker, ann, turn);
  }
  return { frames, times, blocker, stage };
}

/** Who shuts out goes on living: looks, reads, types, lists. */
async function live(blocker: Device, ann: Device, turn: number): Promise<void> {
  const conversation = directOf(ann.user, blocker.user);
  await blocker.ask('conversation.open', { conversation: `user:${ann.user}` });
  blocker.send(
    blocker.action('typing.set', { conversation, on: true }),
    blocker.action('marker.set', { conversation, read: turn, delivered: turn }),
  );
  await blocker.ask('conversation.list', {});
  await blocker.says(`user:${ann.user}`, 'I do not speak to you');
}

test('who is shut out finds nobody there: the same frames and the same times as of one who never comes', async () => {
  const { frames, times, blocker } = await compare();
  const again = rankTest(...times) > 0.01 ? times : (await compare()).times;

  expect(frames[0]).toHaveLength(frames[1].length);
  expect(frames[0]).toEqual(frames[1]);
  expect(rankTest(...again)).toBeGreaterThan(0.01);
  const facts = blocker.told.filter((fact) => fact.type === 'message.sent' || fact.type === 'typing.changed');
  expect(facts).toEqual([]);
}, 60_000);

test('who shuts out has no such conversation in his list, and does not get its words after he has ended that', async () => {
  const { blocker, stage } = await compare();
  const listed = await blocker.ask('conversation.list', {});
  await blocker.ask('relation.end', { user: await annOf(stage), slot: 'limit' });
  const opened = await blocker.ask('conversation.open', { conversation: `user:${await annOf(stage)}` });

  expect(listed.body).toEqual({ conversations: [] });
  expect(opened.body).toMatchObject({ conversation: { unread: 0, member: true } });
  expect(blocker.told.filter((fact) => fact.type === 'message.sent')).toEqual([]);
}, 60_000);

test('sees the difference where one is planted', async () => {
  const { frames } = await compare(async (blocker, ann, turn) => {
    if (turn !== 100) return;
    await blocker.ask('relation.end', { user: ann.user, slot: 'limit' });
    await blocker.says(`user:${ann.user}`, 'Here I am');
  });

  expect(frames[0]).not.toEqual(frames[1]);
}, 60_000);

async function annOf(stage: Stage): Promise<string> {
  const ann = await stage.person('ann');
  return ann.user;
}
