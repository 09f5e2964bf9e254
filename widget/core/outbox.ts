import type { Action } from '../../protocol/actions.ts';
import { isLater } from '../../protocol/later.ts';
import type { OutboxStore, StoredAction } from './ports.ts';
import type { Waiting } from './view.ts';

/** One message on its way: the action as it will be sent, and what the person sees of it. */
interface Entry extends StoredAction {
  state: Waiting['state'];
  code?: string;
  struck: boolean;
  /** Its files are there. */
  up?: boolean;
}

/**
 * What was written and is not stored yet, oldest first. An entry leaves it only by the friend's answer or by the
 * person's hand. Order within a conversation is kept by `after`, which names the still unanswered predecessor. With a
 * store, an entry is kept before it is seen, and outlives the page.
 */
export class Outbox {
  /** Where it is kept; only `keepIn` of keep-in.ts sets another. */
  store: OutboxStore | undefined;
  readonly #idOf: (ref: string) => string;
  #entries: readonly Entry[] = [];
  #clears = 0;
  /** All that was begun before is read or kept. */
  #ready: Promise<void> | undefined;

  /** `idOf` names the conversation of a reference, where the friend has said it. */
  constructor(store?: OutboxStore, idOf: (ref: string) => string = (ref) => ref) {
    this.store = store;
    this.#idOf = idOf;
  }

  /** What this tab holds, also what nobody sees. */
  get entries(): readonly StoredAction[] {
    return this.#entries;
  }

  get waiting(): readonly Waiting[] {
    return this.#entries.flatMap(({ action: { id, at }, ref, text, extras, state, code }) =>
      text === undefined ? [] : { id, ref, text, extras, at, state, code },
    );
  }

  /** True while an answer is due. */
  get sending(): boolean {
    return this.#entries.some((entry) => entry.state === 'sending');
  }

  /** True while something waits that may have ended a stream: then one at a time is handed over. */
  get suspicious(): boolean {
    return this.#entries.some((entry) => entry.struck);
  }

  /** What waits for its own files to be there. */
  get held(): readonly StoredAction[] {
    return this.#entries.filter(isHeld);
  }

  /** Reads what an earlier page left, once; `shown` is called when it is there. */
  load(shown: () => void): void {
    if (this.store === undefined || this.#ready !== undefined) return;
    const show = this.#shows();
    this.#ready = this.store.load().then((kept) => {
      for (const entry of kept) show(entry);
      shown();
    });
  }

  /**
   * Keeps it, then lets it be seen and calls `shown`: at once where there is no store. The write begins within this
   * call, so that a reload right after it finds it.
   */
  add(entry: StoredAction, shown: () => void): void {
    const shows = this.#shows();
    const show = (): void => {
      shows(entry);
      shown();
    };
    const kept = this.store?.put(entry);
    if (kept === undefined) return show();
    this.#ready = Promise.all([kept, this.#ready]).then(show);
  }

  /** Takes over what another tab has left behind, or all that is there; `shown` is called when it is there. Resolves when it is kept as this one's. */
  async adopt(tab: string | undefined, shown: () => void): Promise<void> {
    const show = this.#shows();
    const left = (await this.store?.load(tab)) ?? [];
    for (const entry of left) show(entry);
    shown();
    await Promise.all(left.map((entry) => this.store?.put(entry)));
  }

  /** Actions to hand to the link now, in order; they count as sending. */
  take(): Action[] {
    const free = (entry: Entry): boolean => ![entry, ...this.#before(entry)].some(isHeld);
    const waiting = this.#entries.filter((entry) => entry.state === 'waiting' && free(entry));
    const taken = !this.suspicious ? waiting : this.sending ? [] : waiting.slice(0, 1);
    const linked = taken.map((entry) => this.#linked(entry));
    for (const entry of taken) entry.state = 'sending';
    return linked;
  }

  /** The friend was not there, or nobody answers: all that was handed over waits again. */
  requeue(): void {
    for (const entry of this.#entries) if (entry.state === 'sending') this.#wait(entry, false);
  }

  /**
   * The stream went down. What was unanswered waits again, and is handed over alone; what ends two streams in a row is
   * set aside as `unsendable`, so that it never holds up the rest.
   */
  died(): void {
    for (const entry of this.#entries) {
      if (entry.state !== 'sending') continue;
      if (entry.struck) this.#fail(entry, 'unsendable');
      else this.#wait(entry, true);
    }
  }

  /** The friend refused it: set aside for good, or kept for another try. Returns whether it is worth another try. */
  refused(id: string, code: string): boolean {
    const entry = this.#find(id);
    if (!entry) return false;
    const again = isLater(code);
    // What it rests on is not there after all.
    if (code === 'early') entry.up = false;
    if (again) this.#wait(entry, false);
    else this.#fail(entry, code);
    return again;
  }

  /** The person asks for another try. */
  retry(id: string): void {
    const entry = this.#find(id);
    if (entry?.state !== 'failed') return;
    delete entry.code;
    entry.up = false;
    this.#wait(entry, false);
    this.#keep(entry);
  }

  /** It is another one from now on: with fewer files, or with all of them there. */
  alter(id: string, change: Partial<StoredAction> & { readonly up?: boolean }): void {
    const entry = this.#find(id);
    if (!entry) return;
    Object.assign(entry, change);
    if (!change.up) this.#keep(entry);
  }

  /** The friend has stored it, or the person wants it no more. */
  remove(id: string): void {
    if (!this.has(id)) return;
    this.#entries = this.#entries.filter((entry) => entry.action.id !== id);
    void this.store?.remove(id);
  }

  /** Forgets everything, what other tabs keep too. */
  async clear(): Promise<void> {
    this.#entries = [];
    this.#clears += 1;
    await this.store?.clear();
  }

  has(id: string): boolean {
    return this.#find(id) !== undefined;
  }

  /** Shows what was on its way to the disk or from it, unless everything was forgotten meanwhile. */
  #shows(): (entry: StoredAction) => void {
    const clears = this.#clears;
    return (entry) => {
      if (clears === this.#clears) this.#show(entry);
    };
  }

  #show(entry: StoredAction): void {
    if (this.has(entry.action.id)) return;
    const state = entry.code === undefined ? 'waiting' : 'failed';
    this.#entries = [...this.#entries, { ...entry, state, struck: entry.struck === true }];
  }

  #find(id: string): Entry | undefined {
    return this.#entries.find((entry) => entry.action.id === id);
  }

  #fail(entry: Entry, code: string): void {
    // Nobody sees it, so nobody could try it again.
    if (entry.text === undefined) return this.remove(entry.action.id);
    entry.state = 'failed';
    entry.struck = false;
    entry.code = code;
    this.#keep(entry);
  }

  #wait(entry: Entry, struck: boolean): void {
    entry.state = 'waiting';
    if (entry.struck === struck) return;
    entry.struck = struck;
    this.#keep(entry);
  }

  #keep({ state, up, ...kept }: Entry): void {
    void this.store?.put(kept);
  }

  /** Behind its predecessor in the same conversation; behind the last of all where the references do not yet tell. */
  #linked(entry: Entry): Action {
    const predecessor = this.#before(entry).at(-1);
    return predecessor === undefined ? entry.action : { ...entry.action, after: predecessor.action.id };
  }

  /** Unanswered ones that come before it for the friend. */
  #before(entry: Entry): Entry[] {
    const unanswered = this.#entries.filter(
      ({ state, text }) => state !== 'failed' && (text === undefined) === (entry.text === undefined),
    );
    const own = this.#idOf(entry.ref);
    const unclear = unanswered.some(({ ref }) => isId(this.#idOf(ref)) !== isId(own));
    const before = unanswered.slice(0, unanswered.indexOf(entry));
    return before.filter(({ ref }) => unclear || this.#idOf(ref) === own);
  }
}

/** Whether files of its own are still on their way. */
function isHeld({ state, up, extras }: Entry): boolean {
  return state === 'waiting' && !up && Boolean(Object(extras).files);
}

function isId(name: string): boolean {
  return name.startsWith('c_');
}
