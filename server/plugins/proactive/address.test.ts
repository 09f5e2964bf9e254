import { expect, test } from 'vitest';
import { addressOf, fits } from './address.ts';

const page = 'https://shop.example/cart/7';

test.each([
  ['/cart/7', page, true],
  ['/cart', page, false],
  ['/cart/*', page, true],
  ['*/7', page, true],
  ['/c*t/*', page, true],
  ['/cart/7*7', page, false],
  ['*', page, true],
  ['/', 'https://shop.example', true],
  ['/cart/7', `${page}?who=ann#top`, true],
  ['https://shop.example/*', page, true],
  ['https://other.example/*', page, false],
  ['https://*.example/cart/*', page, true],
])('%s fits %s: %s', (pattern, url, expected) => {
  const address = addressOf(pattern);

  expect(address !== undefined && fits(address, url)).toBe(expected);
});

test.each(['cart', '/cart?x=1', 'ftp://shop.example/', '/two words'])('takes no pattern %s', (pattern) => {
  expect(addressOf(pattern)).toBeUndefined();
});
