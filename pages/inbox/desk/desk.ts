import type { DeskActions, DeskFacts } from '../../../protocol/desk.ts';
import { type ErrorCode, errors } from '../../../protocol/errors.ts';
import type { AnyFact } from '../../../protocol/facts.ts';
import type { Clock } from '../../../widget/core/ports.ts';
import { goneBy, type ListPage } from './gone.ts';
import { type DeskNotice, type DeskState, heard, nothingHeard, without } from './state.ts';
import { deskViews, keyOf, type Place } from './views.ts';

/** What the desk needs from the chat. */
export interface DeskPort {
  /** Sends once. Resolves with the answer; with nothing where there is no link, or where it goes before the answer. */
  ask<T extends keyof DeskActions>(type: T, body: DeskActions[T]): Promise<AnyFact | undefined>;
  /** Keeps it until there is an answer, over reloads too. */
  wish<T extends keyof DeskActions>(type: T, body: DeskActions[T]): Promise<AnyFact>;
  readonly after: Clock['after'];
}

/** What a colleague does with a case. */
export type DeskDeed = Exclude<keyof DeskActions, 'desk.show' | 'desk.list' | 'desk.open' | 'desk.note'>;

/** Cases that one page of a list has. */
const page = 50;

/** How long the desk may be asked again and again before somebody is told so, milliseconds. */
const patience = 5_000;

/** What a colleague's inbox knows of the desk, and what he can do there. */
export class Desk {
  readonly #port: DeskPort;
  readonly #redraw: () => void;
  #state: DeskState = nothingHeard;
  /** Ends the wait for a desk that does not show itself. */
  #calm: (() => void) | undefined;

  constructor(port: DeskPort, redraw: () => void) {
    this.#port = port;
    this.#redraw = redraw;
  }

  get state(): DeskState {
    return this.#state;
  }

  /** Takes a fact into the state. */
  hear(fact: AnyFact): void {
    this.#change(heard(this.#state, fact));
  }

  /** A connection is open: asks for all that is shown, since something may have been missed. Resolves once it is there. */
  async begin(place: Place, conversation: string | undefined): Promise<void> {
    const answer = await this.#port.ask('desk.show', {});
    if (answer?.type === 'error') return this.#unshown(answer.body.code);
    this.#shows();
    if (answer !== undefined) this.hear(answer);
    const places = [{ view: 'waiting' } as const, { view: 'mine' } as const, place];
    const distinct = places.filter((one, at) => places.findIndex((other) => keyOf(other) === keyOf(one)) === at);
    await Promise.all([
      ...distinct.map((one) => this.list(one)),
      ...(conversation === undefined ? [] : [this.open(conversation)]),
    ]);
  }

  /** Reads a list, or its next page. What is held of it and is not there any more is forgotten. */
  async list(place: Place, more = false): Promise<void> {
    const key = keyOf(place);
    const asked = this.#state;
    const { at, next, last } = asked.lists[key] ?? {};
    if (more && (at !== 'read' || next === undefined)) return;
    this.#listed(key, { at: 'reading' });
    const answer = await this.#port.ask('desk.list', {
      ...place,
      limit: page,
      ...(more && next !== undefined ? { before: next } : {}),
    });
    if (answer === undefined || (answer.type as string) !== 'desk.listed') {
      return this.#listed(key, { ...asked.lists[key], at: 'failed' });
    }
    this.hear(answer);
    const { cases, next: further } = answer.body as unknown as DeskFacts['desk.listed'];
    this.#forget({ place, cases, next: further, after: more ? last : undefined }, asked);
    const end = cases.at(-1);
    this.#listed(key, {
      at: 'read',
      ...(further === undefined ? {} : { next: further }),
      ...(end === undefined ? {} : { last: end }),
    });
  }

  /** Shows one case, with its visitor and notes. */
  async open(conversation: string): Promise<void> {
    if (this.#state.opened?.case.conversation !== conversation) this.#change({ ...this.#state, opened: undefined });
    const answer = await this.#port.ask('desk.open', { conversation });
    if (answer?.type === 'error') this.#notice({ code: answer.body.code });
    else if (answer !== undefined) this.hear(answer);
  }

  /** No case is shown any more. */
  leave(): void {
    if (this.#state.opened !== undefined) this.#change({ ...this.#state, opened: undefined });
  }

  /** Does something at the desk. Resolves with whether it was done; where not, `notice` says why. */
  async does<T extends DeskDeed>(type: T, body: DeskActions[T]): Promise<boolean> {
    this.#change({ ...this.#state, notice: undefined });
    const answer = await this.#port.ask(type, body);
    if (answer === undefined) {
      this.#notice({ code: 'offline' });
      return false;
    }
    if (answer.type !== 'error') {
      this.hear(answer);
      return true;
    }
    const { conversation } = body as { readonly conversation?: string };
    if (answer.body.code !== 'too_late' || conversation === undefined) {
      this.#notice({ code: answer.body.code });
      return false;
    }
    await this.open(conversation);
    const by = this.#state.cases[conversation]?.assignee;
    this.#notice({ code: 'lost', ...(by === undefined ? {} : { by }) });
    return false;
  }

  /** Keeps a note in `unsent` until it is answered. Resolves with whether it is; where not, `notice` says why. */
  async notes(body: DeskActions['desk.note']): Promise<boolean> {
    this.#change({ ...this.#state, unsent: [...(this.#state.unsent ?? []), body] });
    const answer = await this.#port.wish('desk.note', body);
    this.#change({ ...this.#state, unsent: (this.#state.unsent ?? []).filter((one) => one !== body) });
    if (answer.type === 'error') {
      this.#notice({ code: answer.body.code });
      return false;
    }
    this.hear(answer);
    return true;
  }

  /** What was said of the last deed has been read. */
  dismiss(): void {
    this.#change({ ...this.#state, notice: undefined });
  }

  /** Somebody else sits here: nothing stays. */
  forget(): void {
    this.#shows();
    this.#change(nothingHeard);
  }

  /** What passes is asked again with the next opening, and said only where it does not pass. */
  #unshown(code: string): void {
    if (errors[code as ErrorCode]?.kind !== 'later') return this.#notice({ code });
    this.#calm ??= this.#port.after(patience, () => this.#notice({ code, of: 'show' }));
  }

  #shows(): void {
    this.#calm?.();
    this.#calm = undefined;
    if (this.#state.notice?.of === 'show') this.dismiss();
  }

  /** Somebody may be looking at one of them: that one is asked for, and stays until it is known where it stands. */
  #forget(page: ListPage, asked: DeskState): void {
    const gone = goneBy(page, asked, this.#state);
    const opened = this.#state.opened?.case.conversation;
    const unseen = gone.filter((one) => one !== opened);
    this.#change(without(this.#state, unseen));
    if (opened !== undefined && unseen.length < gone.length) void this.open(opened);
  }

  #listed(key: string, listed: DeskState['lists'][string]): void {
    const kept = Object.entries(this.#state.lists).filter(([other]) => other !== key);
    const lists = Object.fromEntries([...kept.slice(-10 * deskViews.length), [key, listed]]);
    this.#change({ ...this.#state, lists });
  }

  #notice(notice: DeskNotice): void {
    this.#change({ ...this.#state, notice });
  }

  #change(state: DeskState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#redraw();
  }
}
