import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { caseOf, clearStages, conversationOf, drawn, kim, now, shown, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

const vera = caseOf('Vera Lindqvist');
const mine = caseOf('Vera Lindqvist', { state: 'assigned', assignee: kim.id });
const leas = caseOf('Vera Lindqvist', { state: 'assigned', assignee: 'u_lea' });
const said = [
  [vera.visitor.user, 'Is the teapot dishwasher safe?'],
  ['u_lea', 'It is.'],
] as const;

/** A case as it stands after a deed: the desk answers with what has changed. */
function changing(after: object) {
  return () => ({ ...vera, ...after });
}

test('shows who waits, since when and in which queue, and opens the case that is clicked', async () => {
  await page.viewport(1440, 900);
  const at = await stage([vera, caseOf('Malik', { turn: 1, queue: 'returns' })]);

  at.one('[data-case="c_support_veralindqvist"]').click();
  await drawn();

  expect(at.all('.case .top b').map((name) => name.textContent)).toEqual(['Malik', 'Vera Lindqvist']);
  expect(at.one('.case').textContent).toContain('waits 3 min');
  expect(at.one('.case').textContent).toContain('Returns');
  expect(at.acts).toContainEqual({ type: 'screen.show', body: { at: 'conversation', ref: vera.conversation } });
  expect(at.one('.gate').textContent).toContain('Nobody has this yet.');
});

test('goes through the cases by J and K, opens by Enter, takes by T, and goes to where one writes', async () => {
  const at = await stage([caseOf('Malik', { turn: 1 }), vera], {
    view: viewOf([conversationOf(vera, said)]),
    answers: { 'desk.take': changing({ state: 'assigned', assignee: kim.id }) },
  });

  await at.presses('j');
  await at.presses('j');
  await userEvent.keyboard('{Enter}');
  await drawn();
  await at.presses('t');

  expect(at.asked).toContainEqual({ type: 'desk.take', body: { conversation: vera.conversation } });
  expect(at.root.activeElement).toBe(at.one('.writes textarea'));
  await at.presses('k');
  expect(at.root.activeElement).toBe(at.one('.writes textarea'));
  await at.presses('Escape');
  expect(at.root.activeElement).toBe(at.one('.conversation'));
});

test('puts a canned answer with the visitor’s name where one writes', async () => {
  const at = await stage([mine], { view: viewOf([conversationOf(mine, said)]) });
  at.inbox.deeds.open(mine.conversation);
  await drawn();

  await at.presses('c');
  await userEvent.keyboard('hel{Enter}');
  await drawn();

  expect((at.one('.writes textarea') as HTMLTextAreaElement).value).toBe('Hello Vera Lindqvist, how can I help?');
  expect(at.drafts.get(mine.conversation)).toContain('Hello Vera');
});

test('gives a case to whoever is typed, those who are there first', async () => {
  const at = await stage([mine]);
  at.inbox.deeds.open(mine.conversation);
  await drawn();

  await at.presses('a');
  const offered = at.all('[role="option"] b').map((name) => name.textContent);
  await userEvent.keyboard('bran{Enter}');
  await drawn();

  expect(offered).toEqual(['Kim Osei (me)', 'Lea Brandt']);
  expect(at.asked).toContainEqual({
    type: 'desk.assign',
    body: { conversation: mine.conversation, to: 'u_lea' },
  });
  expect(at.all('dialog')).toEqual([]);
});

test('sets a case aside for an hour, by the friend’s clock', async () => {
  const at = await stage([mine], { view: viewOf([], { clockOffset: 5_000 }) });
  at.inbox.deeds.open(mine.conversation);
  await drawn();

  await at.presses('s');
  at.one('dialog .rail-row').click();
  await drawn();

  expect(at.asked).toContainEqual({
    type: 'desk.snooze',
    body: { conversation: mine.conversation, until: now + 3_605_000 },
  });
});

test('says that a colleague is typing a reply, so that nobody answers twice', async () => {
  const conversation = { ...conversationOf(leas, said), typing: ['u_lea'] };
  const at = await stage([leas], { view: viewOf([conversation]) });

  at.inbox.deeds.open(leas.conversation);
  await drawn();

  expect(at.one('.others').textContent).toBe('Lea Brandt is typing a reply');
  expect(at.all('.writes')).toEqual([]);
});

test('tells a screen reader politely of a case that comes, and moves nothing', async () => {
  const at = await stage([vera]);
  await at.presses('j');
  const focused = at.root.activeElement;

  at.hears('desk.changed', caseOf('Malik', { queue: 'returns' }));
  await drawn();

  expect(at.one('.inbox > [role="status"]').textContent).toBe('New in Returns: Malik.');
  expect(at.root.activeElement).toBe(focused);
});

test('does nothing by single keys once they are switched off', async () => {
  const at = await stage([mine]);
  at.inbox.deeds.open(mine.conversation);
  await drawn();

  await at.presses('?');
  at.one('dialog [role="switch"]').click();
  await drawn();
  at.inbox.deeds.over(undefined);
  await drawn();
  await at.presses('e');

  expect(at.asked.map(({ type }) => type)).not.toContain('desk.close');
});

test('gives the focus back to where it was when a question is over', async () => {
  const at = await stage([mine]);
  at.inbox.deeds.show({ view: 'mine' });
  at.inbox.deeds.open(mine.conversation);
  await drawn();
  await at.presses('j');
  const before = at.root.activeElement;

  await at.presses('?');
  const within = at.one('dialog').contains(at.root.activeElement);
  at.one('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
  await drawn();

  expect(within).toBe(true);
  expect(before).not.toBeNull();
  expect(at.root.activeElement).toBe(before);
});

test('shows one column with a way back on a phone, two on a tablet, three on a desk', async () => {
  const seen: string[][] = [];
  for (const width of [390, 1_024, 1_280]) {
    await page.viewport(width, 800);
    const at = await stage([vera]);
    const columns = ['.rail', '.cases', '.conversation'];
    seen.push(columns.filter((one) => at.one(one).checkVisibility()));
    at.inbox.deeds.open(vera.conversation);
    await drawn();
    if (width === 390) {
      seen.push(columns.filter((one) => at.one(one).checkVisibility()));
      at.one('.back').click();
      await drawn();
      expect((at.root.activeElement as HTMLElement).dataset.case).toBe(vera.conversation);
    }
    clearStages();
  }

  expect(seen).toEqual([
    ['.cases'],
    ['.conversation'],
    ['.cases', '.conversation'],
    ['.rail', '.cases', '.conversation'],
  ]);
});

test('says whether one takes new cases, and changes it', async () => {
  await page.viewport(1440, 900);
  const at = await stage([], {
    answers: { 'desk.show': () => ({ ...shown, me: { ...shown.me, available: false } }) },
  });

  at.one('.rail [role="switch"]').click();
  await drawn();

  expect(at.one('.rail [role="switch"]').ariaChecked).toBe('false');
  expect(at.asked).toContainEqual({ type: 'desk.available', body: { available: true } });
});

test('shows nothing of the desk once somebody has signed out', async () => {
  const at = await stage([vera]);

  at.inbox.forget();
  at.inbox.signedOut('nobody');
  await drawn();

  expect(at.root.textContent).toContain('This browser is not signed in.');
  expect(at.root.textContent).not.toContain('Vera');
  expect(at.inbox.desk.state.cases).toEqual({});
});

test('asks who has no name for it before the first case, and then never again', async () => {
  const guest = { ...kim, id: 'u_5cjfxx', name: 'Guest 5CJF' };
  const wished: unknown[] = [];
  const at = await stage([vera], {
    view: viewOf([], { me: guest }),
    ask: async (type, body) => {
      wished.push([type, body]);
      return [];
    },
  });

  await at.presses('j', at.one('.sign-in'));
  const title = at.one('h1').textContent;
  await userEvent.keyboard('Kim{Enter}');
  await drawn();
  at.inbox.update(viewOf([], { me: { ...guest, name: 'Kim' } }));
  await drawn();

  expect([title, wished]).toEqual(['What should visitors call you?', [['profile.set', { name: 'Kim' }]]]);
  expect(at.all('.case')).toHaveLength(1);
});
