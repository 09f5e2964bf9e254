import { limits } from '../../protocol/limits.ts';
import type { Ended } from '../core/ports.ts';

/** What tabs say to each other. `by` is the tab that speaks; numbers of streams rise over all leaders. */
export type Word =
  /** I lead. `stream` is the one that is up, 0 where none is; `term` rises with every leader and stream. */
  | { readonly do: 'lead'; readonly by: string; readonly term: number; readonly stream: number }
  /** The leader's stream ended. */
  | { readonly do: 'ended'; readonly by: string; readonly why: Ended }
  /** Came in on the stream. */
  | { readonly do: 'frame'; readonly by: string; readonly json: string }
  | { readonly do: 'bounced'; readonly by: string }
  /** To go out on `stream`, and on no other. */
  | { readonly do: 'send'; readonly by: string; readonly stream: number; readonly json: string }
  /** Who leads? */
  | { readonly do: 'ask'; readonly by: string }
  /** Does the server answer? Yes. */
  | { readonly do: 'ping' | 'pong'; readonly by: string }
  /** A person waits for a stream, and not for `dead`, which answers no more. */
  | { readonly do: 'dial'; readonly by: string; readonly dead: number };

/** Text, and numbers, that each word must have. */
const shapes: Readonly<Record<Word['do'], readonly [texts: readonly string[], numbers: readonly string[]]>> = {
  lead: [[], ['term', 'stream']],
  ended: [['why'], []],
  frame: [['json'], []],
  bounced: [[], []],
  send: [['json'], ['stream']],
  ask: [[], []],
  ping: [[], []],
  pong: [[], []],
  dial: [[], ['dead']],
};

/** Reads what came over the channel: other scripts of the page's origin can write there too. Never throws. */
export function readWord(data: unknown): Word | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const word = data as Record<string, unknown>;
  const shape = Object.hasOwn(shapes, String(word.do)) ? shapes[word.do as Word['do']] : undefined;
  if (shape === undefined || typeof word.by !== 'string') return undefined;
  const [texts, numbers] = shape;
  if (!texts.every((key) => isText(word[key])) || !numbers.every((key) => Number.isSafeInteger(word[key]))) {
    return undefined;
  }
  return data as Word;
}

/** No frame is longer; what is longer is dropped unseen. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= limits.frameBytes;
}
