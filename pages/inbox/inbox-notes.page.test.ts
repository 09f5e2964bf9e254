import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { caseOf, clearStages, drawn, kim, stage } from './stage.test.tsx';

afterEach(clearStages);

const mine = caseOf('Vera Lindqvist', { state: 'assigned', assignee: kim.id });

test('puts a note back into its field where it is not stored', async () => {
  let code: string | undefined = 'busy';
  const at = await stage([mine], {
    answers: { 'desk.note': ({ text }: { text: string }) => code ?? { conversation: mine.conversation, text } },
  });
  at.inbox.deeds.open(mine.conversation);
  await drawn();
  await at.presses('n');
  const field = at.one('.note-field') as HTMLTextAreaElement;

  await userEvent.keyboard('A regular{Enter}');
  await drawn();
  const kept = field.value;
  code = undefined;
  await userEvent.keyboard('{Enter}');
  await drawn();

  expect(kept).toBe('A regular');
  expect(field.value).toBe('');
  expect(at.one('.notes ol').textContent).toContain('A regular');
});

test('sends a note once and keeps what is written meanwhile, also where another case was looked at', async () => {
  await page.viewport(1440, 900);
  const malik = caseOf('Malik');
  const answers: ((answer: object | string) => void)[] = [];
  const waits = () => new Promise<object | string>((resolve) => answers.push(resolve));
  const at = await stage([mine, malik], { answers: { 'desk.note': waits } });
  const field = () => at.one('.note-field') as HTMLTextAreaElement;
  const notes = () => at.all('.note-text').map(({ textContent }) => textContent);
  const opens = async ({ conversation }: typeof mine) => {
    at.inbox.deeds.open(conversation);
    await drawn();
  };
  await opens(mine);
  field().focus();

  await userEvent.keyboard('One{Enter}Two');
  await opens(malik);
  await opens(mine);
  const meanwhile = [field().value, notes()];
  answers[0]?.({ conversation: mine.conversation, text: 'One' });
  await drawn();
  field().focus();
  const after = [field().value, notes()];
  await userEvent.keyboard('{Enter}Three');
  await opens(malik);
  await opens(mine);
  answers[1]?.('storage');
  await drawn();

  expect(meanwhile).toEqual(['Two', ['One']]);
  expect(after).toEqual(['Two', ['One']]);
  expect([field().value, notes()]).toEqual(['Two\nThree', []]);
  expect(at.asked.filter(({ type }) => type === 'desk.note').map(({ body }) => body)).toEqual(
    ['One', 'Two'].map((text) => ({ conversation: mine.conversation, text })),
  );
});

test('goes to where a note is written also where that has to come into sight first', async () => {
  await page.viewport(1_024, 800);
  const at = await stage([mine]);
  at.inbox.deeds.open(mine.conversation);
  await drawn();

  await at.presses('n');

  expect(at.root.activeElement).toBe(at.one('.note-field'));
});
