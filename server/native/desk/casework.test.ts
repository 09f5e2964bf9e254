import { expect, test } from 'vitest';
import type { Case, DeskFacts } from '../../../protocol/desk.ts';
import type { Fact } from '../../../protocol/facts.ts';
import { handClock } from '../../transports/hand-clock.ts';
import { Casework } from './casework.ts';
import { cardWith, caseOf, DeskLine, shownDesk } from './contract-desk.ts';

const conversation = 'c_support_vera';
const mine = caseOf({ state: 'assigned', assignee: 'u_kim' });
const leas = caseOf({ state: 'assigned', assignee: 'u_lea' });

/** Kim's account, before a desk that answers by a table; what it was told, and from where it was sent all. */
function account(line: DeskLine, colleague = 'u_kim') {
  const said: string[] = [];
  const begun: string[] = [];
  const raised = new Map<string, number>();
  const clock = handClock();
  let looked = 0;
  const casework = new Casework({
    line,
    clock,
    positions: {
      of: (logs) => Promise.resolve(new Map(logs.map((log) => [log, raised.get(log) ?? 0]))),
      raise: (log, seq) => void raised.set(log, seq),
    },
    colleague: () => colleague,
    begin: async (log) => void begun.push(log),
    lookAgain: () => {
      looked += 1;
    },
    says: (_, text) => said.push(text) > 0,
  });
  return { casework, said, begun, raised, clock, looked: () => looked };
}

function changed(one: Case, by = 'u_lea'): Fact {
  return { type: 'desk.changed', log: 'c_desk_vera', seq: 2, at: 0, by, body: one };
}

function note(seq: number, more: Partial<DeskFacts['note.added']> = {}, by = 'u_lea'): Fact {
  const body = { conversation, text: `note ${seq}`, ...more };
  return { type: 'note.added', log: 'c_desk_vera', seq, at: 0, by, body };
}

test('begins to tell a case when it is given to the account, and ends when it is given on', async () => {
  const { casework, said, begun } = account(new DeskLine({ 'desk.case': cardWith(leas) }));
  await casework.resume();
  const before = await casework.tells(conversation);

  await casework.told(changed(mine));
  const between = casework.isTold(conversation);
  await casework.told(changed(leas));

  expect([before, between, casework.isTold(conversation)]).toEqual([false, true, false]);
  expect(begun).toEqual([conversation]);
  expect(said).toEqual([
    'You have this case now (sales). /who says more, /help what you can do.',
    'Lea Lang has this case now.',
  ]);
});

test('says that a case was given to it while nobody told, once, and not of one that it has had', async () => {
  const listed: { cases: Case[] } = { cases: [] };
  const first = account(new DeskLine({ 'desk.listed': listed }));
  await first.casework.resume();
  listed.cases.push(mine);
  const later = account(new DeskLine({ 'desk.listed': listed }));
  const known = account(new DeskLine({ 'desk.listed': listed }));
  known.raised.set(conversation, 3);

  for (const { casework } of [first, later, known]) {
    await casework.resume();
    await casework.told(changed(mine));
    await casework.resume();
  }

  const words = 'You have this case now (sales). /who says more, /help what you can do.';
  expect([first.said, later.said, known.said]).toEqual([[words], [words], []]);
});

test('says nothing of what the account has done itself', async () => {
  const { casework, said, begun } = account(new DeskLine({ 'desk.case': cardWith(leas) }));
  await casework.tells(conversation);

  await casework.told(changed(mine, 'u_kim'));

  expect([said, begun]).toEqual([[], [conversation]]);
});

test('tells what waits in a queue from which colleagues take, and not where cases are given to them', async () => {
  const pulled = account(new DeskLine({ 'desk.shown': { ...shownDesk, me: { ...shownDesk.me, queues: ['sales'] } } }));
  const [sales] = shownDesk.queues;
  const queues = sales === undefined ? [] : [{ ...sales, pull: false }];
  const given = account(new DeskLine({ 'desk.shown': { ...shownDesk, queues } }));
  for (const { casework } of [pulled, given]) {
    await casework.resume();
    await casework.told(changed(caseOf(), 'u_vera'));
  }

  const told = [pulled, given].map(({ casework }) => casework.isTold(conversation));

  expect(told).toEqual([true, false]);
});

test('tells notes of his own cases once, those that name him, and no others', async () => {
  const { casework, said, raised } = account(new DeskLine({ 'desk.case': cardWith(leas) }));
  await casework.resume();

  await casework.told(note(3));
  await casework.told(note(4, { mentions: ['u_kim'] }));
  await casework.told(note(5, { mentions: ['u_kim'] }, 'u_kim'));

  expect(said).toEqual(['Note by Lea Lang: note 4']);
  expect(raised.get('c_desk_vera')).toBe(4);
});

test('tells with a case the notes that were written before, and again only what is newer', async () => {
  const notes = [1, 2].map((seq) => ({ conversation, text: `note ${seq}`, by: 'u_lea', at: 0, seq }));
  const line = new DeskLine({ 'desk.case': cardWith(mine, { notes }), 'desk.listed': { cases: [mine] } });
  const { casework, said, raised } = account(line);
  raised.set(conversation, 1);

  await casework.resume();
  await casework.resume();

  expect(said).toEqual(['Note by Lea Lang: note 1', 'Note by Lea Lang: note 2']);
});

test('tells every conversation where there is no desk, and to who is no colleague', async () => {
  const line = new DeskLine();
  line.ask = () => Promise.resolve({ fact: { type: 'error', at: 0, body: { code: 'unknown_type' } }, page: [] });
  const without = account(line);
  const other = account(new DeskLine({ 'desk.case': cardWith(leas) }), '');
  for (const { casework } of [without, other]) await casework.resume();

  const told = [await without.casework.tells(conversation), await other.casework.tells(conversation)];

  expect(told).toEqual([true, true]);
});

test('asks a desk again that is not ready, ten times at most', async () => {
  const line = new DeskLine();
  line.ask = () => Promise.resolve({ fact: { type: 'error', at: 0, body: { code: 'busy' } }, page: [] });
  const { casework, clock, looked } = account(line);

  for (let time = 0; time < 15; time += 1) {
    await casework.resume();
    clock.advance(1_000);
  }

  expect(looked()).toBe(10);
});
