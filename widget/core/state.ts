import { Outbox } from './outbox.ts';
import { type Conversation, emptyView, type Screen, type View } from './view.ts';

/** The one place where the view is replaced. What waits in the outbox is part of every view. */
export class State {
  readonly outbox: Outbox = new Outbox();
  readonly #redraw = new Set<() => void>();
  #view: View;

  constructor(screen: Screen, durable: boolean) {
    this.#view = { ...emptyView, screen, durable };
  }

  get view(): View {
    return this.#view;
  }

  change(changed: Partial<View> = {}): void {
    this.#view = { ...this.#view, ...changed, waiting: this.outbox.waiting };
    for (const redraw of this.#redraw) redraw();
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
