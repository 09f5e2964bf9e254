import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { en } from '../i18n/en.ts';
import { clearStages, frame, message, messages, named, rest, rich, soon, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

test('keeps the row in sight where it is when older ones come in above it', async () => {
  const held = viewOf({ items: messages(51, 100), more: true });
  const { acts, panel, one, all, root } = stage(held);
  const log = one('.log');
  await rest(root);
  log.scrollTop = 100;
  await frame();
  const row = all('.row').find((each) => each.getBoundingClientRect().top > log.getBoundingClientRect().top);
  const before = row?.getBoundingClientRect().bottom;

  panel.update(viewOf({ items: messages(1, 100) }));
  await frame();

  expect(named(acts, 'history.older')).toEqual([{ ref: 'support' }]);
  expect(all('.row').length).toBeGreaterThan(50);
  expect(row?.getBoundingClientRect().bottom).toBeCloseTo(before ?? Number.NaN, 0);
});

test('stays at the newest when one is there, and counts what comes when one is not', async () => {
  const { panel, one, all } = stage(viewOf({ items: messages(1, 50) }));
  const log = one('.log');
  const below = () => log.scrollHeight - log.clientHeight - log.scrollTop;
  panel.update(viewOf({ items: messages(1, 51) }));
  await frame();
  expect(below()).toBeLessThan(2);

  log.scrollTop = 0;
  await frame();
  panel.update(viewOf({ items: messages(1, 53) }));
  await frame();

  expect(log.scrollTop).toBe(0);
  expect(one('.jump').getAttribute('aria-label')).toBe('2 new messages');
  await userEvent.click(one('.jump'));
  await frame();
  expect(below()).toBeLessThan(2);
  expect(all('.jump')).toHaveLength(0);
});

test('tells that the newest was seen once, and only when it is in sight', async () => {
  const { acts, one, panel } = stage(viewOf({ items: messages(1, 50), read: 10, last: 50, unread: 40 }));
  await frame();
  expect(one('.fresh').textContent).toBe(en.fresh);
  expect(named(acts, 'conversation.seen')).toEqual([]);

  one('.log').scrollTop = 100_000;
  await frame();
  panel.update(viewOf({ items: messages(1, 50), read: 10, last: 50, unread: 40, typing: ['ann'] }));

  expect(named(acts, 'conversation.seen')).toEqual([{ ref: 'support', seq: 50 }]);
});

test('does not move what is read when somebody begins to write', async () => {
  const { panel, one, all, root } = stage(viewOf({ items: messages(1, 50) }));
  await rest(root);
  const before = all('.row').at(-1)?.getBoundingClientRect().top;

  panel.update(viewOf({ items: messages(1, 50), typing: ['ann'] }));
  await frame();

  expect(all('.dots')).toHaveLength(1);
  expect(one('.heading p').textContent).toBe('Ann Keller is typing…');
  expect(all('.row').at(-1)?.getBoundingClientRect().top).toBe(before);
});

test('leaves rows alone that have not changed', () => {
  const items = messages(1, 20);
  const { panel, one } = stage(viewOf({ items }));
  const changed: Node[] = [];
  const observer = new MutationObserver((records) => changed.push(...records.map(({ target }) => target)));
  observer.observe(one('.rows-place'), { subtree: true, childList: true, characterData: true, attributes: true });

  panel.update(viewOf({ items: [...items, message(21, 'me')] }));
  for (const { target } of observer.takeRecords()) changed.push(target);

  expect(changed).toEqual([one('.rows-place')]);
});

test('moves between messages with the arrow keys', async () => {
  const { one, root, all } = stage(viewOf({ items: messages(1, 3) }));
  one('.log').focus();

  await userEvent.keyboard('{ArrowUp}{ArrowUp}');

  expect(root.activeElement).toBe(all('.row')[1]);
});

test('tells a screen reader what a message without words is', async () => {
  const extras = { files: [{ id: 'f_1', name: 'list.txt', type: 'text/plain', size: 4 }] };
  const items = messages(1, 2);
  const { panel, one } = stage(viewOf({ items }));
  await frame();

  panel.update(viewOf({ items: [...items, rich(3, '', extras)] }));

  await expect.poll(() => one('[aria-live=polite]').textContent, soon).toBe('Ann Keller: list.txt');
});

test('says of every message who wrote it, the site where the friend speaks for it', async () => {
  const items = [message(1, 'friend', 'Good evening'), message(2, 'ann', 'Hello'), message(3, 'me', 'Hi')];
  const of = (title?: string) => stage(viewOf({ items }), 'en', undefined, undefined, title ? { title } : {});
  const [plain, named] = [of(), of('Salt & Leaf')];

  named.panel.update(viewOf({ items: [...items, message(4, 'friend', 'Tea is ready')] }));

  const authors = ({ all }: typeof plain): unknown[] => all('.bubble > .sr').map(({ textContent }) => textContent);
  expect(authors(plain)).toEqual([`${en.title}: `, 'Ann Keller: ', `${en.you}: `]);
  expect(authors(named)).toEqual(['Salt & Leaf: ', 'Ann Keller: ', `${en.you}: `, 'Salt & Leaf: ']);
  expect(named.one('[aria-live=polite] p').textContent).toBe('Salt & Leaf: Tea is ready');
  // Nobody stands behind that name, so it leads nowhere.
  expect(plain.all('.who').map(({ textContent }) => textContent)).toEqual(['Ann Keller', 'AK']);
});
