import { languageOf } from '../../../widget/i18n/languages.ts';
import { en, type InboxWords } from './en.ts';

const others: Readonly<Record<string, () => Promise<InboxWords>>> = {
  ar: async () => (await import('./ar.ts')).ar,
  de: async () => (await import('./de.ts')).de,
};

/** The first of `locales` that the inbox speaks, else English. */
export function localeOf(locales: readonly string[]): string {
  const spoken = (locale: string): boolean => /^en\b/i.test(locale) || others[languageOf(locale) ?? ''] !== undefined;
  return locales.find(spoken) ?? 'en';
}

/** The words for a locale; English where it has none, or where they could not be loaded. */
export async function inboxWords(locale: string): Promise<InboxWords> {
  return (await others[languageOf(locale) ?? '']?.().catch(() => undefined)) ?? en;
}
