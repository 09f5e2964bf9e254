import * as v from 'valibot';
import { expect, expectTypeOf, test } from 'vitest';
import { codeOf, Stage, textsOf } from '../bin/contract-stage.ts';
import { answer, append, ignore, refuse } from './effect.ts';
import { defineEvents } from './events.ts';
import type { Friend } from './friend.ts';
import type { ReactionContext } from './rule.ts';
import type { Where } from './where.ts';

const replies = [{ id: 'yes', label: 'Yes' }];
const form = { fields: [{ id: 'size', label: 'Size', kind: 'number' as const }] };

/** Says what each filter let through, in order, by the name of the filter. */
async function listening(seen: string[], wheres: Readonly<Record<string, Where>> = {}): Promise<Stage> {
  return Stage.open({
    prepare: (friend) => {
      const note = (name: string) => (context: { readonly fact: ReactionContext['fact'] }) => {
        seen.push(`${name} ${context.fact.seq}`);
        return [];
      };
      for (const name of ['message:text', 'message:offer', 'answer:choice', 'answer:form'] as const) {
        friend.after(name, note(name));
      }
      for (const [name, where] of Object.entries(wheres)) friend.after('message:text', where, note(name), name);
      friend.on('stage.offer', ({ action }) => [
        append('c_room_lobby', 'message.sent', { text: 'Well?', extras: action.body as object }, { item: true }),
      ]);
    },
  });
}

test('lets through what the filter names, and hands its type on', async () => {
  const seen: string[] = [];
  const stage = await listening(seen);
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await stage.friend.inject(ann.user, ann.action('stage.offer', { replies }));
  await stage.friend.inject(ann.user, ann.action('stage.offer', { form }));
  await ann.ask('message.answer', { conversation: 'c_room_lobby', seq: 4, choice: 'yes' });
  await ann.ask('message.answer', { conversation: 'c_room_lobby', seq: 5, values: { size: 7 } });
  await expect.poll(() => seen).toContain('answer:form 7');

  expect(seen).toEqual([
    'message:text 3',
    'message:text 4',
    'message:offer 4',
    'message:text 5',
    'message:offer 5',
    'answer:choice 6',
    'answer:form 7',
  ]);
});

test('lets through what is said in a place, by somebody, in a role, or to somebody', async () => {
  const seen: string[] = [];
  const stage = await listening(seen, {
    group: { in: 'group' },
    support: { in: 'support', by: 'visitor' },
    answers: { in: 'support', by: ['colleague', 'bot'] },
    room: { in: 'c_room_lobby', by: 'person' },
    owner: { role: 'owner' },
  });
  const [ann, bob, kim] = [await stage.person('ann'), await stage.person('bob'), await stage.colleague('kim')];

  await ann.says('room:lobby', 'one');
  await bob.says('room:lobby', 'two');
  await bob.says('support', 'three');
  await kim.says(`c_support_${bob.user.slice(2)}`, 'four');
  await expect.poll(() => seen.filter((line) => line.startsWith('answers'))).toHaveLength(1);

  const placed = seen.filter((line) => !line.startsWith('message:'));
  expect(placed.sort()).toEqual(['answers 5', 'group 3', 'group 5', 'room 3', 'room 5', 'support 3']);
});

test('lets through who is named', async () => {
  const seen: string[] = [];
  const stage = await Stage.open();
  const kim = await stage.person('kim');
  const again = await Stage.open({
    store: stage.store,
    prepare: (friend) =>
      friend.after('message.sent', { mentions: kim.user }, ({ author, conversation, fact }) => {
        seen.push(`${author.name} in ${conversation.kind}: ${fact.body.text}`);
        return [];
      }),
  });
  const [ann, kimAgain] = [await again.person('ann'), await again.person('kim')];
  await kimAgain.says('room:lobby', 'I am here');

  await ann.says('room:lobby', 'nobody');
  await ann.ask('message.send', { conversation: 'room:lobby', text: '@kim', mentions: [kim.user] });
  await expect.poll(() => seen).toHaveLength(1);

  expect(seen).toEqual(['ann in group: @kim']);
});

test('decides by the first rule that fits, which may ask the next', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend
        .on('message.send', { in: 'support', by: 'visitor' }, async ({ action }, next) =>
          /casino/i.test(action.body.text) ? [refuse('slow')] : next(),
        )
        .on('message.send', { in: 'group' }, () => [refuse('too_late')])
        .on('message.send', { in: 'support' }, () => [refuse('busy')]),
  });
  const [ann, kim] = [await stage.person('ann'), await stage.colleague('kim')];

  const answers = [
    await ann.says('support', 'Casino!'),
    await ann.says('support', 'Hello'),
    await ann.says('room:lobby', 'Hello'),
    await ann.says(`user:${kim.user}`, 'Hello'),
  ];

  expect(answers.map(codeOf)).toEqual(['slow', 'busy', 'too_late', 'message.sent']);
});

test('redirects, changes, answers or ignores what the protocol knows, and counts what it ignores', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend
        // A word to somebody's own address goes to the room in its place.
        .on('message.send', { in: 'direct' }, ({ action }) => [
          append('c_room_lobby', 'message.sent', { text: action.body.text }, { item: true }),
        ])
        .on('message.send', { in: 'group' }, async (_, next) =>
          (await next()).map((effect) =>
            effect.do === 'append' && effect.type === 'message.sent'
              ? { ...effect, body: { ...(effect.body as object), text: 'Well said.' } }
              : effect,
          ),
        )
        .on('profile.set', { by: 'visitor' }, () => [answer('ack', {})])
        .on('typing.set', { in: 'group' }, () => [ignore('nobody types here')]),
  });
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  for (const one of [ann, bob]) await one.ask('conversation.open', { conversation: 'room:lobby' });
  const direct = await ann.ask('conversation.open', { conversation: `user:${bob.user}` });

  const answers = [
    await ann.says('room:lobby', 'Nonsense'),
    await ann.says(`user:${bob.user}`, 'Just for you'),
    await ann.ask('profile.set', { name: 'Queen Ann' }),
  ];
  ann.send(ann.action('typing.set', { conversation: 'c_room_lobby', on: true }));
  await bob.quiet();

  expect(answers.map(codeOf)).toEqual(['message.sent', 'message.sent', 'ack']);
  expect(textsOf(bob.facts('c_room_lobby'))).toEqual(['Well said.', 'Just for you']);
  expect(bob.told.filter(({ type }) => type === 'typing.changed')).toEqual([]);
  expect(stage.friend.meter.of('ignored')).toBe(1);
  const stored = direct.type === 'conversation.opened' ? await stage.store.log(direct.body.conversation.id) : undefined;
  expect(stored?.lastSeq ?? 0).toBe(0);
  expect((await stage.store.user(ann.user))?.name).toBe('ann');
});

test('answers what no filtered rule takes as if there were none', async () => {
  const own = defineEvents({ actions: { 'desk.sweep': v.strictObject({}) } });
  const stage = await Stage.open({
    prepare: (friend) => void friend.events(own).on('desk.sweep', { by: 'colleague' }, () => []),
  });
  const [ann, kim] = [await stage.person('ann'), await stage.colleague('kim')];

  const answers = await Promise.all([ann, kim].map((one) => one.answers(one.action('desk.sweep', {}))));

  expect(answers.flat().map(codeOf)).toEqual(['not_found', 'ack']);
});

test.each<[string, (friend: Friend) => void, string]>([
  ['a filter', (friend) => friend.after('message:txt', () => []), 'message:text, message:files'],
  ['a filter of facts for actions', (friend) => friend.on('message:text', () => []), 'message:text'],
  ['a key', (friend) => friend.after('message.sent', { at: 1 } as Where, () => []), 'in, by, role, mentions'],
  ['a place', (friend) => friend.on('message.send', { in: 'lobby' } as unknown as Where, () => []), 'direct, group'],
  ['somebody', (friend) => friend.after('message.sent', { by: 'cat' } as unknown as Where, () => []), 'person'],
])('says what there is where there is no such thing: %s', async (_, prepare, listed) => {
  const open = Stage.open({ prepare });

  await expect(open).rejects.toThrow(/FRIEND_FILTER/);
  await expect(open).rejects.toThrow(listed);
});

test('narrows bodies, and what is given with a place', () => {
  const check = (friend: Friend): void => {
    friend.after('answer:choice', ({ fact }) => {
      expectTypeOf(fact.body.choice).toEqualTypeOf<string>();
      expectTypeOf(fact.type).toEqualTypeOf<'message.answered'>();
      return [];
    });
    friend.after('message:files', { by: 'visitor' }, ({ fact, author }) => {
      expectTypeOf(fact.body.extras.files[0]?.name).toEqualTypeOf<string | undefined>();
      expectTypeOf(author.name).toEqualTypeOf<string>();
      return [];
    });
    friend.on('message.send', { in: 'group' }, ({ conversation }, next) => {
      expectTypeOf(conversation.id).toEqualTypeOf<string>();
      return next();
    });
    friend.on('message.send', { by: 'bot' }, ({ conversation }, next) => {
      expectTypeOf(conversation?.id).toEqualTypeOf<string | undefined>();
      return next();
    });
  };

  expect(check).toBeTypeOf('function');
});
