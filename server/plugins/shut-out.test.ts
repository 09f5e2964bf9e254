import { expect, test } from 'vitest';
import { toJson } from '../../protocol/frame.ts';
import { type Device, Stage, type StageOptions } from '../bin/contract-stage.ts';
import type { Friend } from '../core/friend.ts';

/** Actions against each of the two. */
const actions = 400;

/** What Ann does to somebody, in turns; some of it is not answered. */
const turns: readonly ((
  ann: Device,
  user: string,
  turn: number,
  /** The group that she made last with the same one. */
  group: string,
) => readonly [type: string, body: unknown])[] = [
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
  (_, user) => ['presence.watch', { users: [user] }],
  (ann, user) => ['message.react', { conversation: directOf(ann.user, user), seq: 4, emoji: '👍', on: true }],
  (ann, user) => ['message.answer', { conversation: directOf(ann.user, user), seq: 4, choice: 'yes' }],
  (ann, user) => ['message.find', { conversation: directOf(ann.user, user), text: 'message' }],
  (ann, user, turn) => ['file.offer', { ...picture(user, turn), conversation: directOf(ann.user, user) }],
  (_, user, turn) => ['conversation.create', { name: `Group ${turn}`, people: [user] }],
  (_, user, __, group) => ['member.add', { conversation: group, users: [user] }],
  (_, user, __, group) => ['member.set', { conversation: group, user, role: 'admin' }],
  (_, __, ___, group) => ['member.list', { conversation: group }],
  (_, user, __, group) => ['member.remove', { conversation: group, user }],
  () => ['conversation.list', {}],
  (ann, user, turn) => ['conversation.prefer', { conversation: directOf(ann.user, user), pinned: turn % 2 === 0 }],
  (ann, user) => ['user.report', { user, conversation: directOf(ann.user, user), seq: 1, reason: 'Rude' }],
  (_, user) => ['relation.set', { user, kind: 'follower' }],
  (_, user) => ['relation.decline', { user }],
  () => ['relation.list', {}],
];

function picture(user: string, turn: number): object {
  const file = `f_${user.slice(2, 12)}${String(turn).padStart(10, '0')}`;
  return { file, name: 'a.png', type: 'image/png', size: 100 };
}

function directOf(one: string, other: string): string {
  return `c_direct_${[one.slice(2), other.slice(2)].sort().join('_')}`;
}

interface Other {
  readonly user: string;
  readonly name: string;
  group: string;
}

/** What Ann's browser was told, without what must differ: ids, times, who it was, and what it says of the other one. */
function told(ann: Device, from: number, { user, name }: Other): string[] {
  const direct = directOf(ann.user, user);
  const isHis = (entry: unknown): boolean => [user, direct].some((id) => toJson(entry).includes(id));
  return ann.told.slice(from).map((fact) => {
    // Her own log tells of both people: its seqs run on over the two.
    const placed = fact.log === ann.user ? { ...fact, seq: 0, prev: 0 } : fact;
    const body = Object.entries(fact.body).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter(isHis) : value,
    ]);
    return toJson({ ...placed, body: Object.fromEntries(body) })
      .replaceAll(direct, 'DIRECT')
      .replaceAll(/"c_group_[0-9a-z]+"/g, '"GROUP"')
      .replaceAll(user, 'USER')
      .replaceAll(name, 'NAME')
      .replaceAll(/f_[0-9a-z]{20}/g, 'FILE')
      .replaceAll(/FILE\?put=\d+\.[0-9a-f]{64}/g, 'UPLOAD')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/"(at|since|now|until)":\d+/g, '"$1":0');
  });
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
async function compare(
  plant: (blocker: Device, ann: Device, turn: number) => unknown = () => undefined,
  options: StageOptions = {},
): Promise<{
  readonly frames: readonly [string[], string[]];
  readonly times: readonly [number[], number[]];
  readonly blocker: Device;
  readonly stage: Stage;
}> {
  const stage = await Stage.open(options);
  const ann = await stage.person('ann');
  const [blocker, absent] = [await stage.named('blocker', 'Blocker'), await stage.named('absent', 'Nobody!')];
  absent.leave();
  await blocker.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const frames: [string[], string[]] = [[], []];
  const times: [number[], number[]] = [[], []];
  const people: readonly [Other, Other] = [
    { user: blocker.user, name: 'Blocker', group: 'c_none' },
    { user: absent.user, name: 'Nobody!', group: 'c_none' },
  ];
  for (let turn = 0; turn < actions; turn += 1) {
    // Who comes first changes, so that neither is always the second.
    for (const which of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const other = people[which];
      const [type, body] = turns[turn % turns.length]?.(ann, other.user, turn, other.group) ?? ['', {}];
      const from = ann.told.length;
      const began = performance.now();
      const action = ann.action(type, body);
      if (type === 'typing.set' || type === 'marker.set') ann.send(action);
      else {
        const [answer] = await ann.answers(action);
        if (type === 'conversation.create') other.group = answer?.log ?? '';
      }
      times[which].push(performance.now() - began);
      await ann.ask('log.resume', { logs: {} });
      frames[which].push(...told(ann, from, other));
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
  // Of two equal ones, too, one in a hundred samples differs as much: a difference that is there comes again.
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

test('sees the time that a friend takes who looks longer where somebody is shut out', async () => {
  let shutsOut: string | undefined;
  const prepare = (friend: Friend): void => {
    friend.use(async ({ action, user }, next) => {
      shutsOut ??= action.type === 'relation.set' ? user?.id : undefined;
      const isAtHim = shutsOut !== undefined && toJson(action.body).includes(shutsOut.slice(2));
      if (isAtHim) await new Promise((resolve) => setTimeout(resolve, 1));
      return await next();
    });
  };

  const { times } = await compare(undefined, { prepare });

  expect(rankTest(...times)).toBeLessThan(0.01);
}, 60_000);

async function annOf(stage: Stage): Promise<string> {
  const ann = await stage.person('ann');
  return ann.user;
}
