import { limits, utf8Length } from '../../protocol/limits.ts';
import type { Reads } from '../core/reads.ts';
import type { StoredFact } from '../core/rows.ts';

/** One event of a frame is the page's head. */
const factsOfPage = limits.page - 1;

/** What is left for facts, and for the people who wrote them, in a frame whose head shows a conversation. */
const bytesOfFacts = limits.frameBytes - 12_288;

/** Bytes of a fact's envelope around its body, and of a person in the head, at most: a name may be all escapes, and a picture has an address. */
const envelope = 400;
const person = 910;

/** Facts that follow each other for this reader: all that he may see in (`after`, `to`]. */
export interface LogPage {
  readonly facts: readonly StoredFact[];
  readonly after: number;
  readonly to: number;
}

export interface Reading {
  readonly log: string;
  readonly reader: string;
  readonly limit?: number;
  /** The head of the log. */
  readonly last: number;
}

/** The oldest facts after `after`, as many as a frame holds. */
export async function pageAfter(read: Reads, reading: Reading, after: number): Promise<LogPage> {
  const { log, reader, last } = reading;
  const limit = Math.min(reading.limit ?? factsOfPage, factsOfPage);
  const found = await read.page({ log, after, upTo: last, limit, reader });
  const facts = fitting(found);
  const whole = facts.length === found.length && found.length < limit;
  return { facts: await asOwn(read, reader, facts), after, to: whole ? last : (facts.at(-1)?.seq ?? after) };
}

/** The newest facts before `before`, as many as a frame holds. */
export async function pageBefore(read: Reads, reading: Reading, before: number): Promise<LogPage> {
  const { log, reader, last } = reading;
  const limit = Math.min(reading.limit ?? factsOfPage, factsOfPage);
  const found = await read.page({ log, before: Math.min(before, last + 1), limit, reader });
  const facts = fitting([...found].reverse()).reverse();
  const whole = facts.length === found.length && found.length < limit;
  const own = await asOwn(read, reader, facts);
  return { facts: own, after: whole ? 0 : (facts[0]?.seq ?? 1) - 1, to: Math.max(0, Math.min(before - 1, last)) };
}

/** What the reader said as a visitor, before he signed in, is shown to him as his own, and to him alone. */
export async function asOwn(read: Reads, reader: string, facts: readonly StoredFact[]): Promise<StoredFact[]> {
  const authors = await Promise.all(Array.from(new Set(facts.map(({ by }) => by)), (by) => read.user(by)));
  const former = new Set(authors.flatMap((row) => (row?.mergedInto === reader ? [row.id] : [])));
  return facts.map((fact) => (former.has(fact.by) ? { ...fact, by: reader } : fact));
}

function fitting(facts: readonly StoredFact[]): StoredFact[] {
  let bytes = 0;
  const authors = new Set<string>();
  const end = facts.findIndex((fact) => {
    bytes += utf8Length(fact.body) + envelope + (authors.has(fact.by) ? 0 : person);
    authors.add(fact.by);
    return bytes > bytesOfFacts;
  });
  return end === -1 ? [...facts] : facts.slice(0, Math.max(1, end));
}
