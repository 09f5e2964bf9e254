import { unescapeXML } from 'ltx';
import { StreamFault } from './stream-fault.ts';
import { type XmlElement, xml } from './xml.ts';

const NAME = String.raw`[\p{L}_][\p{L}\p{M}\p{N}._\-]*`;
const QUALIFIED = `${NAME}(?::${NAME})?`;
const SPACE = String.raw`[ \t\r\n]`;

const TAG_NAME = new RegExp(`<(${QUALIFIED})`, 'uy');
const ATTRIBUTE = new RegExp(`${SPACE}+(${QUALIFIED})${SPACE}*=${SPACE}*(?:"([^<"]*)"|'([^<']*)')`, 'uy');
const TAG_END = new RegExp(`${SPACE}*(/?)>`, 'uy');
const CLOSING_TAG = new RegExp(`</(${QUALIFIED})${SPACE}*>`, 'uy');
const CHARACTER_DATA = /[^<]+/uy;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/uy;
const BLANK = new RegExp(`^${SPACE}*$`, 'u');

/** Whatever XML 1.0 §2.2 does not allow in a document, lone surrogates included. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/u;

/** What one text message may be at most: `stanzaBytes` of UTF-8, and elements nested `depth` deep. */
export interface ElementLimits {
  readonly stanzaBytes: number;
  readonly depth: number;
}

/**
 * Reads exactly one element, as RFC 7395 §3.3 frames it: strictly well-formed, prefixes declared, and without the XML that RFC 6120
 * §11.1 forbids. The parser of `ltx` is not used for this, because it takes unclosed and crossed tags, raw control
 * characters and bare ampersands, on which production servers end the stream.
 *
 * @throws StreamFault `policy-violation` (too large, too deep), `restricted-xml` (comment, processing instruction,
 * document type), `not-well-formed`.
 */
export function readElement(text: string, limits: ElementLimits): XmlElement {
  if (!fits(text, limits.stanzaBytes)) throw new StreamFault('policy-violation', 'The stanza is too large.');
  if (ILLEGAL.test(text)) throw malformed('It holds a character that XML does not allow.');
  return new ElementReader(text, limits.depth).read();
}

function fits(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return true;
  return text.length <= bytes && new TextEncoder().encode(text).length <= bytes;
}

function malformed(text: string): StreamFault {
  return new StreamFault('not-well-formed', text);
}

/** Holds the position in one text while its tree is built. */
class ElementReader {
  readonly #text: string;
  readonly #depthLimit: number;
  #position = 0;
  #depth = 0;
  #open: XmlElement | undefined;

  constructor(text: string, depthLimit: number) {
    this.#text = text;
    this.#depthLimit = depthLimit;
  }

  read(): XmlElement {
    for (;;) {
      const complete = this.#token();
      if (complete === undefined) continue;
      if (!BLANK.test(this.#text.slice(this.#position))) throw malformed('One element only in each message.');
      return complete;
    }
  }

  /** Reads one tag or run of text; returns the outermost element once it is closed. */
  #token(): XmlElement | undefined {
    const closing = this.#take(CLOSING_TAG);
    if (closing) return this.#close(closing[1] ?? '');
    const opening = this.#take(TAG_NAME);
    if (opening) return this.#start(opening[1] ?? '');
    const open = this.#open;
    const cdata = open && this.#take(CDATA);
    const data = open && !cdata && this.#take(CHARACTER_DATA);
    if (open && cdata) open.t(cdata[1] ?? '');
    else if (open && data) open.t(characters(data[0]));
    else if (/^<[!?]/u.test(this.#text.slice(this.#position, this.#position + 2))) {
      throw new StreamFault('restricted-xml', 'No comment, processing instruction or document type is allowed.');
    } else throw malformed('The message is no complete element.');
    return undefined;
  }

  #start(name: string): XmlElement | undefined {
    if (this.#depth >= this.#depthLimit) throw new StreamFault('policy-violation', 'The stanza is nested too deeply.');
    const started = xml(name, this.#attributes());
    const empty = this.#take(TAG_END);
    if (!empty) throw malformed('A tag does not end.');
    this.#open = this.#open ? this.#open.cnode(started) : started;
    this.#depth += 1;
    requireDeclaredPrefixes(started);
    return empty[1] === '/' ? this.#close(name) : undefined;
  }

  #attributes(): Record<string, string> {
    const attributes = new Map<string, string>();
    for (let found = this.#take(ATTRIBUTE); found; found = this.#take(ATTRIBUTE)) {
      const name = found[1] ?? '';
      if (attributes.has(name)) throw malformed('An attribute stands twice.');
      attributes.set(name, characters(found[2] ?? found[3] ?? ''));
    }
    return Object.fromEntries(attributes);
  }

  #close(name: string): XmlElement | undefined {
    const closed = this.#open;
    if (closed?.name !== name) throw malformed('The tags do not match.');
    this.#depth -= 1;
    this.#open = closed.parent ?? undefined;
    return closed.parent ? undefined : closed;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#position = pattern.lastIndex;
    return found;
  }
}

function characters(raw: string): string {
  if (BARE_AMPERSAND.test(raw) || raw.includes(']]>')) throw malformed('The text is not escaped.');
  try {
    return unescapeXML(raw);
  } catch {
    throw malformed('A character reference stands for no allowed character.');
  }
}

function requireDeclaredPrefixes(element: XmlElement): void {
  for (const name of [element.name, ...Object.keys(element.attrs)]) {
    const [prefix, local] = name.split(':');
    if (local === undefined || prefix === 'xml' || prefix === 'xmlns') continue;
    if (!element.findNS(prefix)) throw malformed('A prefix is not declared.');
  }
}
