import type { Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact, Facts, FactType } from '../../protocol/facts.ts';
import { withConversation, withNewest } from './apply.ts';
import { Attendance } from './attendance.ts';
import { Directory } from './directory.ts';
import type { TokenLogin } from './login.ts';
import { Marks } from './marks.ts';
import type { OutboxStore } from './ports.ts';
import { Session } from './session.ts';
import type { SessionOptions } from './session-options.ts';
import { State } from './state.ts';
import { Timers } from './timers.ts';
import { Typing } from './typing.ts';
import type { Files } from './uploads-host.ts';
import type { Act, Conversation, Intents, Screen, View } from './view.ts';
import { Wishes } from './wishes.ts';

export interface ChatOptions extends SessionOptions {
  /** What is shown first; `inbox` is the list. */
  readonly conversation: string;
  /** What sends files, loaded with the first of them; absent where the friend has no place for them. */
  readonly files?: ((session: Session, state: State) => Promise<Files>) | undefined;
}

/** How long it is said why nothing came of a wish. */
const noticeTime = 6_000;

type Listener = (fact: AnyFact) => void;
type AnyIntent = { [T in keyof Intents]: { readonly type: T; readonly body: Intents[T] } }[keyof Intents];

/**
 * One person's chat: the view, what may be done with it, and the session behind it. Nothing is dialled, read or kept
 * before the first intent.
 */
export class Chat {
  readonly #state: State;
  readonly #session: Session;
  readonly #typing: Typing;
  readonly #directory: Directory;
  readonly #attendance: Attendance;
  readonly #timers: Timers;
  readonly #marks: Marks;
  readonly #loadFiles: ChatOptions['files'];
  #files: Promise<Files> | undefined;
  #login: TokenLogin | undefined;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #wishes = new Wishes();

  constructor(options: ChatOptions) {
    const { clock, conversation, files, keep, outbox } = options;
    const screen: Screen = conversation === 'inbox' ? { at: 'list' } : { at: 'conversation', ref: conversation };
    this.#state = new State(screen, keep.durable, outbox);
    this.#timers = new Timers(clock);
    this.#session = new Session(options, this.#state, {
      fact: (fact) => this.#heard(fact),
      settled: (...settled) => this.#wishes.settled(...settled),
      lost: () => this.#wishes.lost(),
      asked: (re) => this.#wishes.has(re),
      held: () => this.#withFiles((files) => files.go()),
      shut: async () => (await this.login()).shut(),
      reset: () => this.#reset(),
    });
    this.#loadFiles = files;
    this.#marks = new Marks(this.#session, this.#state, clock);
    this.#directory = new Directory(this.#session, this.#state);
    this.#attendance = new Attendance(this.#session, this.#state, options);
    this.#typing = new Typing(clock, {
      send: (log, on) => this.#session.ask('typing.set', { conversation: log, on }),
      expired: (log, user) => this.#stoppedTyping(log, user),
    });
  }

  get view(): View {
    return this.#state.view;
  }

  /** Calls `redraw` after each change of the view; returns what ends that. */
  subscribe(redraw: () => void): () => void {
    return this.#state.subscribe(redraw);
  }

  /** Hears facts of one type, those that are new to this page. Returns what ends that. */
  on<T extends FactType>(type: T, listener: (fact: AnyFact & { type: T; body: Facts[T] }) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener as Listener));
    return () => listeners.delete(listener as Listener);
  }

  /** Signing in and out. Most pages never say who is here: what that takes is loaded when they do. */
  async login(): Promise<TokenLogin> {
    const { identity } = this.#session;
    identity.loading = true;
    const { TokenLogin } = await import('./login.ts').finally(() => {
      identity.loading = false;
    });
    this.#login ??= new TokenLogin(identity, this.#state.outbox);
    identity.login = this.#login;
    return this.#login;
  }

  readonly act: Act = (type, body) => {
    this.#session.connect();
    this.#intent({ type, body } as AnyIntent);
  };

  /**
   * Sends an action that is no message, the protocol's or the team's own: kept like one until the friend has answered,
   * over reloads too. Resolves with the answer, which may be an `error`; a reload forgets who waits for it.
   */
  wish(type: string, body: unknown): Promise<AnyFact> {
    this.#session.connect();
    const action = this.#session.action(type, body);
    const answer = this.#wishes.made(action.id);
    this.#state.outbox.add({ action, ref: '' }, () => this.#session.flush());
    return answer.then(([fact]) => fact);
  }

  /**
   * Asks for what is shown once and held nowhere. Resolves with the answer, and behind it the facts of its page; with
   * nothing where there is no link, or where it goes before the answer.
   */
  ask<T extends ActionType>(type: T, body: Actions[T]): Promise<readonly AnyFact[]> {
    const id = this.#session.ask(type, body);
    return id === undefined ? Promise.resolve([]) : this.#wishes.asked(id);
  }

  /** Keeps what waits in another place from now on, and takes over what was left there; without one only in memory. */
  async keepIn(store: OutboxStore | undefined): Promise<void> {
    const { keepIn } = await import('./keep-in.ts');
    await keepIn(this.#state, store, () => this.#session.flush());
  }

  /** Takes over what another tab of this browser has left behind unanswered. Resolves when it is kept as this one's. */
  adopt(tab: string): Promise<void> {
    return this.#state.outbox.adopt(tab, () => this.#session.flush());
  }

  /** Where it could not be loaded, the next use asks again; then `failed` is called. */
  #withFiles(use: (files: Files) => unknown, failed?: () => void): void {
    this.#files ??= this.#loadFiles?.(this.#session, this.#state);
    this.#files?.then(use, () => {
      this.#files = undefined;
      failed?.();
    });
  }

  /** Ends everything: stream, timers, listeners. */
  async destroy(): Promise<void> {
    void this.#files?.then((files) => files.stop());
    this.#reset();
    this.#state.stop();
    this.#listeners.clear();
    await this.#session.stop();
  }

  /** Somebody else sits here. */
  #reset(): void {
    this.#timers.stop();
    this.#marks.stop();
    this.#typing.stop();
    this.#attendance.stop();
  }

  #intent(intent: AnyIntent): void {
    switch (intent.type) {
      case 'panel.open':
        return this.#state.change({ open: true });
      case 'panel.close':
        this.#state.change({ open: false });
        return this.#left();
      case 'screen.show':
        return this.#show(intent.body);
      case 'message.send':
        return this.#send(intent.body);
      case 'files':
        return this.#withFiles((files) => files.act(intent.body));
      case 'compose':
        return this.#state.change({ composing: intent.body });
      case 'message.retry':
        this.#state.outbox.retry(intent.body.id);
        return this.#session.flush();
      case 'message.discard':
        this.#state.outbox.remove(intent.body.id);
        return this.#state.change();
      case 'composer.changed':
        return this.#typing.wrote(this.#state.idOf(intent.body.ref), intent.body.empty);
      case 'conversation.seen':
        return this.#marks.seen(intent.body.ref, intent.body.seq);
      case 'history.older':
        return this.#older(intent.body.ref);
      case 'history.reach':
        return this.#state.change({ sought: intent.body });
      case 'history.left':
        return this.#left();
      case 'list.more':
        return this.#session.list(true);
      case 'wish':
        return this.#wished(intent.body);
      case 'people.wanted':
        return this.#directory.wanted();
      case 'members.more':
        return this.#directory.members(intent.body.id);
      case 'link.retry':
        return this.#session.retry();
      default:
        intent satisfies never;
    }
  }

  /** What is on the screen needs its newest items only: nobody looks at the others any more. */
  #left(): void {
    const held = this.#shown;
    if (held) this.#state.change(withConversation(this.view, withNewest(held)));
  }

  get #shown(): Conversation | undefined {
    const { screen } = this.view;
    return screen.at === 'conversation' ? this.#state.held(screen.ref) : undefined;
  }

  #show(screen: Screen): void {
    const left = this.#shown;
    this.#state.change({ screen, sought: undefined });
    if (left) this.#state.change(withConversation(this.view, left));
    if (screen.at === 'list') this.#session.list(false);
    else if (screen.at === 'conversation') this.#session.open(screen.ref);
    else this.#directory.shown(screen);
    this.#attendance.shown();
  }

  #wished({ type, body }: Intents['wish']): void {
    this.#state.change({ notice: undefined });
    void this.wish(type, body).then((answer) => {
      if (answer.type === 'error') this.#notice({ wish: type, code: answer.body.code });
      else if (type === 'device.revoke') this.#directory.shown(this.view.screen);
      else if (type === 'conversation.leave') this.#show({ at: 'list' });
      else if (answer.log !== undefined && (type === 'conversation.create' || type === 'conversation.join')) {
        this.#show({ at: 'conversation', ref: answer.log });
      }
    });
  }

  /** Says why nothing came of a wish, for a while. */
  #notice(notice: NonNullable<View['notice']>): void {
    this.#state.change({ notice });
    this.#timers.again('notice', noticeTime, () => this.#state.change({ notice: undefined }));
  }

  #send(message: Intents['message.send']): void {
    if (message.files) {
      return this.#withFiles(
        (files) => files.send(message),
        () => message.left?.(false),
      );
    }
    const { ref, text: written, reply, mentions } = message;
    const text = written.trim();
    if (text === '') return;
    const action = this.#session.action('message.send', { conversation: ref, text, reply, mentions });
    this.#typing.sent(this.#state.idOf(ref));
    const extras = reply || mentions ? { extras: { reply, mentions } } : {};
    this.#state.outbox.add({ action, ref, text, ...extras }, () => this.#session.flush());
  }

  #older(ref: string): void {
    const held = this.#state.held(ref);
    if (!held || held.fetching || !held.more || !this.#session.up) return;
    this.#state.change(withConversation(this.view, { ...held, fetching: true }));
    this.#session.ask('log.read', { log: held.id, before: held.from + 1 });
  }

  #heard(fact: AnyFact): void {
    if (fact.type === 'typing.changed') this.#typing.heard(fact.body);
    if (fact.type === 'conversation.opened') this.#marks.compare(fact.body.conversation);
    if (fact.type === 'message.sent' && fact.by !== this.view.me?.id) this.#marks.delivered(fact.log ?? '');
    this.#directory.heard(fact);
    if (fact.type === 'connection.opened') this.#attendance.opened();
    else this.#attendance.shown();
    for (const listener of this.#listeners.get(fact.type) ?? []) listener(fact);
  }

  #stoppedTyping(log: string, user: string): void {
    const held = this.view.conversations[log];
    if (!held) return;
    const typing = held.typing.filter((other) => other !== user);
    this.#state.change(withConversation(this.view, { ...held, typing }));
  }
}
