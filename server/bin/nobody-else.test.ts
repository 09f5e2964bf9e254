import { expect, test } from 'vitest';
import { type Actions, type ActionType, actions, unanswered } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { shippedRelations } from '../core/relation-kinds.ts';
import { codeOf, type Device, Stage, secretOf } from './contract-stage.ts';

/** What an action is aimed at. */
interface Aim {
  readonly user: string;
  /** A conversation that the sender is no member of. */
  readonly conversation: string;
  /** Somebody's own log. */
  readonly log: string;
  readonly device: string;
}

/** A body for every action there is, aimed as well as the type allows; one that is missing does not compile. */
const aimed: { readonly [T in ActionType]: (aim: Aim) => Actions[T] } = {
  'connection.open': () => ({ versions: [1], secret: secretOf('eve') }),
  'log.resume': ({ conversation, log }) => ({ logs: { [conversation]: 0, [log]: 0 } }),
  'invite.accept': () => ({ token: secretOf('guessed') }),
  'conversation.open': ({ conversation }) => ({ conversation }),
  'conversation.list': () => ({}),
  'log.read': ({ conversation }) => ({ log: conversation, after: 0 }),
  'message.send': ({ conversation }) => ({ conversation, text: 'Let me in' }),
  'typing.set': ({ conversation }) => ({ conversation, on: true }),
  'marker.set': ({ conversation }) => ({ conversation, read: 1, delivered: 1 }),
  'message.edit': ({ conversation }) => ({ conversation, seq: 4, text: 'forged' }),
  'message.delete': ({ conversation }) => ({ conversation, seq: 4 }),
  'message.react': ({ conversation }) => ({ conversation, seq: 4, emoji: '👍', on: true }),
  'message.answer': ({ conversation }) => ({ conversation, seq: 4, choice: 'yes' }),
  'message.find': ({ conversation }) => ({ conversation, text: 'secret' }),
  'file.offer': ({ conversation }) => ({
    file: `f_${'0'.repeat(20)}`,
    conversation,
    name: 'a.png',
    type: 'image/png',
    size: 1,
  }),
  'file.show': () => ({ files: [`f_${'1'.repeat(20)}`] }),
  'user.identify': () => ({ token: 'a.b.c', secret: secretOf('eve') }),
  'user.logout': () => ({}),
  'user.show': ({ user }) => ({ user }),
  'user.report': ({ user, conversation }) => ({ user, conversation, seq: 4, reason: 'Curious' }),
  'profile.set': () => ({ name: 'Eve' }),
  'profile.tell': () => ({ attributes: { plan: 'gold' } }),
  'page.changed': () => ({ url: 'https://shop.example.com/', title: 'Shop' }),
  'device.list': () => ({}),
  'device.revoke': ({ device }) => ({ device }),
  'relation.ask': ({ user }) => ({ user, kind: 'contact' }),
  'relation.accept': ({ user }) => ({ user }),
  'relation.decline': ({ user }) => ({ user }),
  'relation.withdraw': ({ user }) => ({ user }),
  'relation.set': ({ user }) => ({ user, kind: 'muted' }),
  'relation.end': ({ user }) => ({ user, slot: 'closeness' }),
  'relation.list': () => ({}),
  'presence.set': () => ({ show: 'available' }),
  'presence.idle': () => ({ idle: false }),
  'presence.watch': ({ user }) => ({ users: [user] }),
  'conversation.create': ({ user }) => ({ name: 'Bait', people: [user] }),
  'conversation.set': ({ conversation }) => ({ conversation, name: 'Taken over', link: true }),
  'conversation.prefer': ({ conversation }) => ({ conversation, pinned: true }),
  'conversation.join': ({ conversation }) => ({ conversation, token: secretOf('guessed') }),
  'conversation.leave': ({ conversation }) => ({ conversation }),
  'conversation.decline': ({ conversation }) => ({ conversation }),
  'invite.list': () => ({}),
  'member.add': ({ conversation, user }) => ({ conversation, users: [user] }),
  'member.remove': ({ conversation, user }) => ({ conversation, user, ban: true }),
  'member.unban': ({ conversation, user }) => ({ conversation, user }),
  'member.set': ({ conversation, user }) => ({ conversation, user, role: 'guest' }),
  'member.list': ({ conversation }) => ({ conversation }),
};

/** What anybody may do to anybody whose id he knows: the other is told, or is named. */
const open: readonly ActionType[] = [
  'relation.ask',
  'relation.set',
  'user.show',
  'conversation.create',
  'presence.watch',
];

/** What ends the connection that it comes from; each has its own tests. */
const ending: readonly ActionType[] = ['connection.open', 'user.logout', 'user.identify'];

const kinds = Object.values(shippedRelations).flatMap((slot) => Object.keys(slot.kinds));

/** Words that only Ann and Bob may ever read. */
const secrets = ['our direct secret', 'our group secret', 'Inner circle', 'at the lake', 'school friend'];

interface Scene {
  readonly stage: Stage;
  readonly ann: Device;
  readonly bob: Device;
  readonly eve: Device;
  readonly direct: string;
  readonly group: string;
}

/** Ann and Bob with all that is theirs, and `kind` between them; Eve knows every id of it. */
async function scene(kind: string): Promise<Scene> {
  const stage = await Stage.open({ newUsers: { perSecond: 1_000, burst: 1_000 } });
  const [ann, bob, eve] = [await stage.person('ann'), await stage.person('bob'), await stage.person('eve')];
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact' });
  await bob.ask('relation.accept', { user: ann.user });
  const made = await ann.ask('conversation.create', { name: 'Inner circle', people: [bob.user] });
  const group = made.log ?? '';
  await ann.says(group, 'our group secret');
  const said = await ann.says(`user:${bob.user}`, 'our direct secret');
  await ann.ask('presence.set', { show: 'dnd', status: 'at the lake' });
  await bob.ask('presence.watch', { users: [ann.user] });
  const asked = await ann.ask('relation.set', { user: bob.user, kind, attributes: { note: 'school friend' } });
  expect(['relation.changed', 'needs_asking', 'ack']).toContain(codeOf(asked));
  await bob.quiet();
  return { stage, ann, bob, eve, direct: said.log ?? '', group };
}

function rows(aim: Aim): readonly (readonly [ActionType, unknown])[] {
  const types = (Object.keys(actions) as ActionType[]).filter((type) => !ending.includes(type));
  return types.map((type) => [type, aimed[type](aim)]);
}

/** What Eve gets for all she can think of, one line for each action. */
async function tried(eve: Device, aim: Aim): Promise<Map<ActionType, string>> {
  const got = new Map<ActionType, string>();
  for (const [type, body] of rows(aim)) {
    const from = eve.told.length;
    const action = eve.action(type, body);
    if (unanswered.includes(type)) eve.send(action);
    else await eve.answers(action);
    await eve.quiet();
    got.set(
      type,
      eve.told
        .slice(from)
        .map((fact) => normal(fact, aim))
        .join('\n'),
    );
  }
  return got;
}

function normal(fact: AnyFact, aim: Aim): string {
  return toJson(fact)
    .replaceAll(aim.user, 'USER')
    .replaceAll(aim.conversation, 'CONVERSATION')
    .replaceAll(aim.device, 'DEVICE')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/"(at|since|now|seq|prev)":\d+/g, '"$1":0');
}

async function deviceOf(stage: Stage, user: string): Promise<string> {
  const [login] = await stage.store.logins(user, 1);
  return login?.device ?? '';
}

/** The actions that name a conversation, a log or a device. */
const atTheirs = rows({ user: '', conversation: 'THEIRS', log: 'THEIRS', device: 'THEIRS' }).flatMap(([type, body]) =>
  toJson(body).includes('THEIRS') ? [type] : [],
);

test.each(kinds)(
  'Eve reads, changes and infers nothing of two who have %s between them',
  async (kind) => {
    const { stage, ann, bob, eve, direct, group } = await scene(kind);
    const none = 'u_00000000000000000000';
    const device = await deviceOf(stage, ann.user);
    const before = [ann.told.length, bob.told.length] as const;
    const rowsBefore = [await stage.store.log(direct), await stage.store.log(group)];

    for (const conversation of [direct, group]) {
      const real = await tried(eve, { user: ann.user, conversation, log: ann.user, device });
      const absent = await tried(eve, {
        ...{ user: ann.user, conversation: conversation === group ? 'c_nothing_here' : absentDirect, log: none },
        device: 'd_00000000000000000000',
      });
      for (const type of atTheirs) expect(`${type}: ${real.get(type)}`).toBe(`${type}: ${absent.get(type)}`);
    }

    const told = eve.told.map(toJson).join('\n');
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect([await stage.store.log(direct), await stage.store.log(group)]).toEqual(rowsBefore);
    const news = [...ann.told.slice(before[0]), ...bob.told.slice(before[1])];
    expect(news.filter((fact) => fact.log === direct || fact.log === group)).toEqual([]);
    expect([...new Set(news.map(({ type }) => type))].sort()).toEqual(['invite.changed', 'relation.changed']);
    for (const { told: all } of [ann, bob, eve]) expect(toJson(all)).not.toMatch(ownJid);
  },
  60_000,
);

test.each(kinds)(
  'Bob, whom Ann has made %s, reads, changes and infers nothing that is hers alone',
  async (kind) => {
    const { stage, ann, bob } = await scene(kind);
    const carol = await stage.person('carol');
    const hers = await ann.ask('conversation.create', { name: 'My own place', people: [carol.user] });
    await carol.ask('conversation.join', { conversation: hers.log ?? '' });
    await ann.says(hers.log ?? '', 'what Bob must not know');
    const said = await ann.says(`user:${carol.user}`, 'what Bob must not know either');
    await ann.ask('relation.set', { user: carol.user, kind: 'muted', attributes: { note: 'what I think of her' } });
    const rowsBefore = [await stage.store.log(hers.log ?? ''), await stage.store.log(said.log ?? '')];
    const device = await deviceOf(stage, ann.user);
    const from = bob.told.length;

    for (const conversation of [hers.log ?? '', said.log ?? '']) {
      const real = await tried(bob, { user: ann.user, conversation, log: ann.user, device });
      const absent = await tried(bob, {
        ...{ user: ann.user, log: 'u_00000000000000000000', device: 'd_00000000000000000000' },
        conversation: conversation === hers.log ? 'c_nothing_here' : absentDirect,
      });
      for (const type of atTheirs) expect(`${type}: ${real.get(type)}`).toBe(`${type}: ${absent.get(type)}`);
    }

    const told = bob.told.slice(from).map(toJson).join('\n');
    expect(
      ['must not know', 'My own place', 'what I think', 'school friend'].filter((one) => told.includes(one)),
    ).toEqual([]);
    expect([await stage.store.log(hers.log ?? ''), await stage.store.log(said.log ?? '')]).toEqual(rowsBefore);
    expect(told).not.toMatch(ownJid);
  },
  60_000,
);

/** The address of anybody's own connection here. */
const ownJid = /@visitors\.example\.com/;

/** Of two whom nobody knows. */
const absentDirect = 'c_direct_00000000000000000000_11111111111111111111';

test('finds what Ann and Bob may read in what they were told, and what they change', async () => {
  const { stage, ann, bob, direct, group } = await scene('close');
  const aim = { user: bob.user, conversation: group, log: ann.user, device: await deviceOf(stage, ann.user) };
  const rowBefore = await stage.store.log(group);

  await ann.says(direct, `I am at ${ann.jid}`);
  await tried(ann, aim);
  await bob.ask('conversation.open', { conversation: direct });

  const told = [ann, bob].map((device) => device.told.map(toJson).join('\n'));
  expect(secrets.filter((secret) => told.some((all) => all.includes(secret)))).toEqual(secrets);
  expect(await stage.store.log(group)).not.toEqual(rowBefore);
  expect(told[1]).toMatch(ownJid);
});

test('names every action that anybody may aim at anybody', () => {
  const user = 'u_00000000000000000000';
  const aim = { user, conversation: 'c_1', log: user, device: 'd_00000000000000000000' };

  const atUsers = rows(aim).filter(([, body]) => toJson(body).includes(user) && !toJson(body).includes('c_1'));

  expect(atUsers.map(([type]) => type).sort()).toEqual(
    [...open, 'relation.accept', 'relation.decline', 'relation.withdraw', 'relation.end'].sort(),
  );
});
