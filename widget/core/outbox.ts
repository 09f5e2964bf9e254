import type { Action } from '../../protocol/actions.ts';
import { isLater } from '../../protocol/later.ts';
import type { Waiting } from './view.ts';

/** One message on its way: the action as it will be sent, and what the person sees of it. */
interface Entry {
  readonly action: Action;
  readonly ref: string;
  readonly text: string;
  state: Waiting['state'];
  code?: string;
}

/**
 * What was written and is not stored yet, oldest first. An entry leaves it only by the friend's answer or by the
 * person's hand. Order within a conversation is kept by `after`, which names the still unanswered predecessor.
 */
export class Outbox {
  #entries: readonly Entry[] = [];

  get waiting(): readonly Waiting[] {
    return this.#entries.map(({ action, ref, text, state, code }) => ({
      ...{ id: action.id, ref, text, at: action.at, state },
      ...(code === undefined ? {} : { code }),
    }));
  }

  /** True while an answer is due. */
  get sending(): boolean {
    return this.#entries.some((entry) => entry.state === 'sending');
  }

  add(action: Action, ref: string, text: string): void {
    this.#entries = [...this.#entries, { action, ref, text, state: 'waiting' }];
  }

  /** Actions to hand to the link now, in order; they count as sending. */
  take(): Action[] {
    const taken = this.#entries.filter((entry) => entry.state === 'waiting');
    for (const entry of taken) entry.state = 'sending';
    return taken.map((entry) => this.#linked(entry));
  }

  /** The link is gone, or the friend was not there: all that was handed over waits again. */
  requeue(): void {
    for (const entry of this.#entries) if (entry.state === 'sending') entry.state = 'waiting';
  }

  /** The friend has stored it. */
  stored(id: string): void {
    this.remove(id);
  }

  /** The friend refused it: set aside for good, or kept for another try. Returns whether it is worth another try. */
  refused(id: string, code: string): boolean {
    const entry = this.#entries.find((candidate) => candidate.action.id === id);
    if (entry === undefined) return false;
    const again = isLater(code);
    entry.state = again ? 'waiting' : 'failed';
    if (!again) entry.code = code;
    return again;
  }

  /** The person asks for another try. */
  retry(id: string): void {
    const entry = this.#entries.find((candidate) => candidate.action.id === id);
    if (entry?.state !== 'failed') return;
    entry.state = 'waiting';
    delete entry.code;
  }

  remove(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.action.id !== id);
  }

  has(id: string): boolean {
    return this.#entries.some((entry) => entry.action.id === id);
  }

  #linked(entry: Entry): Action {
    const before = this.#entries.slice(0, this.#entries.indexOf(entry));
    const predecessor = before.findLast((other) => other.ref === entry.ref && other.state !== 'failed');
    return predecessor === undefined ? entry.action : { ...entry.action, after: predecessor.action.id };
  }
}
