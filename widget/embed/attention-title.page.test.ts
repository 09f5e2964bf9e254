import { expect, test } from 'vitest';
import { TitleCount } from './attention-title.ts';

function pageCalled(title: string): { readonly page: Document; readonly count: TitleCount } {
  const page = document.implementation.createHTMLDocument('');
  page.title = title;
  return { page, count: new TitleCount(page) };
}

test('counts in front of the title, and gives it back as it was in the same node', () => {
  const { page, count } = pageCalled('');
  const text = page.createTextNode('\n  A shop ');
  page.head.querySelector('title')?.replaceChildren(text);
  const widget = {};

  count.show(widget, 2);
  expect(page.title).toBe('(2) A shop');
  count.show(widget, 0);

  expect(text.data).toBe('\n  A shop ');
  expect(page.head.querySelector('title')?.firstChild).toBe(text);
});

test('leaves what the page writes meanwhile, and counts in front of that next time', () => {
  const { page, count } = pageCalled('A shop');
  const widget = {};
  count.show(widget, 1);

  page.title = 'The cart';
  count.show(widget, 0);
  expect(page.title).toBe('The cart');
  count.show(widget, 3);

  expect(page.title).toBe('(3) The cart');
});

test('adds up what several widgets count, in whatever order they end', () => {
  const { page, count } = pageCalled('A shop');
  const [one, other] = [{}, {}];

  count.show(one, 1);
  count.show(other, 2);
  expect(page.title).toBe('(3) A shop');
  count.show(one, 0);
  expect(page.title).toBe('(2) A shop');
  count.show(other, 0);

  expect(page.title).toBe('A shop');
});

test('gives a page without a title none', () => {
  const { page, count } = pageCalled('');
  page.head.querySelector('title')?.remove();

  count.show({}, 1);

  expect(page.head.querySelector('title')).toBeNull();
});
