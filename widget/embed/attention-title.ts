/**
 * The count in front of a page's title. Each change writes once and never again until the next: what the page itself
 * writes in between stays, and is what the title goes back to. A page without a title keeps none.
 */
export class TitleCount {
  readonly #document: Document;
  readonly #counts = new Map<object, number>();
  #own: string | undefined;
  #written: string | undefined;

  constructor(document: Document) {
    this.#document = document;
  }

  /** What `who` counts; the title shows the sum of all, and is the page's own again where that is 0. */
  show(who: object, count: number): void {
    if (count > 0) this.#counts.set(who, count);
    else this.#counts.delete(who);
    const text = this.#text;
    if (text === undefined) return;
    if (text.data !== this.#written) this.#own = text.data;
    this.#written = undefined;
    const sum = [...this.#counts.values()].reduce((all, one) => all + one, 0);
    const next = sum > 0 ? `(${sum}) ${this.#own?.trimStart()}` : this.#own;
    if (sum > 0) this.#written = next;
    if (next !== undefined && text.data !== next) text.data = next;
  }

  /** Altered in its place, so that whoever holds the node goes on with the same one. */
  get #text(): Text | undefined {
    const node = this.#document.head?.querySelector('title')?.firstChild;
    return node instanceof Text ? node : undefined;
  }
}

const counts = new WeakMap<Document, TitleCount>();

/** The one count of a page: it has one title, however many widgets it has. */
export function titleCountOf(document: Document): TitleCount {
  const count = counts.get(document) ?? new TitleCount(document);
  counts.set(document, count);
  return count;
}
