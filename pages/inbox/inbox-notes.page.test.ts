import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { caseOf, clearStages, conversationOf, drawn, kim, stage, viewOf } from './stage.test.tsx';

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

test('names the colleague that is chosen behind an @, says that she is away, and names nobody behind a bare one', async () => {
  await page.viewport(1440, 900);
  const view = viewOf([conversationOf(mine, [[mine.visitor.user, 'Hello']])]);
  const at = await stage([mine], { view });
  at.inbox.deeds.open(mine.conversation);
  await drawn();
  (at.one('.note-field') as HTMLTextAreaElement).focus();

  await userEvent.keyboard('Ask @le');
  await expect.poll(() => at.all('.note-form [role=option]').map(({ textContent }) => textContent)).toHaveLength(1);
  await userEvent.keyboard('{Enter}');
  await drawn();
  const written = (at.one('.note-field') as HTMLTextAreaElement).value;
  const away = [at.one('.note-form [role=status]').textContent];
  await userEvent.keyboard('first{Enter}');
  await drawn();
  away.push(at.one('.note-form [role=status]').textContent);
  await userEvent.keyboard('Nobody @ home{Enter}');
  await drawn();

  expect(written).toBe('Ask @Lea Brandt ');
  expect(away).toEqual(['Lea Brandt is away and sees this later.', '']);
  expect(at.asked.filter(({ type }) => type === 'desk.note').map(({ body }) => body)).toEqual([
    { conversation: mine.conversation, text: 'Ask @Lea Brandt first', mentions: ['u_lea'] },
    { conversation: mine.conversation, text: 'Nobody @ home' },
  ]);
});

test('shows where a note names the colleague who looks, until he looks at that case', async () => {
  await page.viewport(1440, 900);
  const malik = caseOf('Malik', { state: 'assigned', assignee: kim.id });
  const at = await stage([mine, malik]);
  at.inbox.deeds.show({ view: 'mine' });
  await drawn();
  const note = { conversation: malik.conversation, text: 'What does @Kim Osei say?' };

  at.hears('note.added', { ...note, mentions: ['u_someone'] }, { by: 'u_lea', seq: 4 });
  at.hears('note.added', { ...note, mentions: [kim.id] }, { by: 'u_lea', seq: 5 });
  await drawn();
  const chips = at.all('.names-you').map((chip) => chip.closest('.case')?.getAttribute('data-case'));
  const said = at.all('[role=status]').map(({ textContent }) => textContent);
  at.inbox.deeds.open(malik.conversation);
  await drawn();

  expect(chips).toEqual([malik.conversation]);
  expect(said).toContain('Lea Brandt names you in a note on Malik');
  expect(at.all('.names-you')).toEqual([]);
});
