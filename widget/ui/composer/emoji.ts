import { folded, wordsOf } from '../folded.ts';

/** One emoji. `at`: its place among all, by which its words are found. */
export interface Emoji {
  readonly text: string;
  readonly at: number;
  /** The version of Unicode's emoji that brought it, where it is not everywhere yet. */
  readonly version?: number;
}

/** What one language calls the groups, and each emoji. */
export interface EmojiWords {
  readonly headings: readonly string[];
  readonly labels: readonly string[];
  /** What is searched: all its words, folded, each with a space in front. */
  readonly searched: readonly string[];
}

/** Reads the groups of `virtual:emoji`. */
export function emojiIn(groups: readonly string[]): readonly (readonly Emoji[])[] {
  let at = 0;
  return groups.map((group) =>
    group.split(' ').map((entry) => {
      const [text = '', version] = entry.split('/');
      const emoji = { text, at, ...(version === undefined ? {} : { version: Number(version) }) };
      at += 1;
      return emoji;
    }),
  );
}

/** Reads the words of one language. */
export function emojiWordsIn(headings: readonly string[], words: string): EmojiWords {
  let searched: readonly string[] | undefined;
  return {
    headings,
    labels: words.split('\n').map((line) => line.split('\t')[0] ?? ''),
    // Only who searches pays for it.
    get searched() {
      searched ??= folded(words)
        .split('\n')
        .map((line) => ` ${line.replace(/[\s:_-]+/g, ' ')}`);
      return searched;
    },
  };
}

/** Those that the words of `needle` lead to; whose own name begins so stand first. */
export function foundEmoji(
  emoji: readonly Emoji[],
  { searched }: Pick<EmojiWords, 'searched'>,
  needle: string,
): readonly Emoji[] {
  const wanted = wordsOf(needle);
  const [first = ''] = wanted;
  const fitting = emoji.filter(({ at, text }) =>
    wanted.every((word) => (searched[at] ?? '').includes(` ${word}`) || text === word),
  );
  const named = ({ at }: Emoji): number => Number(!searched[at]?.startsWith(` ${first}`));
  return fitting.sort((one, other) => named(one) - named(other) || one.at - other.at);
}

/** The tones of a hand, 1 to 5; 0 is none. */
export const tones: readonly string[] = ['', '\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];

/** The emoji in a tone of skin, where it can have one (UTS 51, 2.4). */
export function toned(text: string, tone: number): string {
  const mark = tones[tone];
  if (!mark) return text;
  // Two who hold hands: it is they who have a skin.
  const result = text.replace(/(?<!\u200d)🤝|(?!🤝)\p{Emoji_Modifier_Base}\ufe0f?/gu, (one) =>
    one.replace('\ufe0f', '').concat(mark),
  );
  return /^\p{RGI_Emoji}$/v.test(result) ? result : text;
}

/** The language of `virtual:emoji` for a locale; English where it has none. */
export function emojiLanguage(locale: string, languages: readonly string[]): string {
  const wanted = locale.toLowerCase().replace('_', '-');
  const other: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', 'zh-tw': 'zh-hant', 'zh-hk': 'zh-hant' };
  const base = wanted.split('-')[0] ?? '';
  const fitting = [wanted, other[wanted], /^zh-hant/.test(wanted) ? 'zh-hant' : undefined, base, other[base]];
  return fitting.find((one) => one !== undefined && languages.includes(one)) ?? 'en';
}
