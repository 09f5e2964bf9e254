import { FriendError } from '../../core/errors.ts';

/** UTF-16 units of a message that patterns look at. */
export const patternLength = 300;

/**
 * A pattern that ends soon whatever is written. A repeated group must not repeat or choose within itself, since a few dozen
 * letters can then take for ever; and of what repeats, no more than two parts, or three after `^`, may take the same letters
 * without something between them that is none of these: each part more is another power of `patternLength`.
 * @throws FriendError `FRIEND_BOT`
 */
export function safePattern(pattern: RegExp): RegExp {
  const why = danger(pattern);
  if (why !== undefined) throw new FriendError('FRIEND_BOT', `the pattern ${pattern} ${why}`);
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
}

/** A letter, a class or what stands for one; or what groups and chooses. */
interface Token {
  readonly text: string;
  readonly kind: 'open' | 'close' | 'choice' | 'atom';
  readonly least: number;
  readonly isMany: boolean;
}

const token =
  /(\((?:\?(?:<[A-Za-z_$][\w$]*>|<?[=!]|:))?)|(\))|(\|)|(?:\[\^?\]?(?:\\.|[^\]\\])*\]|\\(?:u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|p\{[^}]*\}|P\{[^}]*\}|.)|.)/gsu;
const quantifier = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;

/** Repeated more often than this counts as repeated without end. */
const often = 20;

/** Letters that stand for all others. */
const samples = [
  ...Array.from({ length: 96 }, (_, index) => String.fromCharCode(32 + index)),
  '\n',
  '\t',
  'é',
  'ß',
  '中',
  '🙂',
];

function danger(pattern: RegExp): string | undefined {
  if (/\\[1-9]|\\k</.test(pattern.source)) return 'refers back to what it has found: compare in the reply';
  if (/\[\^?\]/.test(pattern.source)) return 'has a class of nothing or of everything: say what it takes';
  const tokens = tokensOf(pattern.source);
  return nested(tokens) ?? overlapping(tokens, pattern);
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; ) {
    token.lastIndex = at;
    const [text = '', opened, closed, choice] = token.exec(source) ?? [];
    at += Math.max(1, text.length);
    quantifier.lastIndex = at;
    const isGroup = opened !== undefined || choice !== undefined;
    const found = isGroup ? null : quantifier.exec(source);
    at += found?.[0].length ?? 0;
    const [, sign, least, comma, most] = found ?? [];
    const kind =
      opened !== undefined ? 'open' : closed !== undefined ? 'close' : choice !== undefined ? 'choice' : 'atom';
    const upTo = comma === undefined ? Number(least ?? 1) : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    tokens.push({
      ...{ text, kind },
      least: sign === undefined ? Number(least ?? 1) : sign === '+' ? 1 : 0,
      isMany: sign === '*' || sign === '+' || upTo > often,
    });
  }
  return tokens;
}

function nested(tokens: readonly Token[]): string | undefined {
  const open = [{ repeats: false, chooses: false }];
  for (const { kind, isMany } of tokens) {
    const group = open.at(-1);
    if (kind === 'open') open.push({ repeats: false, chooses: false });
    else if (kind === 'choice' && group !== undefined) group.chooses = true;
    else if (kind === 'close' && group !== undefined) {
      if (isMany && group.repeats) return 'repeats what repeats: leave one of the two out';
      if (isMany && group.chooses) return 'repeats a choice: take a class such as [ab]';
      open.pop();
      const outer = open.at(-1);
      if (outer === undefined) continue;
      outer.repeats ||= group.repeats || isMany;
      outer.chooses ||= group.chooses;
    } else if (isMany && group !== undefined) group.repeats = true;
  }
  return undefined;
}

function overlapping(tokens: readonly Token[], { flags, source }: RegExp): string | undefined {
  // Where it has to begin is one power less.
  const most = source.startsWith('^') && !tokens.some(({ kind }) => kind === 'choice') ? 3 : 2;
  let chain: ReadonlySet<string>[] = [];
  for (const [index, { text, kind, least, isMany }] of tokens.entries()) {
    if (kind !== 'atom') continue;
    const letters = lettersOf(text, flags);
    const around = groupsAround(tokens, index);
    // What may be left out, by itself, with its group or by a choice, keeps nothing apart.
    const isSure = least > 0 && letters.size > 0 && around.every(({ isPlain }) => isPlain);
    if (isSure && chain.every((set) => ![...set].some((letter) => letters.has(letter)))) chain = [];
    if (isMany || around.some((group) => group.isMany)) chain.push(letters);
    if (samples.some((letter) => chain.filter((set) => set.has(letter)).length > most))
      return `repeats more than ${most} parts that take the same letters: say what they take, or how often at most`;
  }
  return undefined;
}

interface Around {
  /** It is there exactly once, and as it stands. */
  readonly isPlain: boolean;
  readonly isMany: boolean;
}

/** The groups that a token stands in, and the pattern itself. */
function groupsAround(tokens: readonly Token[], index: number): Around[] {
  const ends = tokens.flatMap(({ kind }, at) => (kind === 'close' ? [at] : []));
  const groups = ends.flatMap((end) => {
    const begin = beginOf(tokens, end);
    return begin < index && index < end ? [{ begin, end }] : [];
  });
  const all = [...groups, { begin: -1, end: tokens.length }];
  return all.map(({ begin, end }) => {
    const { least = 1, isMany = false } = tokens[end] ?? {};
    const isLook = /[=!]$/.test(tokens[begin]?.text ?? '');
    const chooses = tokens.slice(begin + 1, end).some(({ kind }) => kind === 'choice');
    return { isMany, isPlain: least > 0 && !isMany && !isLook && !chooses };
  });
}

function beginOf(tokens: readonly Token[], end: number): number {
  let inner = 0;
  for (let at = end - 1; at >= 0; at -= 1) {
    const { kind } = tokens[at] ?? {};
    if (kind === 'close') inner += 1;
    if (kind === 'open' && inner-- === 0) return at;
  }
  return 0;
}

/** Which letters a part takes; none where it is a place and not a letter. */
function lettersOf(text: string, flags: string): ReadonlySet<string> {
  if (['^', '$', '\\b', '\\B'].includes(text)) return new Set();
  const one = new RegExp(`^(?:${text})$`, flags.replace(/[gymd]/g, ''));
  return new Set(samples.filter((letter) => one.test(letter)));
}
