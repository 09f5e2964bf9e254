import { expect, test } from 'vitest';
import { languageOf, textsOf } from './speech.ts';
import { botTexts } from './texts.ts';
import { plain, wordsOf } from './words.ts';

const hello = { en: 'Hello', de: 'Hallo', 'de-AT': 'Servus', 'zh-Hant': '你好' };

test.each([
  ['de-AT', 'en', 'Servus'],
  ['DE-ch', 'en', 'Hallo'],
  ['zh-Hant-TW', 'en', '你好'],
  ['nl', 'de', 'Hallo'],
  ['nl', 'fr', 'Hello'],
])('speaks the best language for %s, where the bot speaks %s', (language, fallback, expected) => {
  const said = wordsOf(hello, { language, fallback });

  expect(said).toBe(expected);
});

test('puts in what was gathered, nothing where that is unknown, and never more than a message takes', () => {
  const tongue = { language: 'en', fallback: 'en' };

  const said = wordsOf('{name}: {order.name}{constructor}', tongue, { name: 'Ann', 'order.name': 7 });
  const long = wordsOf('{name}', tongue, { name: 'x'.repeat(9_000) });

  expect(said).toBe('Ann: 7');
  expect(long).toHaveLength(8_000);
});

test('goes by what a dialogue has gathered, then by what the site has signed, and by nothing that is no language', () => {
  const bot = { name: 'ava', title: 'Ava', user: 'u_1', language: 'fr' };

  const languages = [
    languageOf(bot, { attributes: { locale: 'de-DE' } }, { language: 'es' }),
    languageOf(bot, { attributes: { locale: 'de-DE' } }),
    languageOf(bot, { attributes: { language: 'German please' } }),
  ].map(({ language }) => language);

  expect(languages).toEqual(['es', 'de-DE', 'fr']);
});

test('says every text in every shipped language, and those of a site in their place', () => {
  const keys = Object.values(botTexts).map((texts) => Object.keys(texts).sort());
  const bot = { name: 'ava', title: 'Ava', user: 'u_1', texts: { de: { fallback: 'Wie bitte?' } } };

  const texts = textsOf(bot, { language: 'de', fallback: 'en' });

  expect(new Set(keys.map((one) => one.join()))).toHaveProperty('size', 1);
  expect([texts.fallback, texts.first]).toEqual(['Wie bitte?', 'Das ist die erste Frage.']);
});

test('finds words however they are typed', () => {
  const typed = ['  ZURÜCK ', 'zurück', 'Zuru\u0308ck'].map(plain);

  expect(new Set(typed)).toEqual(new Set(['zuruck']));
});
