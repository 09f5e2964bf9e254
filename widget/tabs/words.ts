import { limits } from '../../protocol/limits.ts';

/**
 * What tabs say to each other, always of one shape. `term` is the newest leadership that the speaker knows of; it rises
 * with every leader and every stream. `stream` is the term in which a stream was dialled, 0 for none.
 *
 * The leader says: lead (I lead; `text` is the device secret where `stream` is up, lost or refused where it has ended), frame (`text` came in),
 * bounced, pong (the server answers). The others say: ask (who leads?), dial (a person waits for a stream, and not for
 * `stream`, which answers no more), send (`text` has to go out on `stream`), ping. Each says: here (`text` is its name),
 * and the leader too what it sends, because the others read from it what the person has seen.
 */
export type Word = readonly [what: string, text: string, term: number, stream: number];

/** Whether something that came over the channel is a word; other scripts of the page's origin can write there too. */
export function isWord(data: unknown): data is Word {
  return (
    Array.isArray(data) &&
    typeof data[1] === 'string' &&
    data[1].length <= limits.frameBytes &&
    Number.isSafeInteger(data[2]) &&
    Number.isSafeInteger(data[3])
  );
}
