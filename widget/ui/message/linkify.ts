/** A piece of a message: text, or an address that stands in it. */
export type Piece = string | { readonly href: string };

/** What turns the direction of writing ends an address: it could look like another one. */
const address = /\bhttps?:\/\/[^\s<>"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;

/**
 * Splits a text at its http and https addresses. Nothing is lost or changed: the pieces joined are the text.
 * Punctuation that ends a sentence, and a bracket that was opened before the address, do not belong to it.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const href = withoutTail(match[0]);
    if (!URL.canParse(href)) continue;
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push({ href });
    end = match.index + href.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

function withoutTail(href: string): string {
  let end = href.length;
  const bracket = href.indexOf('(');
  for (; end > 0; end -= 1) {
    const last = href.charAt(end - 1);
    const opened = last === ')' && bracket !== -1 && bracket < end - 1;
    if (opened || !/[.,:;!?'’”»)\]}*_~…。，！？]/.test(last)) break;
  }
  return href.slice(0, end);
}
