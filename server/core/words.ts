/** One piece of a text as it is searched for, and where it stands. */
export interface Token {
  readonly text: string;
  /** Its place in the text, in UTF-16 units. */
  readonly index: number;
}

/** Tokens that follow each other. */
export interface Term {
  readonly tokens: readonly string[];
  /** The last one may go on in the text. A single letter, and a sign of a script without spaces, stand for themselves. */
  readonly open: boolean;
}

/**
 * Which tokens `tokensOf` makes of a text: raised with each change of it. Whoever keeps tokens makes them anew then, and
 * where the runtime's Unicode is another.
 */
export const tokensVersion = 1;

/** Scripts that are written without spaces between words. Each of their signs is a token, and each emoji. */
const unspaced = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const sign = `(?=[\\p{L}\\p{N}])[${unspaced}]\\p{M}*|\\p{Extended_Pictographic}`;
const word = `(?:(?![${unspaced}])[\\p{L}\\p{N}]\\p{M}*)+`;
const token = new RegExp(`${sign}|${word}`, 'gu');
const isSign = new RegExp(`^(?:${sign})$`, 'u');

/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel marks of Arabic. */
const accents = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]/g;

/** What may be searched for in `text`, in order: in lower case, without accents, and nothing but letters, digits and emoji. */
export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(token), (found) => ({ text: folded(found[0]), index: found.index }));
}

/** What is searched for with `text`: each part between spaces is a term, and all of them have to be there. */
export function termsOf(text: string): Term[] {
  return text.split(/\s+/).flatMap((part) => {
    const found = Array.from(part.matchAll(token), ([piece]) => piece);
    const last = found.at(-1);
    return last === undefined ? [] : { tokens: found.map(folded), open: last.length > 1 && !isSign.test(last) };
  });
}

/** Where each term begins in the tokens of a text; undefined where one is missing. */
export function placesOf(terms: readonly Term[], tokens: readonly Token[]): number[] | undefined {
  const places = terms.map((term) => tokens.findIndex((_, at) => beginsAt(term, tokens, at)));
  return places.includes(-1) ? undefined : places;
}

function beginsAt({ tokens: wanted, open }: Term, tokens: readonly Token[], at: number): boolean {
  return wanted.every((piece, index) => {
    const found = tokens[at + index]?.text;
    const isLast = index === wanted.length - 1;
    return isLast && open ? found?.startsWith(piece) === true : found === piece;
  });
}

function folded(piece: string): string {
  return piece.normalize('NFKD').toLowerCase().replace(accents, '').replaceAll('ς', 'σ').normalize('NFC');
}
