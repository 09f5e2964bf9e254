import { toJson } from '../../protocol/frame.ts';
import { version } from '../../protocol/limits.ts';
import type { Page } from './effect.ts';
import type { StoredFact } from './rows.ts';

/** A stored fact's wire form without `prev` and `re`, which depend on the reader. */
export function wireStart(fact: StoredFact): string {
  const { type, at, by, log, seq } = fact;
  const lifted = fact.v === version ? '' : `,"v":${fact.v}`;
  return `{"type":${toJson(type)},"at":${at},"by":${toJson(by)},"log":${toJson(log)},"seq":${seq}${lifted},"body":${fact.body}`;
}

/** The wire form of a stored fact for one reader. */
export function wire(start: string, prev: number, re?: string): string {
  return re === undefined ? `${start},"prev":${prev}}` : `${start},"prev":${prev},"re":${toJson(re)}}`;
}

/** The facts of a page, each with the one before it; the reader's own answers among them say so. */
export function encodedPage({ after, facts }: Page, reader: string | undefined): string[] {
  let prev = after;
  return facts.map((fact, index) => {
    // One action may have stored several facts: the last of them is its answer.
    const isAnswer = fact.by === reader && fact.action !== facts[index + 1]?.action;
    const encoded = wire(wireStart(fact), prev, isAnswer ? fact.action : undefined);
    prev = fact.seq;
    return encoded;
  });
}

/** The wire form of what nobody stores. */
export function passing(event: {
  type: string;
  at: number;
  body: unknown;
  re?: string | undefined;
  by?: string | undefined;
}): string {
  return toJson(event);
}
