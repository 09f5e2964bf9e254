import type { Action, Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { framesOf, toJson } from '../../protocol/frame.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import { limits, versions } from '../../protocol/limits.ts';
import { Inbound } from './inbound.ts';
import { LinkState } from './link-state.ts';
import { answerLimit, bouncePause, gapPatience, isBusy, retryPause } from './pauses.ts';
import { secretIn } from './secret.ts';
import type { SessionEvents, SessionOptions } from './session-options.ts';
import type { State } from './state.ts';
import { Supervisor } from './supervisor.ts';
import { Timers } from './timers.ts';

/** The stream to the friend: opens it, sends what waits, reads what comes, and asks for what is missing. */
export class Session {
  readonly #options: SessionOptions;
  readonly #state: State;
  readonly #link: LinkState;
  readonly #events: SessionEvents;
  readonly #inbound: Inbound;
  readonly #supervisor: Supervisor;
  readonly #timers: Timers;
  /** Readings on their way: action id → the reference that was opened. */
  readonly #opening = new Map<string, string>();
  /** The id of the `connection.open` that is not answered yet. */
  #greeting: string | undefined;
  readonly #leaving: string[] = [];
  #up = false;
  /** Greetings that came back since the friend was there last. */
  #bounces = 0;
  #deafen: (() => void) | undefined;
  #invite: string | undefined;
  #nextOfList: string | undefined;

  constructor(options: SessionOptions, state: State, events: SessionEvents) {
    this.#options = options;
    this.#state = state;
    this.#link = new LinkState(state);
    this.#events = events;
    this.#timers = new Timers(options.clock);
    this.#inbound = new Inbound(
      () => state.view,
      (view) => state.change(view),
      {
        fact: (fact) => this.#heard(fact),
        settled: (re, fact) => {
          this.#settled(re, fact);
          if (!this.#state.outbox.has(re)) this.#events.settled(re, fact);
          this.#awaitAnswer(re);
        },
        gap: (log) => this.#timers.once(`gap ${log}`, gapPatience, () => this.#inbound.waits(log) && this.#fetch(log)),
        stranger: () => this.#timers.once('list', gapPatience, () => this.ask('conversation.list', {})),
        more: (log, after) => this.ask('log.read', { log, after }),
      },
    );
    this.#supervisor = new Supervisor(options.transport, options.clock, options.random, {
      state: (link, broken) => this.#linked(link, broken),
      up: () => this.#opened(),
      frame: (json) => this.#inbound.frame(json),
      bounced: () => this.#bounced(),
      alive: () => this.#alive(),
    });
  }

  get up(): boolean {
    return this.#up;
  }

  /** Dials: at the first intent, and at once when the person acts while another try is due. */
  connect(): void {
    this.#deafen ??= this.#options.page?.listen((event) => this.#paged(event));
    this.#state.outbox.load(() => this.flush());
    if (this.#link.mayDial) this.#supervisor.now();
  }

  /** The person wants another try now, whatever speaks against it. */
  retry(): void {
    if (!this.#up) this.#supervisor.now();
    else if (this.#timers.has('open')) this.#opened();
  }

  /** Becomes a colleague by an invite's one-time token, now or when the stream is up. */
  accept(invite: string): void {
    this.#invite = invite;
    this.#sendInvite();
    this.connect();
  }

  action<T extends string, B>(type: T, body: B): Action<T, B> {
    const at = this.#options.clock.now();
    return { id: uuidv7(at, this.#options.random(10)), type, at, body };
  }

  /** Sends an action that is not kept: after the next opening it is asked anew where it is still wanted. */
  ask<T extends ActionType>(type: T, body: Actions[T]): void {
    if (this.#up) this.#transmit([this.action(type, body)]);
  }

  /** Looks at a conversation: what is newer than what is held, or its newest page. */
  open(ref: string): void {
    if (!this.#up) return;
    const held = this.#state.held(ref);
    const action = this.action('conversation.open', { conversation: ref, ...(held?.ready ? { after: held.to } : {}) });
    this.#opening.set(action.id, ref);
    this.#transmit([action]);
  }

  /** The list, or its next page. */
  list(more: boolean): void {
    this.ask('conversation.list', more && this.#nextOfList !== undefined ? { before: this.#nextOfList } : {});
  }

  /** Hands over what waits in the outbox, where there is a stream. */
  flush(): void {
    const { outbox } = this.#state;
    // What may have ended the last stream leaves alone, once this one is known to carry.
    if (this.#up && !(outbox.suspicious && this.#greeting !== undefined)) {
      this.#transmit(outbox.take());
      this.#awaitAnswer();
    }
    this.#state.change();
  }

  async stop(): Promise<void> {
    this.#deafen?.();
    this.#timers.stop();
    await this.#supervisor.stop();
  }

  /** The stream is up: says who is there, what is held, what is looked at and what waits. */
  #opened(): void {
    this.#up = true;
    this.#timers.cancel('open');
    const { name, keep, secretKey, random } = this.#options;
    const { screen, conversations, listed } = this.#state.view;
    const opening = {
      versions: [...versions],
      secret: secretIn(keep, secretKey, random),
      ...(name === undefined ? {} : { name }),
    };
    const shown = screen.at === 'conversation' ? this.#state.idOf(screen.ref) : undefined;
    const others = Object.values(conversations).filter((held) => held.ready && held.id !== shown);
    const logs = Object.fromEntries(others.slice(0, limits.resume).map((held) => [held.id, held.to]));
    const greeting = this.action('connection.open', opening);
    this.#greeting = greeting.id;
    this.#transmit([greeting]);
    this.#sendInvite();
    if (others.length > 0) this.ask('log.resume', { logs });
    if (screen.at === 'conversation') this.open(screen.ref);
    if (screen.at === 'list' || listed) this.list(false);
    this.flush();
  }

  #sendInvite(): void {
    if (this.#invite !== undefined) this.ask('invite.accept', { token: this.#invite });
  }

  #fetch(log: string): void {
    const held = this.#state.held(log);
    if (held !== undefined) this.ask('log.read', { log, after: held.to });
  }

  #heard(fact: AnyFact): void {
    if (fact.type === 'friend.hello' && this.#up) {
      // What was under way when the friend went may never have arrived.
      this.#state.outbox.requeue();
      this.#opened();
    }
    this.#events.fact(fact);
  }

  #settled(re: string, fact: AnyFact): void {
    if (fact.type === 'error') return this.#refused(re, fact.body.code, fact.body.retryAfter ?? 0);
    if (this.#state.outbox.has(re)) {
      const { suspicious } = this.#state.outbox;
      this.#state.outbox.remove(re);
      this.#changed(suspicious);
    }
    if (fact.type === 'connection.opened') this.#welcomed(fact.body.now);
    if (fact.type === 'conversation.opened') this.#resolved(re, fact.body.conversation.id);
    if (fact.type === 'conversation.listed') this.#nextOfList = fact.body.next;
    if (fact.type === 'log.moved') for (const { log } of fact.body.logs) this.open(log);
    if (fact.type === 'profile.changed') this.#accepted();
  }

  #refused(re: string, code: string, retryAfter: number): void {
    this.#opening.delete(re);
    const pause = Math.max(retryAfter, retryPause);
    const { outbox } = this.#state;
    const { suspicious } = outbox;
    const kept = outbox.has(re);
    if (code === 'invite_invalid') this.#invite = undefined;
    if (code === 'not_open' || (!kept && isBusy(code)))
      this.#timers.once('open', pause, () => this.#up && this.#opened());
    const again = outbox.refused(re, code);
    if (again) this.#timers.once('retry', pause, () => this.flush());
    if (code === 'outdated') this.#outdated();
    else this.#changed(suspicious && kept && !again);
  }

  /** Draws anew; where one at a time is handed over, it is the next one's turn. */
  #changed(next: boolean): void {
    if (next) this.flush();
    else this.#state.change();
  }

  /** Only a reload can help: nothing is dialled any more, and what waits stays in sight. */
  #outdated(): void {
    this.#linked('outdated');
    this.#timers.stop();
    void this.#supervisor.stop();
  }

  /** While an answer is due, each one that comes gives the stream its time anew; without one it is given up. */
  #awaitAnswer(answered?: string): void {
    if (answered !== undefined) this.#timers.cancel('answer');
    if (answered === this.#greeting) this.#greeting = undefined;
    const due = this.#greeting !== undefined || this.#state.outbox.sending;
    if (this.#up && due) this.#timers.once('answer', answerLimit, () => this.#supervisor.renew());
  }

  /** What was sent is not answered on this stream any more. */
  #unanswered(): void {
    this.#greeting = undefined;
    this.#opening.clear();
    this.#timers.cancel('answer');
    this.#state.outbox.requeue();
  }

  #welcomed(now: number): void {
    const clockOffset = now - this.#options.clock.now();
    this.#state.change({ clockOffset });
    this.#link.says('online');
    this.#bounces = 0;
    this.#greeting = undefined;
    if (this.#state.outbox.suspicious) this.flush();
  }

  #paged(event: 'offline' | 'online' | 'back'): void {
    if (event !== 'back') this.#link.offline = event === 'offline';
    if (!this.#link.mayDial) return;
    if (this.#link.offline) this.#link.says('waiting');
    // What was dialled without a network may hang for long.
    if (event === 'online' && !this.#up) this.#supervisor.renew();
    this.#supervisor.probe();
  }

  /** The server answers, whatever the browser believes of the network. */
  #alive(): void {
    // Where the friend is being waited for, it is not he who has answered.
    const open = this.#greeting === undefined && !this.#timers.has('open');
    if (open && this.#link.current === 'offline') this.#link.says('online');
  }

  #resolved(re: string, id: string): void {
    const ref = this.#opening.get(re);
    this.#opening.delete(re);
    if (ref !== undefined) this.#state.change({ refs: { ...this.#state.view.refs, [ref]: id } });
  }

  /** The invite made a colleague of this user: what he may see has grown. */
  #accepted(): void {
    this.#invite = undefined;
    this.list(false);
  }

  #linked(state: 'connecting' | 'waiting' | 'refused' | 'outdated', broken = false): void {
    this.#up = false;
    // A cut says nothing of what was on its way: only a server that found fault with it does.
    if (broken) this.#state.outbox.died();
    this.#unanswered();
    this.#link.says(state);
  }

  /** The friend is not there: the stream is up, but nobody answers on it. */
  #bounced(): void {
    this.#unanswered();
    this.#link.says('waiting');
    this.#timers.once('open', bouncePause(this.#bounces++), () => this.#up && this.#opened());
  }

  /** Actions of the same tick leave in one frame. */
  #transmit(actions: readonly Action[]): void {
    if (actions.length === 0) return;
    if (this.#leaving.length === 0) void Promise.resolve().then(() => this.#leave());
    this.#leaving.push(...actions.map(toJson));
  }

  #leave(): void {
    for (const frame of framesOf(this.#leaving.splice(0))) this.#options.transport.send(frame);
  }
}
