import type { StoredFact } from '../core/rows.ts';
import type { FindQuery, Hit, Hits } from '../core/store.ts';
import { placesOf, tokensOf } from '../core/words.ts';
import { isVisible } from './memory-page.ts';

type Place = Pick<StoredFact, 'log' | 'seq'>;

/** Where the messages stand, in the order in which they were stored. */
export interface MemoryWords {
  stored(fact: StoredFact): void;
  find(query: FindQuery): Hits;
}

/** Looks at one message after the other: nothing is remembered of their words. A cursor is the number of a message. */
export function memoryWords(kept: {
  factAt(place: Place): StoredFact | undefined;
  from(log: string, reader: string): number;
}): MemoryWords {
  const places: Place[] = [];

  function fits({ terms, logs, reader }: FindQuery, { log, seq }: Place): StoredFact | undefined {
    if (terms.length === 0 || !logs.includes(log) || seq <= kept.from(log, reader)) return undefined;
    const fact = kept.factAt({ log, seq });
    if (fact === undefined || !isVisible(fact, reader)) return undefined;
    const { text = '' } = JSON.parse(fact.body) as { text?: string };
    return placesOf(terms, tokensOf(text)) === undefined ? undefined : fact;
  }

  return {
    stored({ log, seq, item, type }) {
      if (item && type === 'message.sent') places.push({ log, seq });
    },

    find(query) {
      const hits: Hit[] = [];
      for (let index = Math.min(places.length, Number(query.before ?? places.length)) - 1; index >= 0; index--) {
        const place = places[index];
        const fact = place && fits(query, place);
        if (fact !== undefined) hits.push({ fact, cursor: String(index) });
        if (hits.length === query.limit) return index === 0 ? { hits } : { hits, next: String(index) };
      }
      return { hits };
    },
  };
}
