import { type AtDesk, type Case, type DeskFacts, deskLogOf } from '../../../protocol/desk.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import type { Fact } from '../../../protocol/facts.ts';
import { isLater } from '../../../protocol/later.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Clock } from '../../core/ports.ts';
import { isCase } from '../../core/support-case.ts';
import type { Line } from '../line.ts';
import type { Positions } from '../positions.ts';
import { Desk } from './desk.ts';
import { nameOf, noteLine } from './desk-words.ts';
import { changeFor, isToldTo, type Standing } from './told-cases.ts';

/** Cases that are remembered of one account, and pages of each list that are looked through. */
const bounds = { cases: 5_000, pages: 4 } as const;

/** How often the desk is asked for again that is not ready, and the pause before, milliseconds. */
const again = { times: 10, pause: 1_000 } as const;

export interface CaseworkOptions {
  readonly line: Pick<Line, 'ask' | 'insist'>;
  readonly clock: Clock;
  readonly positions: Pick<Positions, 'of' | 'raise'>;
  /** The id of the account's user, where it is a colleague's; empty for all others. */
  readonly colleague: () => string;
  /** Sends what was said in a case that is told from now on. */
  readonly begin: (conversation: string) => Promise<void>;
  /** Looks for what is new in all cases. */
  readonly lookAgain: () => void;
  /** Says something in the chat of a case, in the friend's own name; false where it was not taken. */
  readonly says: (conversation: string, text: string) => boolean;
}

/** Which cases a colleague's account is told: his own, and those that anybody may take. */
export class Casework {
  readonly #options: CaseworkOptions;
  readonly #desk: Desk;
  readonly #cases = new Map<string, Case>();
  #standing: Standing | undefined;
  #colleagues: readonly AtDesk[] = [];
  /** Undefined until it is known. */
  #hasDesk: boolean | undefined;
  #tries = 0;
  #cancel: () => void = () => undefined;

  constructor(options: CaseworkOptions) {
    this.#options = options;
    this.#desk = new Desk(options.line);
  }

  stop(): void {
    this.#cancel();
  }

  /** Looks at the desk anew: whose cases are which. */
  async resume(): Promise<void> {
    if (this.#options.colleague() === '') return;
    this.#cancel();
    const { fact } = await this.#options.line.ask('desk.show', {});
    if (fact.type === 'error') return this.#notShown((fact.body as { code: ErrorCode }).code);
    this.#tries = 0;
    const before = this.#hasDesk === true ? new Map(this.#cases) : undefined;
    this.#hasDesk = true;
    this.#shown(fact.body as DeskFacts['desk.shown']);
    this.#cases.clear();
    for (const view of ['away', 'waiting', 'mine'] as const) await this.#list(view);
    await this.#given(before);
    for (const one of [...this.#cases.values()]) if (this.#isOwn(one)) await this.#notes(one.conversation);
  }

  /** Whether a conversation is told to this account. `looks`: asks of one that is in no list of his. */
  async tells(conversation: string, looks = true): Promise<boolean> {
    const me = this.#options.colleague();
    if (me === '' || !isCase(conversation) || this.#hasDesk === false) return true;
    if (!this.#cases.has(conversation) && (looks || this.#standing === undefined)) await this.#look(conversation);
    return this.isTold(conversation);
  }

  /** The same of what is known already. */
  isTold(conversation: string): boolean {
    const me = this.#options.colleague();
    if (me === '' || !isCase(conversation) || this.#hasDesk === false) return true;
    const one = this.#cases.get(conversation);
    return one !== undefined && isToldTo(one, me, this.#standing);
  }

  /** Takes what the desk tells by itself. */
  async told(fact: Fact): Promise<void> {
    const me = this.#options.colleague();
    if (me === '') return;
    if (fact.type === 'desk.people') this.#colleagues = (fact.body as DeskFacts['desk.people']).colleagues;
    else if (fact.type === 'desk.changed') await this.#changed(fact.body as Case, fact.by, me);
    else if (fact.type === 'note.added') this.#noted(fact, fact.body as DeskFacts['note.added'], me);
  }

  /**
   * Says which cases he has got since he was told of them last. What was his `before` is not said again; where nobody knows
   * that, a case is new of which nothing was ever told.
   */
  async #given(before: ReadonlyMap<string, Case> | undefined): Promise<void> {
    const { colleague, positions, says } = this.#options;
    const me = colleague();
    const his = [...this.#cases.values()].filter(({ assignee }) => assignee === me).slice(-limits.page);
    const known = await positions.of(before === undefined ? his.map(({ conversation }) => conversation) : []);
    for (const one of his) {
      const { conversation } = one;
      const was = before === undefined ? (known.get(conversation) ?? 0) > 0 : before.get(conversation)?.assignee === me;
      const words = was ? undefined : changeFor(me, { before: undefined, wasTold: false }, one, String);
      if (words !== undefined) says(conversation, words);
    }
  }

  async #changed(one: Case, by: string | undefined, me: string): Promise<void> {
    const { begin, says } = this.#options;
    const before = this.#cases.get(one.conversation);
    const wasTold = before !== undefined && isToldTo(before, me, this.#standing);
    this.#learn(one);
    const words =
      by === me ? undefined : changeFor(me, { before, wasTold }, one, (user) => nameOf(user, this.#colleagues));
    if (words !== undefined) says(one.conversation, words);
    if (!wasTold && isToldTo(one, me, this.#standing)) await begin(one.conversation);
    if (!(before !== undefined && this.#isOwn(before)) && this.#isOwn(one)) await this.#notes(one.conversation);
  }

  #noted({ log, seq, by }: Fact, note: DeskFacts['note.added'], me: string): void {
    const { positions, says } = this.#options;
    if (log === undefined || seq === undefined || by === undefined || by === me) return;
    const one = this.#cases.get(note.conversation);
    const concerns = (one !== undefined && this.#isOwn(one)) || note.mentions?.includes(me) === true;
    if (!concerns) return;
    if (says(note.conversation, noteLine(note, nameOf(by, this.#colleagues)))) positions.raise(log, seq);
  }

  /** Tells the notes of a case that this account has not been told. */
  async #notes(conversation: string): Promise<void> {
    const { colleague, positions, says } = this.#options;
    const opened = await this.#desk.opened(conversation);
    const notes = opened.ok ? opened.body.notes : [];
    const log = deskLogOf(conversation);
    const position = notes.length === 0 ? 0 : ((await positions.of([log])).get(log) ?? 0);
    for (const note of notes) {
      if (note.seq <= position) continue;
      const isOwn = note.by === colleague();
      if (!isOwn && !says(conversation, noteLine(note, nameOf(note.by, this.#colleagues)))) return;
      positions.raise(log, note.seq);
    }
  }

  async #look(conversation: string): Promise<void> {
    const opened = await this.#desk.opened(conversation);
    if (opened.ok) this.#learn(opened.body.case);
    else if (opened.code === 'unknown_type') this.#hasDesk = false;
  }

  async #list(view: 'mine' | 'waiting' | 'away'): Promise<void> {
    let before: string | undefined;
    for (let page = 0; page < bounds.pages; page += 1) {
      const listed = await this.#desk.listed(view, before);
      if (!listed.ok) return;
      for (const one of listed.body.cases) this.#learn(one);
      before = listed.body.next;
      if (before === undefined) return;
    }
  }

  #notShown(code: ErrorCode): void {
    if (!isLater(code)) {
      this.#hasDesk = false;
      return;
    }
    if (this.#tries >= again.times) return;
    this.#tries += 1;
    this.#cancel = this.#options.clock.after(again.pause, () => this.#options.lookAgain());
  }

  #shown({ me, queues, colleagues }: DeskFacts['desk.shown']): void {
    const pulled = queues
      .filter(({ id, pull }) => pull !== false && me.queues?.includes(id) !== false)
      .map(({ id }) => id);
    this.#standing = { pulled: new Set(pulled) };
    this.#colleagues = colleagues;
  }

  #isOwn({ assignee, invited }: Case): boolean {
    const me = this.#options.colleague();
    return assignee === me || invited?.includes(me) === true;
  }

  #learn(one: Case): void {
    this.#cases.delete(one.conversation);
    this.#cases.set(one.conversation, one);
    const [oldest] = this.#cases.keys();
    if (this.#cases.size > bounds.cases && oldest !== undefined) this.#cases.delete(oldest);
  }
}
