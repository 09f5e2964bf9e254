import { expect, test } from 'vitest';
import { placesOf, termsOf, tokensOf } from './words.ts';

test.each([
  ['Crème BRÛLÉE, bitte!', 'creme', 'brulee', 'brul bitte', 'Crème brûlée'],
  ['ΚΑΛΗΜΈΡΑ ΚΌΣΜΟΣ', 'καλημερα', 'κόσμος'],
  ['Die Straße nach İzmir', 'stra', 'izmir', 'straße'],
  ['今晩は寿司を食べましょう', '寿司', '食べ', '今'],
  ['我想退货，谢谢', '退货', '谢谢'],
  ['สวัสดีครับ', 'ครับ'],
  ['안녕하세요 친구', '안녕', '친구'],
  ['שָׁלוֹם', 'שלום'],
  ['Write to kim@example.com', 'kim@example.com', 'example.co', 'kim'],
  ['iPhone 15手机壳', 'iphone', '15手机', '手机壳'],
  ['Great 👍🏽 work', '👍', 'great 👍'],
  ['ﬁnance ⅻ', 'finance', 'xii'],
])('finds in %s what a person would look for', (text, ...sought) => {
  const tokens = tokensOf(text);

  const missed = sought.filter((words) => placesOf(termsOf(words), tokens) === undefined);

  expect(missed).toEqual([]);
});

test.each([
  ['the tin of biscuits', 'in', 'scuits', 't', 'tin biscuits jam', 'kim@example.com'],
  ['寿司と天ぷら', '司寿', '天寿'],
  ['kim at example com', 'kim@example.co.uk'],
])('finds in %s nothing that is not there', (text, ...sought) => {
  const tokens = tokensOf(text);

  const found = sought.filter((words) => placesOf(termsOf(words), tokens) !== undefined);

  expect(found).toEqual([]);
});

test('says where in the text a word stands', () => {
  const text = '👋 Hé, Crème';

  const [, , creme] = tokensOf(text);

  expect(creme).toEqual({ text: 'creme', index: text.indexOf('Crème') });
});

test('looks for nothing where only signs are given', () => {
  const terms = termsOf('?! "* -');

  expect(terms).toEqual([]);
});
