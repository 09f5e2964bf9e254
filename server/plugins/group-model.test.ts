import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { asked, headOf } from '../bin/contract-group.ts';
import { GroupModel, type Outcome, roles, verbs, type Wish } from '../bin/contract-group-model.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import type { Store } from '../core/store.ts';
import { memoryStore } from '../stores/memory.ts';
import { sqliteStore } from '../stores/sqlite.ts';

const wish = fc.record({
  verb: fc.constantFrom(...verbs),
  by: fc.nat(3),
  of: fc.nat(3),
  pick: fc.nat(11),
});

/** All four are in the group, with any roles; it is as public and as open as `open` says. */
const party = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)).map(([bob, eve, dan, open]): Wish[] => {
  const owner = { by: 0, of: 0 };
  const joins = [1, 2, 3].map((by): Wish => ({ verb: 'join', by, of: by, pick: 0 }));
  const given = [bob, eve, dan].map((pick, index): Wish => ({ verb: 'role', by: 0, of: index + 1, pick }));
  const settings: Wish[] = [
    { ...owner, verb: 'public', pick: open % 2 },
    { ...owner, verb: 'history', pick: open >> 1 },
  ];
  return [{ ...owner, verb: 'public', pick: 1 }, ...joins, ...given, ...settings];
});

/** Four people, a group of the first, and what should be true of it. */
async function begun(store: Store) {
  const stage = await Stage.open({ store });
  const people: Device[] = [];
  for (const name of ['ann', 'bob', 'eve', 'dan']) people.push(await stage.person(name));
  const [ann, bob] = people;
  if (!ann || !bob) throw new Error('Nobody came.');
  await ann.ask('relation.ask', { user: bob.user, kind: 'contact' });
  await bob.ask('relation.accept', { user: ann.user });
  const { log = '' } = await ann.ask('conversation.create', { name: 'name 0' });
  return { stage, people, log, model: new GroupModel() };
}

type Begun = Awaited<ReturnType<typeof begun>>;

function carriedOut({ people, log: conversation, model }: Begun, { verb, by, of, pick }: Wish): Promise<AnyFact> {
  const device = people[by] as Device;
  const user = (people[of] as Device).user;
  const seq = model.message(pick)?.seq ?? 99;
  switch (verb) {
    case 'look':
      return device.ask('conversation.open', { conversation });
    case 'add':
      return device.ask('member.add', { conversation, users: [user] });
    case 'join':
      return device.ask('conversation.join', { conversation });
    case 'decline':
      return device.ask('conversation.decline', { conversation });
    case 'send':
      return device.says(conversation, `text ${pick}`);
    case 'leave':
      return device.ask('conversation.leave', { conversation });
    case 'remove':
      return device.ask('member.remove', { conversation, user });
    case 'ban':
      return device.ask('member.remove', { conversation, user, ban: true });
    case 'unban':
      return device.ask('member.unban', { conversation, user });
    case 'role':
      return device.ask('member.set', { conversation, user, role: roles[pick % 4] ?? '' });
    case 'rename':
      return device.ask('conversation.set', { conversation, name: `name ${pick % 3}` });
    case 'public':
      return device.ask('conversation.set', { conversation, public: pick % 2 === 1 });
    case 'history':
      return device.ask('conversation.set', { conversation, history: pick % 2 === 1 ? 'joined' : 'all' });
    case 'edit':
      return device.ask('message.edit', { conversation, seq, text: `edit ${pick}` });
    case 'delete':
      return device.ask('message.delete', { conversation, seq });
    default:
      return verb satisfies never;
  }
}

function outcomeOf(fact: AnyFact, log: string): Outcome {
  if (fact.type === 'error') {
    expect(fact.body.code).toBe('not_found');
    return 'refused';
  }
  return fact.log === log ? 'done' : 'ack';
}

/** Every fact of the group that this person can page. */
async function paged(device: Device, log: string): Promise<AnyFact[]> {
  const from = device.told.length;
  let after = 0;
  for (;;) {
    const fact = await device.ask('log.read', { log, after });
    if (fact.type !== 'log.paged') break;
    if (!fact.body.more) break;
    after = fact.body.to;
  }
  return device.told.slice(from).filter((fact) => fact.log === log);
}

function seqsTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

async function agree({ people, log, model, stage }: Begun): Promise<void> {
  const members = await stage.store.members(log, 9);
  const role = (user: number) => roles[model.role(user)];
  expect(Object.fromEntries(members.map((row) => [row.user, row.role]))).toEqual(
    Object.fromEntries([...model.members.keys()].map((user) => [people[user]?.user, role(user)])),
  );
  expect(members.length === 0 || members.some((row) => row.role === 'owner')).toBe(true);
  expect((await stage.store.log(log))?.lastSeq).toBe(model.last);
  for (const [user, device] of people.entries()) {
    const facts = await paged(device, log);
    expect(facts.map(({ seq }) => seq)).toEqual(seqsTo(model.last).filter((seq) => model.sees(user, seq)));
    expect(facts[0]?.prev ?? 0).toBe(0);
    const texts = facts.flatMap((fact) => (fact.type === 'message.sent' ? fact.body.text : []));
    const seen = model.messages.filter(({ seq }) => model.sees(user, seq));
    expect(texts).toEqual(seen.map(({ text }) => text));
    if (!model.members.has(user)) continue;
    const news = seen.filter(({ by, text }) => by !== user && text !== '');
    expect(await headOf(device, log)).toMatchObject({
      ...{ role: role(user), members: model.members.size, unread: news.length, name: `name ${model.name}` },
      history: model.hidesHistory ? 'joined' : 'all',
    });
  }
  const invited = people.map((device) => asked(device, 'invite.list', {}, 'invite.listed'));
  const lists = (await Promise.all(invited)).map(({ invites }) => invites.length);
  expect(lists).toEqual(people.map((_, user) => (model.invited.has(user) && !model.members.has(user) ? 1 : 0)));
}

const stores: readonly [name: string, make: () => Store][] = [
  ['memory', memoryStore],
  ['SQLite', () => sqliteStore({ path: ':memory:' })],
];

test.each(stores)(
  'lets nobody do or read what the model forbids, and leaves no group without an owner: %s',
  async (_, make) => {
    await fc.assert(
      fc.asyncProperty(
        party,
        fc.array(wish, { minLength: 10, maxLength: 40 }),
        fc.nat(7),
        async (first, more, rhythm) => {
          const group = await begun(make());

          for (const [index, next] of [...first, ...more].entries()) {
            group.stage.clock.advance(1_000);
            const heard = group.people.map(({ told }) => told.length);
            const before = group.people.map((_, user) => seqsTo(99).filter((seq) => group.model.sees(user, seq)));
            const answer = carriedOut(group, next);
            const expected = group.model.step(next);
            expect([next, outcomeOf(await answer, group.log)]).toEqual([next, expected]);
            for (const [user, device] of group.people.entries()) {
              const told = device.told.slice(heard[user]).flatMap(({ log, seq = 0 }) => (log === group.log ? seq : []));
              expect(told.filter((seq) => !before[user]?.includes(seq) && !group.model.sees(user, seq))).toEqual([]);
            }
            if (index % 8 === rhythm) await agree(group);
          }

          await agree(group);
        },
      ),
      { numRuns: 40 },
    );
  },
  60_000,
);
