import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { caseOf, clearStages, conversationOf, drawn, kim, now, stage, viewOf } from './stage.test.tsx';
import { en } from './words/en.ts';

afterEach(clearStages);

const vera = caseOf('Vera Lindqvist');
const leas = caseOf('Vera Lindqvist', { state: 'assigned', assignee: 'u_lea' });
const said = [
  [vera.visitor.user, 'Is the teapot dishwasher safe?'],
  ['u_lea', 'It is.'],
] as const;

/** A case as it stands after a deed: the desk answers with what has changed. */
function changing(after: object) {
  return () => ({ ...vera, ...after });
}

test('asks before a case is taken from a colleague, and names whom it is taken from', async () => {
  const at = await stage([leas], { answers: { 'desk.take': changing({ state: 'assigned', assignee: kim.id }) } });
  at.inbox.deeds.show({ view: 'assigned' });
  at.inbox.deeds.open(leas.conversation);
  await drawn();

  await at.presses('t');
  const asksFirst = at.asked.every(({ type }) => type !== 'desk.take');
  const focused = at.root.activeElement?.textContent;
  at.one('dialog .do:not(.plain)').click();
  await drawn();

  expect([asksFirst, focused]).toEqual([true, 'Cancel']);
  expect(at.asked).toContainEqual({ type: 'desk.take', body: { conversation: leas.conversation, from: 'u_lea' } });
});

test('takes from a colleague also what he has set aside, by each way to take it', async () => {
  await page.viewport(1440, 900);
  const aside = caseOf('Vera Lindqvist', { state: 'snoozed', assignee: 'u_lea', until: now + 60_000 });
  const at = await stage([aside], { answers: { 'desk.take': changing({ state: 'assigned', assignee: kim.id }) } });
  at.inbox.deeds.open(aside.conversation);
  await drawn();

  const asked: (string | null | undefined)[] = [];
  const ways = [() => at.presses('t'), () => at.one('.gate .do').click(), () => at.one('.deeds button').click()];
  for (const way of ways) {
    await way();
    await drawn();
    asked.push(at.all('dialog h2')[0]?.textContent);
    at.inbox.deeds.over(undefined);
    await drawn();
  }
  at.one('.gate .do').click();
  await drawn();
  at.one('dialog .do:not(.plain)').click();
  await drawn();

  expect(asked).toEqual(Array(3).fill('Take this from Lea Brandt?'));
  expect(at.asked.filter(({ type }) => type === 'desk.take')).toEqual([
    { type: 'desk.take', body: { conversation: aside.conversation, from: 'u_lea' } },
  ]);
});

test('says who has the case now where another was faster, and keeps the words', async () => {
  const at = await stage([vera], {
    view: viewOf([conversationOf(vera, said)]),
    answers: {
      'desk.take': () => 'too_late',
      'desk.open': () => ({ case: leas, notes: [], before: 0 }),
    },
  });
  at.drafts.set(vera.conversation, 'It is, on the top rack.');
  at.inbox.deeds.open(vera.conversation);
  await drawn();

  at.inbox.deeds.take();
  await drawn();

  expect(at.one('[role="alert"]').textContent).toContain('Lea Brandt has it now. Your words are kept.');
  expect(at.one('.kept').textContent).toContain('It is, on the top rack.');
});

test('says why nothing came of a deed also where no case is open, on a desk, a phone and in its menu', async () => {
  const seen: string[] = [];
  for (const [width, isMenu] of [
    [1_440, false],
    [390, false],
    [390, true],
  ] as const) {
    await page.viewport(width, 800);
    const at = await stage([vera], { answers: { 'desk.available': () => 'storage' } });
    if (isMenu) at.inbox.deeds.over('rail');
    await drawn();
    at.inbox.deeds.available(false);
    await drawn();
    const place = at.one(isMenu ? 'dialog [role="alert"]' : '[role="alert"]');
    seen.push(place.checkVisibility() ? (place.textContent ?? '') : '');
    place.querySelector('button')?.click();
    await drawn();
    expect(place.textContent).toBe('');
    clearStages();
  }

  expect(seen).toEqual(Array(3).fill(en.problems.storage));
});
