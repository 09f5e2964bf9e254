import type { Language, OwnTexts, Words } from './language.ts';

type Load = () => Promise<{ readonly language: Language }>;

/** Every language that there is beside English, by its BCP 47 language subtag. */
export const languages: Readonly<Record<string, Load>> = {
  ar: () => import('./lang/ar.ts'),
  de: () => import('./lang/de.ts'),
  es: () => import('./lang/es.ts'),
  fr: () => import('./lang/fr.ts'),
  he: () => import('./lang/he.ts'),
  hi: () => import('./lang/hi.ts'),
  it: () => import('./lang/it.ts'),
  ja: () => import('./lang/ja.ts'),
  nl: () => import('./lang/nl.ts'),
  pl: () => import('./lang/pl.ts'),
  pt: () => import('./lang/pt.ts'),
  ru: () => import('./lang/ru.ts'),
  tr: () => import('./lang/tr.ts'),
  zh: () => import('./lang/zh.ts'),
};

/**
 * Resolves with the words for a locale, those of the page laid over them; the page's may be JSON as well. What there is no
 * language for is English: so is what could not be loaded or read, which is told once.
 */
export async function wordsFor(locale: string, given: OwnTexts | string = {}): Promise<Words> {
  const [language, own] = await Promise.all([loaded(locale), typeof given === 'string' ? read(given) : given]);
  const made = new Map<string, unknown>();
  return <T extends object>(area: string, english: T): T => {
    if (!made.has(area)) made.set(area, laidOver(laidOver(english, at(language, area)), at(own, area)));
    return made.get(area) as T;
  };
}

/** The subtag of `languages` that serves a locale: `pt-PT` → `pt`, `zh-TW` → `zh`, `iw` → `he`. Undefined where none does. */
export function languageOf(locale: string): string | undefined {
  try {
    const { language } = new Intl.Locale(locale);
    return Object.hasOwn(languages, language) ? language : undefined;
  } catch {
    return undefined;
  }
}

async function loaded(locale: string): Promise<Language | undefined> {
  try {
    return (await languages[languageOf(locale) ?? '']?.())?.language;
  } catch (error) {
    console.error('befriend:', error);
    return undefined;
  }
}

function read(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    console.error('befriend: data-befriend-texts is no JSON', error);
    return undefined;
  }
}

function at(from: unknown, name: string): unknown {
  return Object.hasOwn(Object(from), name) ? Object(from)[name] : undefined;
}

/** `over` in place of what `under` has by the same name; what is of another kind, or not in `under`, counts for nothing. */
function laidOver(under: unknown, over: unknown): unknown {
  if (typeof under !== 'object' || under === null) return typeof over === typeof under ? over : under;
  const names = new Set(Object.keys(under).concat(hasForms(under) ? Object.keys(Object(over)) : []));
  return Object.fromEntries([...names].map((name) => [name, laidOver(at(under, name) ?? '', at(over, name))]));
}

/** Whether it is one text in several plural forms: another language has others. */
function hasForms(texts: object): boolean {
  return Object.keys(texts).every((name) => /^(zero|one|two|few|many|other)$/.test(name));
}
