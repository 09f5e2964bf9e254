import type { Head } from '../../protocol/facts.ts';
import { seenUpTo, withConversation } from './apply.ts';
import type { Clock } from './ports.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import { Timers } from './timers.ts';

/** Markers leave at most this often, milliseconds. */
const markerPause = 2_000;
/** How long a mark of delivery waits for the person to look: then one mark says both. */
const glance = 1_500;

/** Tells how far this device and the person have got, beyond what was told; seldom, because marks are cumulative. */
export class Marks {
  readonly #session: Session;
  readonly #state: State;
  readonly #timers: Timers;
  /** What the friend was told, by conversation. */
  readonly #told = new Map<string, { readonly read: number; readonly delivered: number }>();

  constructor(session: Session, state: State, clock: Clock) {
    this.#session = session;
    this.#state = state;
    this.#timers = new Timers(clock);
  }

  /** The person has read up to `seq`. */
  seen(ref: string, seq: number): void {
    const held = this.#state.held(ref);
    if (!held || seq <= held.read) return;
    this.#state.change(withConversation(this.#state.view, seenUpTo(held, seq)));
    this.#mark(held.id);
  }

  /** Something has come. Waits a moment: what is looked at is read at once, and one mark says both. */
  delivered(id: string): void {
    this.#timers.once(`got ${id}`, glance, () => this.#mark(id));
  }

  /** What was read while the link was down, the friend does not know yet. */
  compare({ id, read }: Head): void {
    this.#told.set(id, { read, delivered: 0 });
    this.delivered(id);
  }

  /** Somebody else sits here, or nobody. */
  stop(): void {
    this.#timers.stop();
    this.#told.clear();
  }

  #mark(id: string): void {
    const held = this.#state.view.conversations[id];
    if (!held || !this.#session.up || this.#timers.has(id)) return;
    if (!held.member && held.kind === 'group') return;
    const { read, to: delivered } = held;
    const told = this.#told.get(id) ?? { read: 0, delivered: 0 };
    if (read <= told.read && delivered <= told.delivered) return;
    this.#told.set(id, { read, delivered });
    const marks = {
      read: read > told.read ? read : undefined,
      delivered: delivered > told.delivered ? delivered : undefined,
    };
    this.#session.ask('marker.set', { conversation: id, ...marks });
    this.#timers.once(id, markerPause, () => this.#mark(id));
  }
}
