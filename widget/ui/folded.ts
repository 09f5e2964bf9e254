/** A text as it is compared: in lower case, and without marks on its letters. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of what somebody searches for, folded. */
export function wordsOf(needle: string): string[] {
  return folded(needle).split(/\s+/).filter(Boolean);
}

/** Whether each word begins one of the words of `text`, or stands within it where its script has no spaces. */
export function holds(text: string, words: readonly string[]): boolean {
  const haystack = ` ${folded(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
  return words.every((word) => haystack.includes(isSpaced(word) ? ` ${word}` : word));
}

function isSpaced(word: string): boolean {
  return !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(word);
}

/** A part of a text; `hit` where it is what was searched for. */
export interface Piece {
  /** Which letter of the text it begins with. */
  readonly at: number;
  readonly text: string;
  readonly hit: boolean;
}

/** A text in pieces, cut short in front of the first hit. `before`: characters that are left there. */
export function piecesOf(text: string, words: readonly string[], before = 40): Piece[] {
  const letters = [...text];
  const places: number[] = [];
  let haystack = '';
  letters.forEach((letter, at) => {
    for (const unit of folded(letter)) {
      haystack += unit;
      places.push(...Array.from(unit, () => at));
    }
  });
  const hit = new Set<number>();
  for (const word of words) {
    for (let at = haystack.indexOf(word); at >= 0; at = haystack.indexOf(word, at + word.length)) {
      for (let unit = at; unit < at + word.length; unit += 1) hit.add(places[unit] ?? -1);
    }
  }
  const first = Math.min(...hit, letters.length);
  const from = hit.size > 0 && first > 2 * before ? first - before : 0;
  const pieces: Piece[] = from > 0 ? [{ at: 0, text: '…', hit: false }] : [];
  for (let at = from; at < letters.length; at += 1) {
    const last = pieces.at(-1);
    const isHit = hit.has(at);
    if (last && last.hit === isHit) pieces[pieces.length - 1] = { ...last, text: last.text + letters[at] };
    else pieces.push({ at, text: letters[at] ?? '', hit: isHit });
  }
  return pieces;
}
