import { expect, test } from 'vitest';
import type { DeskActions } from '../../../protocol/desk.ts';
import type { AnyFact } from '../../../protocol/facts.ts';
import { codeOf, type Device, Stage } from '../../bin/contract-stage.ts';
import { memoryStore } from '../../stores/memory.ts';
import { asks, assignees, caseOf, colleagueAt, deskStage, passes, shown, supportOf, wish } from './contract-desk.ts';

test('gives a case to one of two colleagues who take it at once, and tells the other that he is too late', async () => {
  const stage = await Stage.open();
  const [bob, eve] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'eve')];
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);

  const answers = await Promise.all([
    wish(bob, 'desk.take', { conversation }),
    wish(eve, 'desk.take', { conversation }),
  ]);

  expect(answers.map(codeOf).toSorted()).toEqual(['desk.changed', 'too_late']);
  const winner = codeOf(answers[0]) === 'too_late' ? eve : bob;
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'assigned', assignee: winner.user });
});

test('leaves a case with who has it, unless somebody says from whom he takes it', async () => {
  const stage = await Stage.open();
  const [bob, eve] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'eve')];
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);
  await wish(bob, 'desk.take', { conversation });

  const blind = await wish(eve, 'desk.take', { conversation });
  const seen = await wish(eve, 'desk.take', { conversation, from: bob.user });
  const late = await wish(bob, 'desk.take', { conversation, from: bob.user });

  expect([blind, seen, late].map(codeOf)).toEqual(['too_late', 'desk.changed', 'too_late']);
  expect(await caseOf(stage.store, ann)).toMatchObject({ assignee: eve.user });
});

test('lets nobody but colleagues see, hear or change the desk', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');
  const [ann, eve] = [await stage.person('ann'), await stage.person('eve')];
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);
  const log = conversation.replace('support', 'desk');
  await wish(bob, 'desk.note', { conversation, text: 'A difficult one' });

  const before = await caseOf(stage.store, ann);
  // One that is missing does not compile.
  const wishes: { readonly [T in keyof DeskActions]: DeskActions[T] } = {
    'desk.show': {},
    'desk.list': { view: 'waiting' },
    'desk.open': { conversation },
    'desk.take': { conversation },
    'desk.assign': { conversation, to: eve.user },
    'desk.move': { conversation, queue: 'support' },
    'desk.invite': { conversation, user: eve.user },
    'desk.note': { conversation, text: 'Me too' },
    'desk.snooze': { conversation, until: stage.clock.now() + 60_000 },
    'desk.close': { conversation },
    'desk.reopen': { conversation },
    'desk.available': { available: true },
    'desk.can': { id: 'hello', title: 'Hello', text: 'Hello' },
  };
  const tries: AnyFact[] = [];
  for (const visitor of [ann, eve]) {
    for (const [type, body] of Object.entries(wishes))
      tries.push(...(await visitor.answers(visitor.action(type, body))));
  }
  tries.push(
    await ann.ask('conversation.open', { conversation: log }),
    await ann.ask('log.read', { log }),
    await ann.says(log, 'Hello'),
    await bob.says(log, 'Hello'),
  );

  expect(new Set(tries.map(codeOf))).toEqual(new Set(['not_found']));
  expect(await caseOf(stage.store, ann)).toEqual(before);
  expect([...ann.told, ...eve.told].filter((fact) => fact.log === log)).toEqual([]);
  const own = bob.facts(log).map(({ type }) => String(type));
  expect(own).toEqual(['desk.changed', 'note.added']);
});

test('keeps what is said among colleagues out of their list of conversations', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');

  await wish(bob, 'desk.note', { conversation: supportOf(ann), text: 'A difficult one' });
  const listed = await bob.ask('conversation.list', {});

  const heads = listed.type === 'conversation.listed' ? listed.body.conversations : [];
  expect(heads.map(({ id }) => id)).toEqual([supportOf(ann)]);
});

test('tells a colleague of a note that names him, also where he does not look at the case', async () => {
  const stage = await Stage.open();
  const [bob, lea] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'lea')];
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);

  await wish(bob, 'desk.note', { conversation, text: 'For @lea', mentions: [lea.user] });
  const toVisitor = await wish(bob, 'desk.note', { conversation, text: 'For @ann', mentions: [ann.user] });

  const notes = lea.facts(conversation.replace('support', 'desk')).filter(({ type }) => String(type) === 'note.added');
  expect(notes.map(({ body }) => body)).toEqual([{ conversation, text: 'For @lea', mentions: [lea.user] }]);
  expect(codeOf(toVisitor)).toBe('not_found');
});

test('shows a case with its visitor, its notes and how often he has asked before', async () => {
  const stage = await deskStage({ queues: [{ id: 'sales', name: 'Sales', assignment: 'pull' }] });
  const bob = await colleagueAt(stage, 'bob');
  const ann = await stage.named('ann', 'Ann');
  await ann.ask('conversation.open', { conversation: 'support' });
  await ann.ask('profile.tell', { attributes: { plan: 'gold' } });
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);
  await wish(bob, 'desk.take', { conversation });
  await wish(bob, 'desk.close', { conversation });
  await wish(bob, 'desk.note', { conversation, text: 'Call her', mentions: [bob.user] });

  const opened = await shown(bob, 'desk.open', { conversation }, 'desk.case');

  expect(opened).toMatchObject({
    case: { state: 'closed', queue: 'sales', visitor: { user: ann.user, name: 'Ann', verified: false } },
    notes: [{ by: bob.user, text: 'Call her', mentions: [bob.user] }],
    attributes: { plan: 'gold' },
    before: 1,
  });
});

test('lists each case where it stands, those that wait in the order of their turn, page by page', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');
  const people = [];
  for (const name of ['ann', 'dan', 'eve', 'fay', 'gil']) {
    const person = await stage.person(name);
    await person.says('support', `I am ${name}`);
    stage.clock.advance(1);
    people.push(person);
  }
  const [ann, dan, eve, fay, gil] = people.map(supportOf);
  await wish(bob, 'desk.take', { conversation: ann ?? '' });
  await wish(bob, 'desk.snooze', { conversation: dan ?? '', until: 60_000 });
  await bob.quiet();

  const first = await shown(bob, 'desk.list', { view: 'waiting', limit: 2 }, 'desk.listed');
  const rest = await shown(bob, 'desk.list', { view: 'waiting', before: first.next ?? '' }, 'desk.listed');
  const mine = await shown(bob, 'desk.list', { view: 'mine' }, 'desk.listed');
  const snoozed = await shown(bob, 'desk.list', { view: 'snoozed' }, 'desk.listed');

  expect(first.cases.map(({ conversation, place }) => [conversation, place])).toEqual([
    [eve, 1],
    [fay, 2],
  ]);
  expect(rest).toMatchObject({ cases: [{ conversation: gil, place: 3, unread: 1, line: { text: 'I am gil' } }] });
  expect(rest.next).toBeUndefined();
  expect(mine.cases.map(({ conversation }) => conversation)).toEqual([ann]);
  expect(snoozed.cases).toMatchObject([{ conversation: dan, until: 60_000, assignee: bob.user }]);
});

test('lists what is closed newest first, and continues', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');
  const ids: string[] = [];
  for (const name of ['ann', 'dan', 'eve']) {
    const person = await stage.person(name);
    await person.says('support', 'Hello');
    stage.clock.advance(1);
    await wish(bob, 'desk.close', { conversation: supportOf(person) });
    ids.unshift(supportOf(person));
  }

  const first = await shown(bob, 'desk.list', { view: 'closed', limit: 2 }, 'desk.listed');
  const rest = await shown(bob, 'desk.list', { view: 'closed', before: first.next ?? '' }, 'desk.listed');

  expect([...first.cases, ...rest.cases].map(({ conversation }) => conversation)).toEqual(ids);
});

test('lets who answers have the case, and brings a closed one back with the next word', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);

  await bob.says(conversation, 'How can I help?');
  const answered = await caseOf(stage.store, ann);
  await wish(bob, 'desk.close', { conversation });
  const over = await caseOf(stage.store, ann);
  await ann.says('support', 'Still broken');

  expect(answered).toMatchObject({ state: 'assigned', assignee: bob.user });
  expect(over).toMatchObject({ state: 'closed' });
  expect(over).not.toHaveProperty('assignee');
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'waiting', former: bob.user, rounds: 1 });
});

test('brings what was snoozed back when its time has come, and before with a word of the visitor', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');
  const [ann, eve] = [await stage.person('ann'), await stage.person('eve')];
  for (const person of [ann, eve]) {
    await person.says('support', 'Help me');
    await wish(bob, 'desk.snooze', { conversation: supportOf(person), until: 3_600_000 });
  }
  const before = await wish(bob, 'desk.snooze', { conversation: supportOf(ann), until: -0 });

  await eve.says('support', 'Are you there?');
  const woken = [await caseOf(stage.store, ann), await caseOf(stage.store, eve)];
  await passes(stage, 3_600_001, bob);

  expect(codeOf(before)).toBe('schema');
  expect(woken.map((row) => row?.state)).toEqual(['snoozed', 'assigned']);
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'assigned', assignee: bob.user });
});

test('gives a case to another, asks a third in, and moves it to another queue', async () => {
  const queues = [
    { id: 'sales', name: 'Sales', assignment: 'pull' as const },
    { id: 'returns', name: 'Returns', assignment: 'pull' as const },
  ];
  const stage = await deskStage({ queues });
  const [bob, eve] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'eve')];
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);

  await wish(bob, 'desk.assign', { conversation, to: eve.user });
  await wish(bob, 'desk.invite', { conversation, user: bob.user });
  const given = await shown(bob, 'desk.open', { conversation }, 'desk.case');
  const wrong = [
    await wish(bob, 'desk.assign', { conversation, to: ann.user }),
    await wish(bob, 'desk.move', { conversation, queue: 'nowhere' }),
  ];
  await wish(eve, 'desk.move', { conversation, queue: 'returns' });

  expect(given.case).toMatchObject({ assignee: eve.user, invited: [bob.user] });
  expect(wrong.map(codeOf)).toEqual(['not_found', 'kind_unknown']);
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'waiting', queue: 'returns' });
});

test('lets a supervisor alone give a colleague more cases than he may have', async () => {
  const store = memoryStore();
  const site = (supervisor: string) => {
    const queues = [{ id: 'all', name: 'All', assignment: 'pull' as const }];
    return deskStage({ queues, capacity: 1, colleagues: [{ is: supervisor, supervisor: true }] }, { store });
  };
  const stage = await site('u_nobody00000000000000');
  const [bob, eve] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'eve')];
  const people = await asks(stage, 'ann', 'dan');
  for (const one of people) await wish(bob, 'desk.assign', { conversation: supportOf(one), to: eve.user });
  const before = await assignees(stage, people);

  const led = await site(bob.user);
  const boss = await led.person('bob');
  await boss.quiet();
  const [, dan] = people as [Device, Device];
  await wish(boss, 'desk.assign', { conversation: supportOf(dan), to: eve.user });

  expect(boss.user).toBe(bob.user);
  expect(before).toEqual([eve.user, undefined]);
  expect(await assignees(led, people)).toEqual([eve.user, eve.user]);
});

test('lets supervisors alone write canned answers, where the site has declared any', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');
  const desk = {
    colleagues: [{ is: 'boss@example.com', supervisor: true }],
    canned: [{ id: 'hi', title: 'Hi', text: 'Hello' }],
  };
  const strict = await deskStage(desk);
  const eve = await colleagueAt(strict, 'eve');

  await wish(bob, 'desk.can', { id: 'bye', title: 'Bye', text: 'Good bye' });
  const own = await shown(bob, 'desk.show', {}, 'desk.shown');
  const refused = await wish(eve, 'desk.can', { id: 'bye', text: 'Good bye' });
  const declared = await shown(eve, 'desk.show', {}, 'desk.shown');

  expect(own.canned).toEqual([{ id: 'bye', title: 'Bye', text: 'Good bye' }]);
  expect(codeOf(refused)).toBe('not_found');
  expect(declared.canned).toEqual(desk.canned);
  expect(declared.me).toMatchObject({ user: eve.user, supervisor: false, capacity: 5, load: 0, available: true });
});
