import { expect, test } from 'vitest';
import type { AnyFact } from '../../../protocol/facts.ts';
import { type Device, textsOf } from '../../bin/contract-stage.ts';
import { asks, assignees, caseOf, colleagueAt, deskStage, passes, shown, supportOf, wish } from './contract-desk.ts';

/** The hand-moved clock begins on a Thursday at midnight UTC. */
const nineToFive = { zone: 'UTC', week: { thu: [['09:00', '17:00']], fri: [['09:00', '17:00']] } } as const;
const hour = 3_600_000;

function linesOf(person: Device): (string | undefined)[] {
  return person.told.flatMap((fact: AnyFact) => (fact.type === 'support.changed' ? [fact.body.line] : []));
}

test('gives each case to who has the fewest, and nobody more than he may have', async () => {
  const stage = await deskStage({ capacity: 2 });
  const [bob, eve] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'eve')];

  const people = await asks(stage, 'ann', 'dan', 'fay', 'gil', 'hal');
  await passes(stage, 1, bob);
  const given = await assignees(stage, people);
  await wish(bob, 'desk.close', { conversation: supportOf(people[given.indexOf(bob.user)] as Device) });
  await passes(stage, 1, bob);

  expect(given.filter((user) => user === bob.user)).toHaveLength(2);
  expect(given.filter((user) => user === eve.user)).toHaveLength(2);
  expect(given[4]).toBeUndefined();
  expect((await assignees(stage, people))[4]).toBe(bob.user);
});

test('gives cases round robin, whoever has how many', async () => {
  const stage = await deskStage({ queues: [{ id: 'all', name: 'All', assignment: 'round-robin' }], capacity: 9 });
  const [bob, eve] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'eve')];

  const people = [];
  for (const name of ['ann', 'dan', 'fay', 'gil']) {
    people.push(...(await asks(stage, name)));
    await passes(stage, 1, bob);
  }

  const given = await assignees(stage, people);
  expect(given[0]).not.toBe(given[1]);
  expect(given.slice(2)).toEqual(given.slice(0, 2));
  expect(new Set(given)).toEqual(new Set([bob.user, eve.user]));
});

test('asks for skills, sends topics and languages to their queues, and spares who takes nothing', async () => {
  const bob = 'u_nobody00000000000000';
  const stage = await deskStage({
    queues: [
      { id: 'plain', name: 'Plain' },
      { id: 'deutsch', name: 'Deutsch', languages: ['de'] },
      { id: 'returns', name: 'Returns', topics: ['return'], skills: ['stock'] },
    ],
    colleagues: [{ is: bob, skills: ['stock'] }],
  });
  const eve = await colleagueAt(stage, 'eve');
  const ann = await stage.person('ann');
  await ann.ask('profile.tell', { attributes: { topic: 'return' } });
  await ann.says('support', 'Too small');
  const dan = await stage.person('dan');
  await dan.ask('profile.tell', { attributes: { language: 'de-CH' } });
  await wish(eve, 'desk.available', { available: false });
  await dan.says('support', 'Guten Tag');
  await passes(stage, 1, eve);
  const idle = await caseOf(stage.store, dan);

  await wish(eve, 'desk.available', { available: true });
  await passes(stage, 1, eve);

  expect(await caseOf(stage.store, ann)).toMatchObject({ queue: 'returns', state: 'waiting' });
  expect(idle).toMatchObject({ queue: 'deutsch', state: 'waiting' });
  expect(await caseOf(stage.store, dan)).toMatchObject({ state: 'assigned', assignee: eve.user });
});

test('gives who comes back the colleague whom he had, where the queue says so', async () => {
  const stage = await deskStage({ queues: [{ id: 'all', name: 'All', sticky: true }] });
  const [bob] = [await colleagueAt(stage, 'bob'), await colleagueAt(stage, 'eve')];
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);
  const first = (await assignees(stage, [ann]))[0];
  const other = await asks(stage, 'dan', 'fay', 'gil');
  await passes(stage, 1, bob);
  await wish(bob, 'desk.close', { conversation: supportOf(ann) });

  await ann.says('support', 'Me again');
  await passes(stage, 1, bob);

  expect(await assignees(stage, [ann])).toEqual([first]);
  expect((await assignees(stage, other)).every((user) => user !== undefined)).toBe(true);
});

test('tells a visitor his place in his own language, at once when he looks and again when it changes', async () => {
  const stage = await deskStage({ capacity: 1 });
  const bob = await colleagueAt(stage, 'bob');
  const [first] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);
  await asks(stage, 'dan');
  const fay = await stage.person('fay');
  await fay.ask('profile.tell', { attributes: { language: 'de' } });
  await fay.says('support', 'Hallo');

  await fay.ask('conversation.open', { conversation: 'support' });
  await wish(bob, 'desk.close', { conversation: supportOf(first) });
  await passes(stage, 3_000, bob);
  await passes(stage, 3_000, bob);
  await fay.quiet();

  expect(linesOf(fay)).toEqual(['Platz 2 in der Schlange', 'Platz 1 in der Schlange']);
});

test('says once that it is closed, and takes up at opening what was left, the oldest first', async () => {
  const stage = await deskStage({ hours: nineToFive, capacity: 1 });
  const bob = await colleagueAt(stage, 'bob');

  const [ann, dan] = (await asks(stage, 'ann', 'dan')) as [Device, Device];
  await ann.says('support', 'Hello?');
  const night = [await caseOf(stage.store, ann), await caseOf(stage.store, dan)];
  await passes(stage, 9 * hour, bob);
  await passes(stage, 1, bob);

  const said = textsOf(ann.told);
  expect(night.map((row) => row?.state)).toEqual(['away', 'away']);
  expect(said.filter((text) => text.startsWith('We are closed now'))).toEqual([
    'We are closed now. Your message is kept, and we answer from Thursday 09:00 AM.',
  ]);
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'assigned', assignee: bob.user });
  expect(await caseOf(stage.store, dan)).toMatchObject({ state: 'waiting' });
});

test('keeps the hours and the holidays of the desk’s own time zone', async () => {
  const day = [['09:00', '17:00']] as const;
  // In Tokyo the hand-moved clock begins on Thursday at nine.
  const hours = { zone: 'Asia/Tokyo', week: { thu: day, fri: day }, holidays: ['1970-01-01'] };
  const stage = await deskStage({ hours });
  const bob = await colleagueAt(stage, 'bob');

  const [ann] = (await asks(stage, 'ann')) as [Device];
  const onHoliday = await caseOf(stage.store, ann);
  await passes(stage, 24 * hour - 10, bob);
  const before = await caseOf(stage.store, ann);
  await passes(stage, 10, bob);
  await passes(stage, 1, bob);

  expect([onHoliday?.state, before?.state]).toEqual(['away', 'away']);
  expect(textsOf(ann.told).filter((text) => text.includes('from Friday'))).toHaveLength(1);
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'assigned', assignee: bob.user });
});

test('says that nobody is there within the hours, and gives the case to the first who comes', async () => {
  const stage = await deskStage();
  const ann = await stage.person('ann');
  await ann.says('support', 'Early');
  await ann.quiet();

  await ann.says('support', 'Anybody?');
  await ann.says('support', 'Hello?');
  const bob = await colleagueAt(stage, 'bob');
  await passes(stage, 1, bob);

  expect(textsOf(ann.told).filter((text) => text.startsWith('Nobody is free'))).toHaveLength(1);
  expect(await caseOf(stage.store, ann)).toMatchObject({ state: 'assigned', assignee: bob.user });
});

test('asks how it was when it is over, and keeps the score and what is added to it', async () => {
  const stage = await deskStage();
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await passes(stage, 1, bob);
  const conversation = supportOf(ann);
  await bob.says(conversation, 'Done');
  await wish(bob, 'desk.close', { conversation });
  await ann.quiet();
  const question = ann.facts(conversation).findLast(({ type }) => type === 'message.sent');

  await ann.ask('message.answer', { conversation, seq: question?.seq ?? 0, choice: 'desk-rate-4' });
  await ann.quiet();
  const form = ann.facts(conversation).findLast(({ type }) => type === 'message.sent');
  await ann.ask('message.answer', { conversation, seq: form?.seq ?? 0, values: { 'desk-comment': 'Quick' } });

  const { case: over } = await shown(bob, 'desk.open', { conversation }, 'desk.case');
  expect(textsOf(ann.told).at(-2)).toContain('How was our help');
  expect(over).toMatchObject({ state: 'closed', score: 4, comment: 'Quick' });
});

test('takes no rating from a message that the desk has not written', async () => {
  const stage = await deskStage();
  const bob = await colleagueAt(stage, 'bob');
  const [ann] = (await asks(stage, 'ann')) as [Device];
  await bob.says(supportOf(ann), 'Done');

  const answer = await ann.ask('message.answer', { conversation: supportOf(ann), seq: 3, choice: 'desk-rate-5' });

  expect(answer.type).toBe('error');
  expect(await caseOf(stage.store, ann)).not.toHaveProperty('score');
});
