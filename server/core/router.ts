import { type Action, unanswered } from '../../protocol/actions.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { readFrame } from '../../protocol/frame.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import { isLater } from '../../protocol/later.ts';
import { readAction } from '../../protocol/read-action.ts';
import type { AfterCommit, Sender } from './after-commit.ts';
import type { Asks } from './asks.ts';
import type { Committer } from './committer.ts';
import type { Connections } from './connections.ts';
import { Deadlines } from './deadlines.ts';
import type { FactShapes } from './fact-shapes.ts';
import { isNative } from './gateway.ts';
import { Lanes } from './lanes.ts';
import type { Meter } from './meter.ts';
import { digestOf, planOf, unitOf } from './plan.ts';
import type { Clock, Crash, Log, Random, StanzaTree } from './ports.ts';
import type { ReadCache, Snapshot } from './reads.ts';
import type { Effects, OpenContext } from './rule.ts';
import type { RuleBook } from './rule-book.ts';
import { scheduleDevice } from './schedules.ts';
import { attempts, type Decision, Settling } from './settling.ts';
import { isStanzaType, type Stanzas, stanzaType } from './stanzas.ts';
import type { Put, Store } from './store.ts';
import type { Teller } from './teller.ts';
import type { Trace } from './trace.ts';

/** How long a rule may take, milliseconds. */
export const ruleLimit = 50;

/** Actions of one connection that may wait to be decided on. */
const laneLimit = 1_000;

/** Actions of all connections that may wait to be decided on. */
const totalLimit = 20_000;

export interface RouterOptions {
  readonly rules: RuleBook;
  readonly shapes: FactShapes;
  readonly asks: Asks;
  readonly store: Store;
  readonly cache: ReadCache;
  readonly connections: Connections;
  readonly committer: Committer;
  readonly teller: Teller;
  readonly afterCommit: AfterCommit;
  readonly stanzas: Stanzas;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly crash?: Crash;
  readonly trace?: (step: Trace) => void;
  /** Asks for a flush soon: something was queued outside a commit. */
  readonly flushSoon: () => void;
}

/** What a decision begins with. */
interface Arrival {
  readonly sender: Sender;
  readonly action: Action;
  readonly attempt: number;
  /** The device that the connection was on when the decision began; it may have ended since. */
  readonly device: string | undefined;
}

/** Leads each arriving action to its rule, and what the rule returned to the commit. Answers every arrival. */
export class Router {
  readonly #options: RouterOptions;
  readonly #lanes = new Lanes(laneLimit, totalLimit);
  readonly #deadlines: Deadlines;
  readonly #settling: Settling;
  #stopping = false;
  /** Ordinary clients have said all that had arrived of them. */
  #isClosed = false;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines(options.clock, ruleLimit);
    this.#settling = new Settling({
      ...options,
      again: (jid, action, attempt) => this.#handle(jid, action, attempt),
      refuse: (sender, code, more) => this.#declined(sender, code, more),
    });
  }

  /** Takes a frame. `from` is what the server stamped. */
  frame(from: string, json: string, stanzaId?: string): void {
    const { crash, rules } = this.#options;
    const read = readFrame(json);
    if (!read.ok) {
      this.refuse(from, read.code, stanzaId);
      return;
    }
    for (const event of read.frame.events) {
      const arrival = readAction(event, rules.schemas, json.length, (type) => rules.isForAll(type));
      if (arrival.ok) crash?.('parsed');
      if (!arrival.ok) this.refuse(from, arrival.code, arrival.re ?? stanzaId, { detail: arrival.detail });
      else this.action(from, arrival.action);
    }
  }

  /** Takes a stanza that nobody knows more of, as the action that `friend.on('*', rule)` decides on. */
  stanza(jid: string, stanza: StanzaTree): void {
    const at = this.#options.clock.now();
    const id = uuidv7(at, this.#options.random.bytes(10));
    this.action(jid, { id, type: stanzaType(stanza), at, body: stanza });
  }

  /** Takes an action that was read already. */
  action(jid: string, action: Action): void {
    const isTaken = !this.#stopping || (isNative(jid) && !this.#isClosed);
    if (isTaken && this.#lanes.push(jid, () => this.#handle(jid, action, 1))) return;
    this.#declined(this.#senderOf(jid, action), 'busy', { retryAfter: 1_000 });
  }

  /** Runs `task` when everything that has arrived from `jid` so far is decided; at once where nothing waits. */
  following(jid: string, task: () => void): void {
    this.#lanes.append(jid, task);
  }

  /**
   * Takes nothing more but what ordinary clients had said before, until `natives` resolves. Resolves when everything that was
   * taken is decided, or after `limit` milliseconds.
   */
  drained(limit: number, natives: Promise<void> = Promise.resolve()): Promise<void> {
    this.#stopping = true;
    return new Promise((resolve) => {
      const end = (): void => {
        this.#isClosed = true;
        resolve();
      };
      const cancel = this.#options.clock.after(limit, end);
      void natives
        .then(() => {
          this.#isClosed = true;
          return this.#lanes.drained();
        })
        .then(() => {
          cancel();
          end();
        });
    });
  }

  refuse(jid: string, code: ErrorCode, re?: string, more: { detail?: string; retryAfter?: number } = {}): void {
    this.#options.teller.refuse(jid, this.#options.clock.now(), code, re, more);
    this.#options.flushSoon();
  }

  /** Decides, and hands to the commit. Resolves before the commit, unless what follows depends on it. Never rejects. */
  async #handle(jid: string, action: Action, attempt: number): Promise<void> {
    const { cache, clock, connections, rules, trace } = this.#options;
    const connection = connections.living(jid, clock.now());
    if (attempt === 1) {
      const who = connection && { user: connection.user, device: connection.device };
      trace?.({ kind: 'action', at: clock.now(), from: jid, action, ...who });
    }
    const registered = rules.of(action.type);
    const sender = this.#senderOf(jid, action);
    if (registered === undefined) return this.#unread(sender, 'unknown_type', { detail: action.type });
    const opening = registered.opening || sender.stanza !== undefined;
    if (connection === undefined && !opening) return this.#unread(sender, 'not_open');
    const arrival = { sender, action, attempt, device: connection?.device };
    const read = cache.snapshot();
    try {
      const user = connection === undefined ? undefined : await read.user(connection.user);
      if (user === undefined && !opening) {
        // Who was erased while he was connected is nobody: opening again makes him a newcomer.
        connections.end(jid);
        return this.refuse(jid, 'not_open', action.id);
      }
      const who = connection === undefined || user === undefined ? {} : { user, device: connection.device };
      const random = (count: number): Uint8Array => this.#options.random.bytes(count);
      const effects = await this.#limited({ action, jid, now: sender.at, attempt, read, random, ...who });
      this.#traced(arrival, effects);
      await this.#plan(effects, arrival, user?.id ?? 'friend', read);
    } catch (error) {
      await this.#failed(arrival, error);
    }
  }

  async #plan(effects: Effects, arrival: Arrival, by: string, read: Snapshot): Promise<void> {
    const { afterCommit, asks, cache, flushSoon, meter, shapes } = this.#options;
    const { sender, action, attempt } = arrival;
    const isNamed = !sender.silent && !effects.some((effect) => effect.do === 'bind');
    const origin = { device: (isNamed ? arrival.device : undefined) ?? '', id: action.id };
    const plan = planOf(shapes.checked(asks.expanded(effects, origin)), sender.at, by);
    if (plan.refused !== undefined) {
      const { code, detail, retryAfter } = plan.refused;
      const more = { ...(detail === undefined ? {} : { detail }), ...(retryAfter === undefined ? {} : { retryAfter }) };
      return this.#refused(arrival, code, more);
    }
    const nothing = plan.appends.length + plan.puts.length + plan.afterwards.length === 0;
    if (sender.stanza !== undefined && nothing) return this.#unread(sender, 'unknown_type');
    if (plan.ignored !== undefined) meter.count('ignored');
    // What was scheduled waits no more once this is on disk, whatever it came to.
    const scheduled = arrival.device === scheduleDevice;
    const puts: readonly Put[] = scheduled
      ? [...plan.puts, { table: 'unschedule', row: { id: action.id } }]
      : plan.puts;
    if (plan.appends.length + puts.length === 0) {
      if (plan.afterwards.some(isHearing) && !read.holds) return this.#again(arrival);
      afterCommit.unstored(plan.afterwards, sender);
      return flushSoon();
    }
    // Nobody repeats what is not answered; what opens a connection is remembered by its new device.
    const opens = plan.afterwards.some((effect) => effect.do === 'bind');
    const device = sender.silent || opens ? undefined : arrival.device;
    const appends = await cache.listed(plan.appends);
    const unit = unitOf(
      { ...plan, appends, puts },
      {
        id: action.id,
        content: contentOf(action),
        reads: read.notes,
        ...(device === undefined ? {} : { device }),
        ...(action.after === undefined ? {} : { after: action.after }),
      },
    );
    const decision: Decision = { unit, afterwards: plan.afterwards, sender, action, attempt };
    if (opens || attempt > 1) return new Promise<void>((resolve) => this.#settling.submit(decision, resolve));
    this.#settling.submit(decision);
  }

  /** Decides once more, as what it read has changed meanwhile. */
  #again(arrival: Arrival): Promise<void> {
    const { sender, action, attempt } = arrival;
    if (attempt < attempts) return this.#handle(sender.jid, action, attempt + 1);
    return this.#refused(arrival, 'busy', { retryAfter: 1_000 });
  }

  /** Refuses for good only what was not stored before: a rule may refuse the repeat of what it took the first time. */
  async #refused(
    { sender, action, device }: Arrival,
    code: ErrorCode,
    more: { detail?: string; retryAfter?: number },
  ): Promise<void> {
    // A message that is stored already may come again while its author has to wait with the next one.
    const isSettled = !isLater(code) || code === 'slow';
    const isRepeatable = device !== undefined && !sender.silent && isSettled;
    const done = isRepeatable ? await this.#options.store.done(device, action.id).catch(() => undefined) : undefined;
    if (done === undefined) return this.#declined(sender, code, more);
    return this.#settling.repeated(done, digestOf(contentOf(action)), sender).catch((error: unknown) => {
      this.#options.log.error('A repeat could not be answered', { error: String(error) });
      this.#declined(sender, 'busy', { retryAfter: 1_000 });
    });
  }

  /** Tells the sender that nobody could look at it. */
  #unread(sender: Sender, code: ErrorCode, more: { detail?: string } = {}): void {
    if (sender.stanza !== undefined) this.#options.stanzas.refused(sender.stanza, code);
    else this.refuse(sender.jid, code, sender.re, more);
  }

  /** Tells the sender, unless it is an action that nobody waits for. */
  #declined(sender: Sender, code: ErrorCode, more: { detail?: string; retryAfter?: number } = {}): void {
    if (sender.stanza !== undefined) this.#unread(sender, code);
    else if (sender.silent) this.#options.meter.count('refused');
    else this.refuse(sender.jid, code, sender.re, more);
  }

  #limited(context: OpenContext): Promise<Effects> {
    return this.#deadlines.run(
      () => this.#options.rules.decide(context),
      () => {
        this.#options.log.warn('A rule took too long', { type: context.action.type, limit: ruleLimit });
        this.#options.meter.count('failed');
        return [{ do: 'refuse', code: 'busy', retryAfter: 1_000 }];
      },
    );
  }

  #failed(arrival: Arrival, error: unknown): Promise<void> {
    const { id, type } = arrival.action;
    this.#options.meter.count('failed');
    this.#options.log.error('A rule failed', { type, id, error: String(error) });
    this.#traced(arrival, [{ do: 'refuse', code: 'failed', detail: String(error) }]);
    return this.#refused(arrival, 'failed', {});
  }

  #traced({ sender, action, attempt }: Arrival, effects: Effects): void {
    const { clock, trace } = this.#options;
    if (trace === undefined) return;
    const at = clock.now();
    trace({ kind: 'decided', at, re: action.id, type: action.type, effects, ms: at - sender.at, attempt });
  }

  #senderOf(jid: string, { id, type, body }: Action): Sender {
    const at = this.#options.clock.now();
    if (!isStanzaType(type)) return { jid, re: id, at, silent: unanswered.includes(type) };
    return { jid, re: id, at, silent: true, stanza: body as StanzaTree };
  }
}

/** What lets somebody hear more from now on. */
function isHearing({ do: kind }: Effects[number]): boolean {
  return kind === 'hear' || kind === 'bind';
}

function contentOf(action: Action): readonly unknown[] {
  return [action.type, action.body];
}
