import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { AnyFact } from '../../../protocol/facts.ts';
import { enSearch } from '../../i18n/en-search.ts';
import { ann, clearStages, frame, messages, named, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

/** Polls give a busy machine time. */
const timeout = 10_000;

const found = (seq: number, text: string): AnyFact => ({
  type: 'message.found',
  at: 1,
  body: { messages: [{ conversation: 'c_1', seq, at: 1, by: ann, text }] },
});

test('searches what is written after a moment, and leads to what is chosen', async () => {
  const asked: unknown[] = [];
  const { acts, one, all } = stage(viewOf({ items: messages(1, 3) }), 'en', ['search'], (type, body) => {
    asked.push([type, body]);
    return [found(2, 'The blue teapot')];
  });
  one('.tool[aria-label=More]').click();
  await expect.poll(() => all('[role=menuitem]').length, { timeout }).toBeGreaterThan(0);
  await userEvent.click(one('[role=menuitem]'));
  await expect.poll(() => all('.find').length, { timeout }).toBe(1);

  await userEvent.type(one('.find'), 'teapot');
  await expect.poll(() => one('.found').textContent, { timeout }).toContain('The blue teapot');
  await userEvent.keyboard('{ArrowDown}{Enter}');

  expect(asked).toEqual([['message.find', { text: 'teapot', conversation: 'c_1' }]]);
  expect(named(acts, 'history.reach')).toEqual([{ ref: 'support', seq: 2 }]);
  expect(all('.find')).toHaveLength(0);
});

test('goes to a message that is not drawn, marks it, and lets that go after a moment', async () => {
  const items = messages(1, 400);
  const { acts, panel, root, one, all } = stage(viewOf({ items }));
  await expect.poll(() => all('.row').length, { timeout }).toBeGreaterThan(0);
  await frame();

  panel.update(viewOf({ items }, { sought: { ref: 'support', seq: 40 } }));
  await expect.poll(() => all('.row.sought').length, { timeout }).toBe(1);
  await expect.poll(() => root.activeElement?.className, { timeout }).toContain('sought');

  const [row, log] = [one('.row.sought'), one('.log')].map((element) => element.getBoundingClientRect());
  expect(one('.row.sought').textContent).toContain('text 40');
  expect(row?.top).toBeGreaterThan(log?.top ?? 0);
  expect(row?.bottom).toBeLessThan(log?.bottom ?? 0);
  await expect.poll(() => named(acts, 'history.reach'), { timeout }).toEqual([undefined]);
});

test('fetches what is older until the message is held, and shows it alone where it is too far back', async () => {
  const sought = { ref: 'support', seq: 5 };
  const page: AnyFact[] = [
    { type: 'log.paged', at: 1, body: { log: 'c_1', after: 3, to: 6, more: true, people: [] } },
    { type: 'message.sent', at: 1, by: 'ann', log: 'c_1', seq: 5, body: { text: 'Long ago' } },
  ];
  const far = { more: true, from: 3_000 };
  const { acts, panel, root, all, one } = stage(
    viewOf({ items: messages(3_001, 3_010), ...far }, { sought }),
    'en',
    [],
    () => page,
  );
  await expect.poll(() => all('.seeking').length, { timeout }).toBe(1);

  panel.update(viewOf({ items: messages(900, 3_010), more: true, from: 899 }, { sought }));
  await expect.poll(() => all('.said.sought').length, { timeout }).toBe(1);
  await expect.poll(() => root.activeElement?.textContent, { timeout }).toBe(enSearch.latest);
  one('textarea').focus();
  panel.update(viewOf({ items: messages(900, 3_011), more: true, from: 899 }, { sought }));
  expect(root.activeElement?.localName).toBe('textarea');
  await userEvent.click(one('.excerpt .do'));

  expect(one('.said.sought').textContent).toContain('Long ago');
  expect(named(acts, 'history.older')).toContainEqual({ ref: 'support' });
  expect(named(acts, 'history.reach')).toEqual([undefined]);
});
