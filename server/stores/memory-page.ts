import type { StoredFact } from '../core/rows.ts';
import type { PageQuery } from '../core/store.ts';

/** What `Store.page` answers from a log that is held as a whole. */
export function pageOf(
  facts: readonly StoredFact[],
  { after = 0, before, upTo, limit, reader }: PageQuery,
): StoredFact[] {
  const end = Math.min(before === undefined ? facts.length : before - 1, upTo ?? facts.length, facts.length);
  const isNewestFirst = before !== undefined;
  const found: StoredFact[] = [];
  for (let step = 0; step < end - after && found.length < limit; step++) {
    const fact = facts[isNewestFirst ? end - 1 - step : after + step];
    if (fact && (reader === undefined || isVisible(fact, reader))) found.push(fact);
  }
  return isNewestFirst ? found.reverse() : found;
}

/** Whether `reader` is in the fact's audience. */
export function isVisible(fact: StoredFact | undefined, reader: string): boolean {
  return fact !== undefined && (fact.audience === undefined || fact.audience.includes(reader));
}

/** Whether the fact counts as unread for `reader`. */
export function isNews(fact: StoredFact | undefined, reader: string): boolean {
  const isMessage = fact?.item === true && fact.type === 'message.sent';
  return isMessage && fact.by !== reader && isVisible(fact, reader) && bodyOf(fact).deleted !== true;
}

/** Whether the fact is a change of the message `of`. */
export function isChangeOf(fact: StoredFact, of: number): boolean {
  return bodyOf(fact).of === of;
}

function bodyOf(fact: StoredFact): { readonly deleted?: unknown; readonly of?: unknown } {
  return JSON.parse(fact.body);
}
