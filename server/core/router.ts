import { type Action, actions, unanswered } from '../../protocol/actions.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { readFrame } from '../../protocol/frame.ts';
import { type ActionSchemas, readAction } from '../../protocol/read-action.ts';
import type { AfterCommit, Sender } from './after-commit.ts';
import type { Committer } from './committer.ts';
import { compose } from './compose.ts';
import type { Connection, Connections } from './connections.ts';
import { FriendError } from './errors.ts';
import { Lanes } from './lanes.ts';
import type { Meter } from './meter.ts';
import { type Plan, planOf, unitOf } from './plan.ts';
import type { Clock, Log, Random } from './ports.ts';
import type { ReadCache, Snapshot } from './reads.ts';
import type { Effects, Middleware, OpenContext, OpenRule, Rule } from './rule.ts';
import type { Done, Outcome, Store, Unit } from './store.ts';
import type { Teller } from './teller.ts';

/** How long a rule may take, milliseconds. */
export const ruleLimit = 50;

/** Actions of one connection that may wait to be decided on. */
const laneLimit = 1_000;

/** How often a decision is taken again when what it read has changed. */
const attempts = 3;

export interface RouterOptions {
  readonly store: Store;
  readonly cache: ReadCache;
  readonly connections: Connections;
  readonly committer: Committer;
  readonly teller: Teller;
  readonly afterCommit: AfterCommit;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Asks for a flush soon: something was queued outside a commit. */
  readonly flushSoon: () => void;
}

interface Registered {
  readonly opening: boolean;
  readonly rule: OpenRule;
}

/** Leads each arriving action to its rule, and what the rule returned to the commit. Answers every arrival. */
export class Router {
  readonly #options: RouterOptions;
  readonly #rules = new Map<string, Registered>();
  readonly #middleware: Middleware[] = [];
  readonly #schemas: ActionSchemas = actions;
  readonly #lanes: Lanes<Action>;
  /** Actions between decision and commit, so that a successor can wait for a predecessor that is decided again. */
  readonly #inHand = new Map<string, (() => void)[]>();
  #decide: (context: OpenContext) => Promise<Effects> = () => Promise.resolve([]);

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#lanes = new Lanes(laneLimit, (jid, action) => this.#handle(jid, action, 1));
  }

  on(type: string, rule: Rule | OpenRule, opening: boolean): void {
    if (this.#rules.has(type)) throw new FriendError('FRIEND_RULE_TWICE', type);
    this.#rules.set(type, { opening, rule: rule as OpenRule });
  }

  use(middleware: Middleware): void {
    this.#middleware.push(middleware);
  }

  /** Closes registration. */
  seal(): void {
    this.#decide = compose(this.#middleware, (context) => this.#rules.get(context.action.type)?.rule(context) ?? []);
  }

  /** Takes a frame. `from` is what the server stamped. */
  frame(from: string, json: string, stanzaId?: string): void {
    const read = readFrame(json);
    if (!read.ok) {
      this.refuse(from, read.code, stanzaId, { detail: read.detail });
      return;
    }
    for (const event of read.frame.events) {
      const arrival = readAction(event, this.#schemas, json.length);
      if (!arrival.ok) this.refuse(from, arrival.code, arrival.re ?? stanzaId, { detail: arrival.detail });
      else this.action(from, arrival.action);
    }
  }

  /** Takes an action that was read already. */
  action(jid: string, action: Action): void {
    if (!this.#lanes.push(jid, action)) this.refuse(jid, 'busy', action.id, { retryAfter: 1_000 });
  }

  refuse(jid: string, code: ErrorCode, re?: string, more: { detail?: string; retryAfter?: number } = {}): void {
    this.#options.teller.refuse(jid, this.#options.clock.now(), code, re, more);
    this.#options.flushSoon();
  }

  /** Decides, and hands to the commit. Resolves before the commit, unless what follows depends on it. */
  async #handle(jid: string, action: Action, attempt: number): Promise<void> {
    const { cache, clock, connections, random } = this.#options;
    const connection = connections.get(jid);
    const registered = this.#rules.get(action.type);
    if (registered === undefined) return this.refuse(jid, 'unknown_type', action.id, { detail: action.type });
    if (connection === undefined && !registered.opening) return this.refuse(jid, 'not_open', action.id);
    const read = cache.snapshot();
    const now = clock.now();
    try {
      const user = connection === undefined ? undefined : await read.user(connection.user);
      const who = connection === undefined || user === undefined ? {} : { user, device: connection.device };
      const context = { action, jid, now, read, random: (count: number) => random.bytes(count), ...who };
      const effects = await this.#limited(context);
      await this.#plan(
        planOf(effects, now, user?.id ?? 'friend'),
        { jid, re: action.id, at: now },
        action,
        read,
        attempt,
      );
    } catch (error) {
      this.#failed(jid, action, error);
    }
  }

  #plan(plan: Plan, sender: Sender, action: Action, read: Snapshot, attempt: number): Promise<void> | void {
    const { afterCommit, connections, flushSoon, meter, teller } = this.#options;
    if (plan.refused !== undefined) {
      const { code, detail, retryAfter } = plan.refused;
      const more = { ...(detail === undefined ? {} : { detail }), ...(retryAfter === undefined ? {} : { retryAfter }) };
      return this.refuse(sender.jid, code, action.id, more);
    }
    if (plan.ignored !== undefined) meter.count('ignored');
    if (plan.appends.length + plan.puts.length === 0) {
      const answered = afterCommit.unstored(plan.then, sender);
      if (!answered && !unanswered.includes(action.type)) teller.answer(sender.jid, sender.at, 'ack', {}, action.id);
      return flushSoon();
    }
    const device = deviceOf(plan.then, connections.get(sender.jid), action.type);
    const unit = unitOf(plan, {
      id: action.id,
      content: [action.type, action.body],
      reads: read.notes,
      ...(device === undefined ? {} : { device }),
      ...(action.after === undefined ? {} : { after: action.after }),
    });
    const settled = new Promise<void>((resolve) => this.#submit(unit, plan.then, sender, action, attempt, resolve));
    return plan.then.some((effect) => effect.do === 'bind') ? settled : undefined;
  }

  #submit(unit: Unit, then: Effects, sender: Sender, action: Action, attempt: number, resolve: () => void): void {
    const hand = unit.device === undefined ? undefined : `${unit.device} ${unit.id}`;
    if (hand !== undefined && !this.#inHand.has(hand)) this.#inHand.set(hand, []);
    const settled = (outcome: Outcome | { kind: 'storage' }): void => {
      void this.#settle(outcome, unit, then, sender, action, attempt)
        .catch((error: unknown) => this.#failed(sender.jid, action, error))
        .finally(() => {
          this.#release(hand);
          resolve();
        });
    };
    if (this.#options.committer.submit({ unit, settled })) return;
    this.refuse(sender.jid, 'busy', action.id, { retryAfter: 1_000 });
    this.#release(hand);
    resolve();
  }

  /** Synchronous up to its first await, so that the answers of one batch leave in one flush. */
  async #settle(
    outcome: Outcome | { kind: 'storage' },
    unit: Unit,
    then: Effects,
    sender: Sender,
    action: Action,
    attempt: number,
  ): Promise<void> {
    const { afterCommit, cache } = this.#options;
    const silent = unanswered.includes(action.type);
    if (outcome.kind === 'stored') return afterCommit.stored(unit, outcome.appended, then, silent ? undefined : sender);
    if (outcome.kind === 'storage') return this.refuse(sender.jid, 'storage', action.id, { retryAfter: 5_000 });
    if (outcome.kind === 'repeat') return this.#repeat(outcome.done, unit, sender);
    if (outcome.kind === 'stale') {
      for (const { log } of unit.reads) cache.forget(log);
      if (attempt >= attempts) return this.refuse(sender.jid, 'busy', action.id, { retryAfter: 500 });
      return this.#handle(sender.jid, action, attempt + 1);
    }
    const predecessor = this.#inHand.get(`${unit.device} ${unit.after}`);
    if (predecessor === undefined || attempt >= attempts) {
      return this.refuse(sender.jid, 'early', action.id, { retryAfter: 500 });
    }
    await new Promise<void>((resolve) => predecessor.push(resolve));
    await new Promise<void>((resolve) => this.#submit(unit, then, sender, action, attempt + 1, resolve));
  }

  #release(hand: string | undefined): void {
    if (hand === undefined) return;
    const waiting = this.#inHand.get(hand);
    this.#inHand.delete(hand);
    for (const resolve of waiting ?? []) resolve();
  }

  /** A repeat gets the answer that the first arrival got. */
  async #repeat(done: Done, unit: Unit, sender: Sender): Promise<void> {
    const { connections, flushSoon, store, teller } = this.#options;
    if (done.digest !== unit.digest) return this.refuse(sender.jid, 'id_reused', sender.re);
    if (done.log === undefined || done.seq === undefined) {
      teller.answer(sender.jid, sender.at, 'ack', {}, sender.re);
      return flushSoon();
    }
    const reader = connections.get(sender.jid)?.user;
    const [fact] = await store.page({ log: done.log, after: done.seq - 1, limit: 1 });
    const prev = reader === undefined ? done.seq - 1 : await store.prevVisible(done.log, done.seq, reader);
    if (fact !== undefined) teller.again(sender.jid, fact, prev, fact.by);
    flushSoon();
  }

  async #limited(context: OpenContext): Promise<Effects> {
    let cancel: (() => void) | undefined;
    const late = new Promise<Effects>((resolve) => {
      cancel = this.#options.clock.after(ruleLimit, () => {
        this.#options.log.warn('A rule took too long', { type: context.action.type, limit: ruleLimit });
        this.#options.meter.count('failed');
        resolve([{ do: 'refuse', code: 'busy', retryAfter: 1_000 }]);
      });
    });
    try {
      return await Promise.race([this.#decide(context), late]);
    } finally {
      cancel?.();
    }
  }

  #failed(jid: string, action: Action, error: unknown): void {
    this.#options.meter.count('failed');
    this.#options.log.error('A rule failed', { type: action.type, id: action.id, error: String(error) });
    this.refuse(jid, 'failed', action.id);
  }
}

/** Actions that nobody repeats are not remembered; one that opens a connection is remembered by its new device. */
function deviceOf(then: Effects, connection: Connection | undefined, type: string): string | undefined {
  if (unanswered.includes(type)) return undefined;
  for (const effect of then) if (effect.do === 'bind') return undefined;
  return connection?.device;
}
