import { limits } from '../../../protocol/limits.ts';

/** What a bot says: one text, or one for each language by its BCP 47 tag. `{name}` stands for what was gathered. */
export type Words = string | Readonly<Record<string, string>>;

/** One thing that was gathered. */
export type Value = string | number | boolean;

/** What a dialogue has gathered so far, by name. */
export type Values = Readonly<Record<string, Value>>;

/** Who hears it in which language: the first of these tags that there is a text for. */
export interface Tongue {
  readonly language: string;
  /** The bot's own. */
  readonly fallback: string;
}

/** The text of the best language: the listener's, from narrow to wide (RFC 4647 §3.4), the bot's, English, or any. */
export function inLanguage<T>(of: Readonly<Record<string, T>>, { language, fallback }: Tongue): T | undefined {
  const known = new Map(Object.entries(of).map(([tag, one]) => [tag.toLowerCase(), one]));
  const tag = [...narrowToWide(language), ...narrowToWide(fallback), 'en'].find((one) => known.has(one));
  return tag === undefined ? Object.values(of)[0] : known.get(tag);
}

/** `words` in the listener's language, with what was gathered in place of its names; at most as long as a message. */
export function wordsOf(words: Words, tongue: Tongue, values: Values = {}): string {
  const text = typeof words === 'string' ? words : (inLanguage(words, tongue) ?? '');
  return text
    .replace(/\{([\w.-]+)\}/g, (_, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : ''))
    .slice(0, limits.text);
}

/** What is the same for who types in haste: no case, no accents, single spaces. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

function narrowToWide(tag: string): string[] {
  const parts = tag.toLowerCase().split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}
