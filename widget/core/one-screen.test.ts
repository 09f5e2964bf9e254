import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { frameOf, toJson } from '../../protocol/frame.ts';
import { Inbound } from './inbound.ts';
import { fact, message, openedPage, person } from './staged-friend.ts';
import { emptyView, type Item, type View } from './view.ts';

/** How one fact of the log looks to this reader: shown, hidden from him, or of a type that he does not know. */
type Kind = 'shown' | 'hidden' | 'tomorrow';

const log = fc.array(fc.constantFrom<Kind>('shown', 'shown', 'shown', 'hidden', 'tomorrow'), { maxLength: 25 });

/** The facts of a log as this reader is told them; a hidden one leaves only its number. */
function toldOf(kinds: readonly Kind[]): AnyFact[] {
  let prev = 0;
  return kinds.flatMap((kind, index) => {
    if (kind === 'hidden') return [];
    const told = message(index + 1, { prev, ...(index % 5 === 0 ? { by: 'u_me', re: `r${index}` } : {}) });
    prev = index + 1;
    return [kind === 'tomorrow' ? ({ ...told, type: 'poll.started', body: {} } as unknown as AnyFact) : told];
  });
}

/** A reader whose friend answers every question, and who is told `frames`. */
class Reader {
  view: View = { ...emptyView, me: person('u_me') };
  readonly heard: number[] = [];
  readonly #told: readonly AnyFact[];
  readonly #inbound: Inbound;
  readonly #last: number;

  constructor(told: readonly AnyFact[], last: number) {
    this.#told = told;
    this.#last = last;
    const change = (view: View): void => {
      this.view = view;
    };
    this.#inbound = new Inbound(() => this.view, change, {
      fact: ({ seq }) => seq !== undefined && this.heard.push(seq),
      settled: () => undefined,
      gap: () => undefined,
      stranger: () => undefined,
      more: () => undefined,
    });
  }

  get items(): readonly Item[] {
    return this.view.conversations.c_1?.items ?? [];
  }

  get to(): number {
    return this.view.conversations.c_1?.to ?? 0;
  }

  tell(facts: readonly AnyFact[]): void {
    if (facts.length > 0) this.#inbound.frame(frameOf(facts.map(toJson)));
  }

  /** Opens with the newest facts after `after`, as a snapshot. */
  open(after: number): void {
    const facts = this.#told.filter(({ seq = 0 }) => seq > after);
    this.tell(openedPage({ after, to: this.#last, more: after > 0 }, facts));
  }

  /** What the friend answers to `log.read` after what is held, `size` facts in a page. */
  fetch(size: number): void {
    while (this.to < this.#last) {
      const after = this.to;
      const facts = this.#told.filter(({ seq = 0 }) => seq > after).slice(0, size);
      const to = facts.length < size ? this.#last : (facts.at(-1)?.seq ?? this.#last);
      this.tell([fact('log.paged', { log: 'c_1', after, to, more: to < this.#last, people: [] }), ...facts]);
    }
  }

  /** What the friend answers to `log.read` before what is held, `size` facts in a page. */
  fetchOlder(size: number): void {
    for (let from = this.#from; from > 0; from = this.#from) {
      const facts = this.#told.filter(({ seq = 0 }) => seq <= from).slice(-size);
      const after = facts.length < size ? 0 : (facts[0]?.seq ?? 1) - 1;
      this.tell([fact('log.paged', { log: 'c_1', after, to: from, more: after > 0, people: [] }), ...facts]);
    }
  }

  get #from(): number {
    return this.view.conversations.c_1?.from ?? 0;
  }
}

function atOnce(kinds: readonly Kind[]): readonly Item[] {
  const reader = new Reader(toldOf(kinds), kinds.length);
  reader.open(0);
  return reader.items;
}

test('draws the same items once, by seq, however the facts are split, repeated and put out of order', () => {
  const deliveries = log.chain((kinds) => {
    const index = fc.nat({ max: Math.max(0, toldOf(kinds).length - 1) });
    return fc.record({
      kinds: fc.constant(kinds),
      frames: fc.array(fc.array(index, { maxLength: 6 }), { maxLength: 30 }),
      size: fc.integer({ min: 1, max: 8 }),
    });
  });

  fc.assert(
    fc.property(deliveries, ({ kinds, frames, size }) => {
      const told = toldOf(kinds);
      const reader = new Reader(told, kinds.length);
      reader.tell(openedPage({ to: 0 }));
      for (const frame of frames) reader.tell(frame.flatMap((index) => told[index] ?? []));
      reader.fetch(size);

      expect(reader.items).toEqual(atOnce(kinds));
    }),
    { numRuns: 500 },
  );
});

test('hands each fact that came after the opening on once, in order', () => {
  const deliveries = log.chain((kinds) =>
    fc.record({
      kinds: fc.constant(kinds),
      order: fc.shuffledSubarray(
        toldOf(kinds).map((_, index) => index),
        { minLength: 0 },
      ),
      size: fc.integer({ min: 1, max: 8 }),
    }),
  );

  fc.assert(
    fc.property(deliveries, ({ kinds, order, size }) => {
      const told = toldOf(kinds);
      const reader = new Reader(told, kinds.length);
      reader.tell(openedPage({ to: 0 }));
      for (const index of order) reader.tell(told.slice(index, index + 1));
      reader.fetch(size);

      const seen = kinds.flatMap((kind, index) => (kind === 'hidden' ? [] : [index + 1]));
      expect(reader.heard).toEqual(seen);
    }),
    { numRuns: 500 },
  );
});

test('draws the same items where it begins in the middle and goes back, while new ones come', () => {
  const visits = log.chain((kinds) =>
    fc.record({
      kinds: fc.constant(kinds),
      later: log,
      begin: fc.nat({ max: kinds.length }),
      size: fc.integer({ min: 1, max: 8 }),
    }),
  );

  fc.assert(
    fc.property(visits, ({ kinds, later, begin, size }) => {
      const all = [...kinds, ...later];
      const told = toldOf(all);
      const before = told.filter(({ seq = 0 }) => seq <= kinds.length);
      const reader = new Reader(before, kinds.length);
      reader.open(begin);
      for (const next of told.slice(before.length)) reader.tell([next]);
      reader.fetchOlder(size);

      expect(reader.items).toEqual(atOnce(all));
    }),
    { numRuns: 500 },
  );
});
