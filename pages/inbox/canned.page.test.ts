import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { atDesk, clearStages, drawn, kim, shown, stage } from './stage.test.tsx';

afterEach(clearStages);

const supervised = { ...shown, me: atDesk(kim, { supervisor: true }) };

test('lets a supervisor rewrite a canned answer for all, and shows what the desk has then', async () => {
  let canned = supervised.canned;
  const at = await stage([], {
    answers: {
      'desk.show': () => ({ ...supervised, canned }),
      'desk.can': (one: (typeof canned)[number]) => {
        canned = [one];
        return {};
      },
    },
  });
  at.inbox.deeds.over('settings');
  await drawn();

  await userEvent.click(at.one('.over .rail-row'));
  await userEvent.click(at.one('.over li .rail-row'));
  await userEvent.fill(at.one('.over textarea'), 'Good day, {name}.');
  await userEvent.click(at.one('.over [type="submit"]'));
  await drawn();

  const body = { id: 'hello', title: 'Hello', text: 'Good day, {name}.' };
  expect(at.asked).toContainEqual({ type: 'desk.can', body });
  expect(at.all('.over li').map((row) => row.textContent)).toEqual(['Hello']);
  expect(at.inbox.desk.state.shown?.canned).toEqual([body]);
});

test('shows the canned answers of all to supervisors alone', async () => {
  const at = await stage([]);

  at.inbox.deeds.over('settings');
  await drawn();

  expect(at.all('.over .rail-row')).toEqual([]);
});
