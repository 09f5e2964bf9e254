import type { Action, ActionType } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import { limits, versions } from '../../protocol/limits.ts';
import { Identity } from './identity.ts';
import { Inbound } from './inbound.ts';
import { Leaving } from './leaving.ts';
import { LinkState } from './link-state.ts';
import { answerLimit, bouncePause, gapPatience, isBusy, retryPause } from './pauses.ts';
import type { Asked, SessionEvents, SessionOptions } from './session-options.ts';
import type { State } from './state.ts';
import { Supervisor } from './supervisor.ts';
import { Timers } from './timers.ts';

/** The stream to the friend: opens it, sends what waits, reads what comes, and asks for what is missing. */
export class Session {
  readonly identity: Identity;
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
  readonly #leaving: Leaving;
  #up = false;
  /** Greetings that came back since the friend was there last. */
  #bounces = 0;
  #deafen: (() => void) | undefined;
  #nextOfList: string | undefined;

  constructor(options: SessionOptions, state: State, events: SessionEvents) {
    this.#options = options;
    this.#state = state;
    this.#link = new LinkState(state);
    this.#events = events;
    this.#timers = new Timers(options.clock);
    this.#leaving = new Leaving(options.transport);
    this.#inbound = new Inbound(
      () => state.view,
      (view) => state.change(view),
      {
        fact: (fact) => this.#heard(fact),
        asked: events.asked,
        settled: (re, fact, page) => {
          this.#settled(re, fact);
          if (!this.#state.outbox.has(re)) this.#events.settled(re, fact, page);
          this.#awaitAnswer(re);
        },
        gap: (log) => this.#timers.once(`gap ${log}`, gapPatience, () => this.#inbound.waits(log) && this.#fetch(log)),
        stranger: () => this.#timers.once('list', gapPatience, () => this.ask('conversation.list', {})),
        more: (log, after) => this.ask('log.read', { log, after }),
      },
    );
    this.identity = new Identity(options, {
      // On a stream that is not opened it is this answer that is waited for.
      ask: (type, body) => {
        const id = this.ask(type, body);
        this.#greeting ??= id;
        this.#awaitAnswer();
        return id;
      },
      connect: () => this.connect(),
      open: () => this.#up && this.#opened(),
      flush: () => this.flush(),
      reset: (over) => this.#reset(over),
    });
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

  action<T extends string, B>(type: T, body: B): Action<T, B> {
    const at = this.#options.clock.now();
    return { id: uuidv7(at, this.#options.random(10)), type, at, body };
  }

  /** Sends an action that is not kept: after the next opening it is asked anew where it is still wanted. Gives its id. */
  ask<T extends ActionType>(type: T, body: Asked<T>): string | undefined {
    if (!this.#up) return undefined;
    const action = this.action(type, body);
    this.#leaving.add([action]);
    return action.id;
  }

  /** Looks at a conversation: what is newer than what is held, or its newest page. */
  open(ref: string): void {
    const held = this.#state.held(ref);
    const id = this.ask('conversation.open', { conversation: ref, after: held?.ready ? held.to : undefined });
    if (id !== undefined) this.#opening.set(id, ref);
  }

  /** The list, or its next page. */
  list(more: boolean): void {
    this.ask('conversation.list', { before: more ? this.#nextOfList : undefined });
  }

  /** Hands over what waits in the outbox, where there is a stream. */
  flush(): void {
    const { outbox } = this.#state;
    // What may have ended the last stream leaves alone, once this one is known to carry.
    const isUnsure = outbox.suspicious && this.#greeting !== undefined;
    if (this.#up && !isUnsure && !this.identity.waits) {
      this.#leaving.add(outbox.take());
      this.#awaitAnswer();
    }
    if (outbox.held.length > 0) this.#events.held();
    this.#state.change();
  }

  async stop(): Promise<void> {
    this.#deafen?.();
    this.#timers.stop();
    this.identity.login?.stop();
    await this.#supervisor.stop();
  }

  /** The stream is up: says who is there, what is held, what is looked at and what waits. */
  #opened(): void {
    this.#up = true;
    this.#timers.cancel('open');
    const secret = this.identity.opening();
    if (secret === undefined) return;
    const { name } = this.#options;
    const { screen, conversations, listed } = this.#state.view;
    const opening = { versions: [...versions], secret, name };
    const shown = screen.at === 'conversation' ? this.#state.idOf(screen.ref) : undefined;
    const others = Object.values(conversations).filter((held) => held.ready && held.id !== shown);
    const logs = Object.fromEntries(others.slice(0, limits.resume).map((held) => [held.id, held.to]));
    const greeting = this.action('connection.open', opening);
    this.#greeting = greeting.id;
    this.#leaving.add([greeting]);
    if (others.length > 0) this.ask('log.resume', { logs });
    if (screen.at === 'conversation') this.open(screen.ref);
    if (screen.at === 'list' || listed) this.list(false);
    this.flush();
  }

  /** What one user may see is not another's. `over`: nobody is here until somebody acts. */
  #reset(over: boolean): void {
    this.#unanswered();
    this.#inbound.forget();
    this.#nextOfList = undefined;
    if (over) {
      this.#up = false;
      this.#timers.stop();
      this.#supervisor.rest();
      this.#options.keep.clear(`${this.#options.secretKey}:`);
      void this.#state.outbox.clear();
    }
    this.#state.reset(over);
    this.#events.reset();
  }

  #fetch(log: string): void {
    const held = this.#state.held(log);
    if (held) this.ask('log.read', { log, after: held.to });
  }

  #heard(fact: AnyFact): void {
    if (fact.type === 'friend.hello' && this.#up) {
      // What was under way when the friend went may never have arrived.
      this.#unanswered();
      this.#opened();
    }
    this.#events.fact(fact);
  }

  #settled(re: string, fact: AnyFact): void {
    this.identity.login?.settled(re, fact);
    if (fact.type === 'error') return this.#refused(re, fact.body.code, fact.body.retryAfter ?? 0);
    if (this.#state.outbox.has(re)) {
      const { suspicious } = this.#state.outbox;
      this.#state.outbox.remove(re);
      this.#changed(suspicious);
    }
    if (fact.type === 'connection.opened') this.#welcomed(fact.body.now, fact.body.user.id);
    if (fact.type === 'conversation.opened') this.#resolved(re, fact.body.conversation.id);
    if (fact.type === 'conversation.listed') this.#nextOfList = fact.body.next;
    if (fact.type === 'log.moved') for (const { log } of fact.body.logs) this.open(log);
    // An invite made a colleague of this user: what he may see has grown.
    if (fact.type === 'profile.changed') this.list(false);
  }

  #refused(re: string, code: string, retryAfter: number): void {
    this.#opening.delete(re);
    const pause = Math.max(retryAfter, retryPause);
    const { outbox } = this.#state;
    const { suspicious } = outbox;
    const kept = outbox.has(re);
    if (re === this.#greeting && code === 'not_found') this.#events.shut();
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
    this.#events.lost();
    this.#state.outbox.requeue();
  }

  #welcomed(now: number, user: string): void {
    const clockOffset = now - this.#options.clock.now();
    this.#state.change({ clockOffset });
    this.#link.says('online');
    this.#bounces = 0;
    this.#greeting = undefined;
    if (this.#state.outbox.suspicious) this.flush();
    this.identity.opened(user);
  }

  #paged(event: 'offline' | 'online' | 'back'): void {
    if (!this.#link.heard(event)) return;
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
}
