import { Outbox } from './outbox.ts';
import type { OutboxStore } from './ports.ts';
import { type Conversation, emptyView, type Screen, type View } from './view.ts';

/** The one place where the view is replaced. What waits in the outbox is part of every view. */
export class State {
  readonly outbox: Outbox;
  readonly #redraw = new Set<() => void>();
  readonly #first: Screen;
  #view: View;

  constructor(screen: Screen, durable: boolean, store?: OutboxStore) {
    this.#first = screen;
    this.outbox = new Outbox(store, (ref) => this.idOf(ref));
    this.#view = { ...emptyView, screen, durable };
  }

  get view(): View {
    return this.#view;
  }

  change(changed: Partial<View> = {}): void {
    const durable = (changed.durable ?? this.#view.durable) && this.outbox.store?.durable !== false;
    this.#view = { ...this.#view, ...changed, durable, waiting: this.outbox.waiting };
    for (const redraw of this.#redraw) redraw();
  }

  /** Drops what one user may see, and another not. `over`: he has left, and the panel closes where it began. */
  reset(over: boolean): void {
    const { clockOffset, durable, link, open, screen, turn } = this.#view;
    const stays = over ? { screen: this.#first } : { clockOffset, link, open, screen };
    this.#view = { ...emptyView, durable, turn: turn + 1, ...stays };
    this.change();
  }

  subscribe(redraw: () => void): () => void {
    this.#redraw.add(redraw);
    return () => this.#redraw.delete(redraw);
  }

  /** The conversation that a reference names, as far as the friend has said. */
  held(ref: string): Conversation | undefined {
    return this.#view.conversations[this.idOf(ref)];
  }

  idOf(ref: string): string {
    return this.#view.refs[ref] ?? ref;
  }

  stop(): void {
    this.#redraw.clear();
  }
}
