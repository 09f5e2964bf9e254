import { type AnyFact, type ReadFact, readFact } from '../../protocol/facts.ts';
import { readFrame } from '../../protocol/frame.ts';
import { apply, continues, heldUpTo, withOlder } from './apply.ts';
import type { Conversation, View } from './view.ts';

/** What the inbound side tells the chat, besides the new view. */
export interface InboundEvents {
  /** A fact that was not known before: live, or caught up after a pause. Not history. */
  fact(fact: AnyFact): void;
  /** An answer or an own fact: the action `re` is settled. `page`: what belongs to the page that it heads. */
  settled(re: string, fact: AnyFact, page: readonly AnyFact[]): void;
  /** Whether the page that answers `re` is for who asked alone: then it is not drawn. */
  asked?(re: string | undefined): boolean;
  /** Facts of `log` after what is held are missing. */
  gap(log: string): void;
  /** A fact of a conversation that the view does not hold. */
  stranger(log: string): void;
  /** What comes after `after` in `log` is still to be fetched. */
  more(log: string, after: number): void;
}

type Page = { readonly log: string; readonly after: number; readonly to: number; readonly last: number };

/** Facts that came before their turn, per log; beyond that they are fetched. */
const early = 100;

/** Reads frames into the view: the only way in which the friend's facts change it. */
export class Inbound {
  readonly #view: () => View;
  readonly #change: (view: View) => void;
  readonly #events: InboundEvents;
  readonly #early = new Map<string, NonNullable<ReadFact>[]>();

  constructor(view: () => View, change: (view: View) => void, events: InboundEvents) {
    this.#view = view;
    this.#change = change;
    this.#events = events;
  }

  /** Whether facts of `log` wait for what is missing before them. */
  waits(log: string): boolean {
    return this.#early.has(log);
  }

  /** Whatever waits for its turn was another user's. */
  forget(): void {
    this.#early.clear();
  }

  frame(json: string): void {
    const read = readFrame(json);
    if (!read.ok) return;
    const facts = read.frame.events.map(readFact);
    for (let index = 0; index < facts.length; index += 1) {
      const entry = facts[index];
      if (!entry) continue;
      const page = 'known' in entry ? pageOf(entry.known) : undefined;
      if (page === undefined) this.#one(entry);
      else index += this.#page(anyOf(entry), page, facts.slice(index + 1));
    }
  }

  /** A type of tomorrow, or of the team's own, draws nothing, but its place is taken, and who listens hears it. */
  #one(entry: NonNullable<ReadFact>): void {
    const fact = anyOf(entry);
    const isKnown = 'known' in entry;
    const { log, seq, prev = 0 } = fact;
    if (log === undefined || seq === undefined || log.startsWith('u_')) {
      if (isKnown) this.#change(apply(this.#view(), fact));
      return this.#done(fact, true);
    }
    if (this.#view().conversations[log] === undefined) {
      if (isKnown) this.#events.stranger(log);
      return this.#done(fact, true);
    }
    const place = continues(this.#view(), log, seq, prev);
    if (place === 'gap') return this.#keep(log, entry);
    if (place === 'known') return this.#done(fact, false);
    this.#change(isKnown ? apply(this.#view(), fact) : heldUpTo(this.#view(), log, seq));
    this.#done(fact, true);
    this.#drain(log);
  }

  /** Takes the facts that belong to the page and returns how many there were. */
  #page(head: AnyFact, page: Page, rest: readonly ReadFact[]): number {
    const { log, after, to } = page;
    const held = this.#view().conversations[log];
    const isAsked = head.type === 'log.paged' && this.#events.asked?.(head.re);
    const place = isAsked ? undefined : placeOf(head, page, held);
    const end = rest.findIndex((entry) => entry !== undefined && !belongs(entry, page));
    const within = end === -1 ? rest : rest.slice(0, end);
    const facts = within.flatMap((entry) => (entry !== undefined && 'known' in entry ? [entry.known] : []));
    this.#change(apply(this.#view(), head));
    if (place === 'older') this.#change(withOlder(this.#view(), log, after, after > 0, facts));
    if (place === 'newer' || place === 'anew') {
      for (const entry of within) {
        if (entry) this.#inPage(entry, place === 'newer', log);
      }
      this.#change(heldUpTo(this.#view(), log, to));
      if (to < page.last) this.#events.more(log, to);
    }
    this.#done(head, true, facts);
    if (place === 'apart' && held !== undefined && after > held.to) this.#events.more(log, held.to);
    this.#drain(log);
    return within.length;
  }

  #inPage(entry: NonNullable<ReadFact>, isNew: boolean, log: string): void {
    const fact = anyOf(entry);
    const known = (this.#view().conversations[log]?.to ?? 0) >= (fact.seq ?? 0);
    if ('known' in entry) this.#change(apply(this.#view(), entry.known));
    this.#done(fact, isNew && !known);
  }

  #done(fact: AnyFact, isNew: boolean, page: readonly AnyFact[] = []): void {
    if (fact.re !== undefined) this.#events.settled(fact.re, fact, page);
    if (isNew) this.#events.fact(fact);
  }

  #keep(log: string, entry: NonNullable<ReadFact>): void {
    const kept = this.#early.get(log) ?? [];
    if (kept.length < early) this.#early.set(log, [...kept, entry]);
    this.#events.gap(log);
  }

  #drain(log: string): void {
    const kept = this.#early.get(log);
    if (kept === undefined) return;
    this.#early.delete(log);
    for (const entry of kept.sort((one, other) => (anyOf(one).seq ?? 0) - (anyOf(other).seq ?? 0))) this.#one(entry);
  }
}

/** Listeners of types that this version does not know take what comes. */
function anyOf(entry: NonNullable<ReadFact>): AnyFact {
  return 'known' in entry ? entry.known : (entry.unknown as AnyFact);
}

/**
 * Where a page belongs: in the place of what is held, in front of it, behind it, or apart from it, where drawing it
 * would leave a hole.
 */
function placeOf(
  head: AnyFact,
  { after, to }: Page,
  held: Conversation | undefined,
): 'anew' | 'older' | 'newer' | 'apart' {
  if (head.type === 'conversation.opened' && (head.body.page.snapshot || !held?.ready)) return 'anew';
  if (!held || after > held.to || to < held.from) return 'apart';
  return head.type === 'log.paged' && after < held.from ? 'older' : 'newer';
}

function belongs(entry: NonNullable<ReadFact>, { log, to }: Page): boolean {
  const fact = 'known' in entry ? entry.known : entry.unknown;
  return fact.log === log && (fact.seq ?? 0) <= to;
}

function pageOf(fact: AnyFact): Page | undefined {
  if (fact.type === 'log.paged')
    return { ...fact.body, last: fact.body.more ? Number.POSITIVE_INFINITY : fact.body.to };
  if (fact.type !== 'conversation.opened') return undefined;
  const { conversation, page } = fact.body;
  return { log: conversation.id, after: page.after, to: page.to, last: conversation.last };
}
