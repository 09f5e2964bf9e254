import { FriendError } from '../../core/errors.ts';

/** UTF-16 units of a message that patterns look at. */
export const patternLength = 300;

/**
 * A pattern that ends soon whatever is written: a repeated group must not repeat or choose within itself, since a few dozen
 * letters can then take for ever. What remains is bounded by `patternLength`.
 * @throws FriendError `FRIEND_BOT`
 */
export function safePattern(pattern: RegExp): RegExp {
  const why = danger(pattern.source);
  if (why !== undefined) throw new FriendError('FRIEND_BOT', `the pattern ${pattern} ${why}`);
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
}

interface Group {
  repeats: boolean;
  chooses: boolean;
}

function danger(source: string): string | undefined {
  if (/\\[1-9]|\\k</.test(source)) return 'refers back to what it has found: compare in the reply';
  if ((source.match(wide)?.length ?? 0) > 3) return 'has more than three parts that take anything: say what they take';
  const bare = source.replace(/\\./g, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
  const open: Group[] = [{ repeats: false, chooses: false }];
  for (let at = 0; at < bare.length; at += 1) {
    const group = open.at(-1) ?? { repeats: false, chooses: false };
    if (bare[at] === '(') open.push({ repeats: false, chooses: false });
    else if (bare[at] === '|') group.chooses = true;
    else if (bare[at] === ')') {
      const isRepeated = isMany(bare.slice(at + 1));
      if (isRepeated && group.repeats) return 'repeats what repeats: leave one of the two out';
      if (isRepeated && group.chooses) return 'repeats a choice: take a class such as [ab]';
      open.pop();
      const outer = open.at(-1);
      if (outer !== undefined) {
        outer.repeats ||= group.repeats || isRepeated;
        outer.chooses ||= group.chooses;
      }
    } else if (isMany(bare.slice(at))) group.repeats = true;
  }
  return undefined;
}

/** Whether it begins with a quantifier that may repeat often. */
function isMany(rest: string): boolean {
  const [, least, upTo = least] = /^\{(\d+)(?:,(\d*))?\}/.exec(rest) ?? [];
  return /^[*+]/.test(rest) || (upTo !== undefined && (upTo === '' || Number(upTo) > 20));
}

/** Parts that take nearly anything, as often as they can. */
const wide = /(?:\\[SWD]|\[\^[^\]]*\]|\[(?:\\s\\S|\\w\\W|\\d\\D)\]|(?<!\\)\.)(?:[*+]|\{\d+,\})/g;
