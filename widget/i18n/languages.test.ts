import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { en } from './en.ts';
import { enAttention } from './en-attention.ts';
import { enEmoji } from './en-emoji.ts';
import { enFiles } from './en-files.ts';
import { enMessage } from './en-message.ts';
import { enPage } from './en-page.ts';
import { enPeople } from './en-people.ts';
import { enSearch } from './en-search.ts';
import type { Areas } from './language.ts';
import { languageOf, languages, wordsFor } from './languages.ts';

/** Every text of some texts by its path; forms of one text have one path. */
function textsIn(texts: object, path = ''): [path: string, text: string | Record<string, string>][] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const at = path === '' ? name : `${path} ${name}`;
    return typeof text === 'string' || isForms(text) ? [[at, text]] : textsIn(text, at);
  });
}

function isForms(texts: object): boolean {
  return Object.keys(texts).every((name) => /^(zero|one|two|few|many|other)$/.test(name));
}

function gapsIn(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).sort();
}

const names = Object.keys(languages);
const english = {
  base: en,
  message: enMessage,
  emoji: enEmoji,
  attention: enAttention,
  search: enSearch,
  files: enFiles,
  people: enPeople,
  page: enPage,
} satisfies Record<keyof Areas, object>;

test('every file of English texts is an area that other languages have, too', () => {
  const files = readdirSync(import.meta.dirname).flatMap((name) => /^en-(\w+)[.]ts$/.exec(name)?.[1] ?? []);

  expect(Object.keys(english).toSorted()).toEqual(['base', ...files].toSorted());
});

test.each(names)('%s says everything that English says, with the same gaps and nothing empty', async (name) => {
  const language = await languages[name]?.();

  for (const area of Object.keys(english) as (keyof Areas)[]) {
    const theirs = new Map(textsIn(language?.language[area] ?? {}));
    const ours = textsIn(english[area]);

    expect([...theirs.keys()]).toEqual(ours.map(([path]) => path));
    for (const [path, text] of ours) {
      const said = Object.values({ text: theirs.get(path) }).flatMap((one) =>
        typeof one === 'string' ? [one] : Object.values(one ?? {}),
      );
      const gaps = gapsIn(typeof text === 'string' ? text : (text.other ?? ''));
      expect(said.filter((one) => one.trim() === '' || gapsIn(one).join() !== gaps.join())).toEqual([]);
    }
  }
});

test.each(names)('%s has every plural form that it knows where English has two', async (name) => {
  const language = await languages[name]?.();
  const known = new Intl.PluralRules(name).resolvedOptions().pluralCategories.toSorted();

  for (const area of Object.keys(english) as (keyof Areas)[]) {
    const theirs = new Map(textsIn(language?.language[area] ?? {}));
    const counted = textsIn(english[area]).filter(([, text]) => Object.keys(Object(text)).includes('one'));

    const forms = counted.map(([path]) => Object.keys(Object(theirs.get(path))).toSorted());
    expect(forms).toEqual(counted.map(() => known));
  }
});

test('fr keeps every mark on the line of the word before it', async () => {
  const french = await languages.fr?.();

  const said = JSON.stringify(french?.language);
  expect(said).toContain('\u202f?');
  // Imprimerie nationale: a thin space before ? ! ; and inside quotation marks, a whole one before a colon; none of them breaks.
  expect(said.match(/\w*([ \u00a0][?!;»]|«[ \u00a0]|[ \u202f]:)/g)).toBeNull();
});

test.each([
  ['de-AT', 'de'],
  ['pt-PT', 'pt'],
  ['zh-TW', 'zh'],
  ['zh-Hans-CN', 'zh'],
  ['iw', 'he'],
  ['ES', 'es'],
  ['nb', undefined],
  ['en-GB', undefined],
  ['de_DE', undefined],
  ['toString', undefined],
])('%s is served by %s', (locale, name) => {
  expect(languageOf(locale)).toBe(name !== undefined && names.includes(name) ? name : undefined);
});

test('gives the words of the locale, and the English ones of an area that it does not know', async () => {
  const words = await wordsFor('de-CH');

  expect(words('base', en).send).toBe('Senden');
  expect(words('people', enPeople).kinds.contact).toBe('Kontakt');
  expect(words('weather', { rain: 'Rain' })).toEqual({ rain: 'Rain' });
});

test('lays the words of the page over those of the language, and over English', async () => {
  const own = { base: { send: 'Los', unread: { other: '{n} neu' } }, people: { kinds: { contact: 'Kumpel' } } };

  const [german, plain] = [await wordsFor('de', own), await wordsFor('en', JSON.stringify(own))];

  expect(german('base', en)).toMatchObject({ send: 'Los', back: 'Zurück zu den Unterhaltungen' });
  expect(german('base', en).unread).toEqual({ one: '{n} ungelesene Nachricht', other: '{n} neu' });
  expect(german('people', enPeople).kinds).toMatchObject({ contact: 'Kumpel', followed: 'Folgt Ihnen' });
  expect(plain('base', en)).toMatchObject({ send: 'Los', back: en.back });
});

test('lets nothing of the page stand where a text belongs that is none', async () => {
  const complain = vi.spyOn(console, 'error').mockReturnValue();

  const odd = await wordsFor('en', '{"base":{"send":{"toString":1},"back":7,"__proto__":{"list":"no"}},"people":"no"}');
  const broken = await wordsFor('en', '{base');

  expect(odd('base', en)).toEqual(en);
  expect(odd('people', enPeople)).toEqual(enPeople);
  expect(broken('base', en)).toEqual(en);
  expect(complain).toHaveBeenCalledTimes(1);
  complain.mockRestore();
});
