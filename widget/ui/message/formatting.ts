import { type Inline, inlines, type Names, plain } from './inlines.ts';

/** One line of a list. `lead` is the space before it, `mark` what stands before its words: “- ”, “2. ”. */
export interface ListItem {
  readonly lead: string;
  readonly mark: string;
  readonly inside: readonly Inline[];
}

/** Lines that belong together. The blocks of a text are parted by one line break each. */
export type Block =
  | { readonly kind: 'lines'; readonly inside: readonly Inline[] }
  /** `marks`: what stood at the beginning of each of its lines. */
  | { readonly kind: 'quote'; readonly marks: readonly string[]; readonly inside: readonly Block[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  /** `info` stands behind the opening fence; `closed`: there is a closing one. */
  | { readonly kind: 'code'; readonly info: string; readonly text: readonly string[]; readonly closed: boolean };

/** Quotes inside quotes, up to here; the marks of deeper ones stay text. */
const deepest = 4;

/**
 * What the marks in a text mean, in the manner of XEP-0393: *bold*, _italic_, ~strike~, `code`, fenced blocks, quotes
 * (§5.1–5.2), and beside it **bold**, ~~strike~~, lists, addresses and names after an @. A mark counts only at the edge
 * of a word, so that 2*3*4 and snake_case stay what they are. Nothing is lost: the nodes with their marks are the text.
 * Never throws; the time it takes grows as the text does.
 */
export function formatted(text: string, names: Names = new Map(), depth = 0): Block[] {
  return blocksOf(text.split('\n'), names, depth);
}

/** What is read of nodes when their marks are not: one line where there is room for no more. */
export function wordsOf(blocks: readonly Block[]): string {
  const words = blocks.map((block) => {
    if (block.kind === 'lines') return plain(block.inside);
    if (block.kind === 'quote') return wordsOf(block.inside);
    if (block.kind === 'code') return [block.info, ...block.text].join(' ');
    return block.items.map(({ mark, inside }) => (block.ordered ? mark : '') + plain(inside)).join(' ');
  });
  return words.join(' ').replaceAll(/\s+/g, ' ').trim();
}

const quoted = /^>(?=[ >\p{L}]|$) ?/u;
const listed = /^([ \t]{0,8})([-*•] |\d{1,9}[.)] )(?=\S)/;

function blocksOf(lines: readonly string[], names: Names, depth: number): Block[] {
  const blocks: Block[] = [];
  let plain: string[] = [];
  const endPlain = (): void => {
    if (plain.length > 0) blocks.push({ kind: 'lines', inside: inlines(plain, names) });
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const block = blockAt(lines, at, names, depth);
    if (block) {
      endPlain();
      blocks.push(block);
      at += linesIn(block);
    } else {
      plain.push(lines[at] ?? '');
      at += 1;
    }
  }
  endPlain();
  return blocks;
}

function linesIn(block: Block): number {
  if (block.kind === 'quote') return block.marks.length;
  if (block.kind === 'list') return block.items.length;
  return block.kind === 'code' ? block.text.length + (block.closed ? 2 : 1) : 1;
}

function blockAt(lines: readonly string[], at: number, names: Names, depth: number): Block | undefined {
  const line = lines[at] ?? '';
  if (/^```[^`]*$/.test(line)) {
    const end = lines.indexOf('```', at + 1);
    const text = lines.slice(at + 1, end === -1 ? undefined : end);
    return { kind: 'code', info: line.slice(3), text, closed: end !== -1 };
  }
  if (depth < deepest && quoted.test(line)) {
    const marks = whileMatching(lines, at, (one) => quoted.exec(one)?.[0]);
    const inside = marks.map((mark, index) => (lines[at + index] ?? '').slice(mark.length));
    return { kind: 'quote', marks, inside: blocksOf(inside, names, depth + 1) };
  }
  const first = listed.exec(line)?.[2];
  if (first === undefined) return undefined;
  const ordered = isNumber(first);
  const items = whileMatching(lines, at, (one) => {
    const [whole = '', lead = '', mark = ''] = listed.exec(one) ?? [];
    if (mark === '' || isNumber(mark) !== ordered) return undefined;
    return { lead, mark, inside: inlines([one.slice(whole.length)], names) };
  });
  return { kind: 'list', ordered, items };
}

function isNumber(mark: string): boolean {
  return /^\d/.test(mark);
}

function whileMatching<T>(lines: readonly string[], at: number, read: (line: string) => T | undefined): T[] {
  const found: T[] = [];
  for (let next = at; next < lines.length; next += 1) {
    const one = read(lines[next] ?? '');
    if (one === undefined) break;
    found.push(one);
  }
  return found;
}
