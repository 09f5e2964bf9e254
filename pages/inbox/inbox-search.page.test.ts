import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { caseOf, clearStages, conversationOf, drawn, fact, kim, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

const mine = caseOf('Vera Lindqvist', { state: 'assigned', assignee: kim.id, topic: 'Order 1042' });
const malik = caseOf('Malik');

test('finds cases by name, topic and last words, and messages by what the friend has found', async () => {
  await page.viewport(1440, 900);
  const view = viewOf([conversationOf(mine, [[mine.visitor.user, 'My teapot leaks']])]);
  const sought: unknown[] = [];
  const { user: id, ...visitor } = mine.visitor;
  const by = { id, ...visitor, kind: 'visitor' };
  const hit = { conversation: mine.conversation, seq: 1, by, at: 0, text: 'My teapot leaks' };
  const at = await stage([mine, malik], {
    view,
    ask: async (type, body) => {
      sought.push([type, body]);
      return [fact('message.found', { messages: [hit] }) as never];
    },
  });
  await at.presses('/');

  await userEvent.keyboard('1042');
  await drawn();
  const cases = at.all('.cases .case').map((row) => row.dataset.case);
  await expect.poll(() => at.all('.hit').length, { timeout: 5_000 }).toBe(1);
  at.one('.hit').click();
  await drawn();

  expect(cases).toEqual([mine.conversation]);
  expect(sought).toEqual([['message.find', expect.objectContaining({ text: '1042' })]]);
  expect(at.inbox.screen.shown).toBe(mine.conversation);
  expect(at.acts).toContainEqual({ type: 'history.reach', body: { ref: mine.conversation, seq: 1 } });
});

test('shows the list again when Escape empties the search', async () => {
  await page.viewport(1440, 900);
  const at = await stage([mine, malik]);
  await at.presses('/');
  await userEvent.keyboard('nobody');
  await drawn();
  const found = at.all('.cases .case').length;

  await userEvent.keyboard('{Escape}');
  await drawn();

  expect(found).toBe(0);
  expect(at.all('.cases .case').map((row) => row.dataset.case)).toEqual([malik.conversation]);
});
