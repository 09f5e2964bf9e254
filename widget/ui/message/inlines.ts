import { linkify } from './linkify.ts';

/** What stands in one line: text as it is, or something that means more. `mark` is what was typed around it. */
export type Inline =
  | string
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly mark: string; readonly inside: readonly Inline[] }
  | { readonly kind: 'code'; readonly mark: string; readonly text: string }
  | { readonly kind: 'link'; readonly href: string }
  | { readonly kind: 'name'; readonly user: string; readonly text: string };

/** Whom a text may name: user id → name. */
export type Names = ReadonlyMap<string, string>;

/** What the marks in some lines mean; the lines stay parted by their breaks. Linear in their length. */
export function inlines(lines: readonly string[], names: Names): Inline[] {
  const all: Inline[] = [];
  lines.forEach((line, index) => {
    if (index > 0) push(all, '\n');
    if (/[*_~`@]|https?:/i.test(line)) for (const one of inlineOf(line, names)) push(all, one);
    else push(all, line);
  });
  return all;
}

/** What is read of nodes without the marks. */
export function plain(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      if (node.kind === 'link') return node.href;
      return 'text' in node ? node.text : plain(node.inside);
    })
    .join('');
}

/** A span that has been opened, and what has been read since. */
interface Open {
  readonly mark: string;
  readonly inside: Inline[];
}

const kinds: Readonly<Record<string, 'bold' | 'italic' | 'strike'>> = {
  '*': 'bold',
  '**': 'bold',
  _: 'italic',
  '~': 'strike',
  '~~': 'strike',
};

function inlineOf(line: string, names: Names): Inline[] {
  const whole = atomsOf(line, names);
  const runs = runsOf(line);
  const closing = closingCode(runs);
  const root: Open = { mark: '', inside: [] };
  // The same mark is never open twice: so this is never deeper than there are marks.
  const open: Open[] = [root];
  const top = (): Open => open.at(-1) ?? root;
  let from = 0;
  let atom = 0;
  const textUpTo = (to: number): void => {
    for (; (whole[atom]?.at ?? to) < to; atom += 1) {
      const { at = 0, end = 0, node = '' } = whole[atom] ?? {};
      if (at < from) continue;
      push(top().inside, line.slice(from, at));
      push(top().inside, node);
      from = end;
    }
    if (from < to) push(top().inside, line.slice(from, to));
    from = Math.max(from, to);
  };
  for (let run = 0; run < runs.length; run += 1) {
    const { at, mark } = runs[run] ?? { at: 0, mark: '' };
    textUpTo(at);
    // It stands within an address or a name.
    if (from > at) continue;
    const end = at + mark.length;
    const partner = closing[run];
    const last = partner === undefined ? undefined : runs[partner];
    if (partner !== undefined && last) {
      push(top().inside, { kind: 'code', mark, text: line.slice(end, last.at) });
      from = last.at + mark.length;
      run = partner;
      continue;
    }
    const kind = kinds[mark];
    if (!kind) continue;
    const before = open.findIndex((one) => one.mark === mark);
    if (before > 0 && mayClose(line, at, end) && (open.length - 1 > before || open[before]?.inside.length)) {
      while (open.length - 1 > before) flatten(open);
      const { inside } = open.pop() ?? root;
      push(top().inside, { kind, mark, inside });
      from = end;
    } else if (before < 0 && mayOpen(line, at, end)) {
      open.push({ mark, inside: [] });
      from = end;
    }
  }
  textUpTo(line.length);
  while (open.length > 1) flatten(open);
  return root.inside;
}

/** Marks of one kind that stand side by side. */
interface Run {
  readonly at: number;
  readonly mark: string;
}

function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < line.length; ) {
    const kind = line.charAt(at);
    let end = at + 1;
    if ('*_~`'.includes(kind)) {
      while (line.charAt(end) === kind) end += 1;
      runs.push({ at, mark: line.slice(at, end) });
    }
    at = end;
  }
  return runs;
}

/** What was opened and not closed is text, and so is its mark. */
function flatten(open: Open[]): void {
  const { mark, inside } = open.pop() ?? { mark: '', inside: [] };
  const into = open.at(-1)?.inside ?? [];
  for (const one of [mark, ...inside]) push(into, one);
}

function push(into: Inline[], one: Inline): void {
  const last = into.at(-1);
  if (one === '') return;
  if (typeof one === 'string' && typeof last === 'string') into[into.length - 1] = last + one;
  else into.push(one);
}

/** For each run of backticks, the next of the same length that something stands before; no other run has one. */
function closingCode(runs: readonly Run[]): readonly (number | undefined)[] {
  const next = new Map<string, number>();
  const found: (number | undefined)[] = [];
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const { mark = '' } = runs[at] ?? {};
    if (!mark.startsWith('`')) continue;
    found[at] = next.get(mark);
    next.set(mark, at);
  }
  return found;
}

interface Atom {
  readonly at: number;
  readonly end: number;
  readonly node: Inline;
}

/** Addresses and names, in the order of the line: what is inside them is no mark. */
function atomsOf(line: string, names: Names): Atom[] {
  const atoms: Atom[] = [];
  let end = 0;
  for (const piece of linkify(line)) {
    const at = end;
    end += typeof piece === 'string' ? piece.length : piece.href.length;
    if (typeof piece !== 'string') atoms.push({ at, end, node: { kind: 'link', href: piece.href } });
  }
  if (names.size === 0) return atoms;
  const longest = [...names].sort(([, one], [, other]) => other.length - one.length);
  for (let at = line.indexOf('@'); at !== -1; at = line.indexOf('@', at + 1)) {
    const [user, name] = longest.find(([, one]) => one !== '' && line.startsWith(one, at + 1)) ?? [];
    if (user === undefined || name === undefined) continue;
    const after = at + 1 + name.length;
    if (isWordBefore(line, at) || isWordAt(line, after)) continue;
    atoms.push({ at, end: after, node: { kind: 'name', user, text: line.slice(at, after) } });
  }
  return atoms.sort((one, other) => one.at - other.at);
}

function mayOpen(line: string, at: number, end: number): boolean {
  return !isWordBefore(line, at) && end < line.length && !/\s/.test(line.charAt(end));
}

function mayClose(line: string, at: number, end: number): boolean {
  return !/\s/.test(line.charAt(at - 1)) && !isWordAt(line, end);
}

function isWordAt(line: string, at: number): boolean {
  const point = line.codePointAt(at) ?? 0x20;
  return point < 0x80 ? /[a-z0-9]/i.test(line.charAt(at)) : /[\p{L}\p{N}]/u.test(String.fromCodePoint(point));
}

function isWordBefore(line: string, at: number): boolean {
  const isPair = /[\udc00-\udfff]/.test(line.charAt(at - 1)) && /[\ud800-\udbff]/.test(line.charAt(at - 2));
  return at > 0 && isWordAt(line, at - (isPair ? 2 : 1));
}
