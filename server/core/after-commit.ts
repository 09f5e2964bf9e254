import { version } from '../../protocol/limits.ts';
import type { Committer } from './committer.ts';
import type { Connections } from './connections.ts';
import type { Effect, Tell } from './effect.ts';
import type { Meter } from './meter.ts';
import type { ReadCache } from './reads.ts';
import type { Effects } from './rule.ts';
import type { Append, Put, Store, StoredFact, Unit } from './store.ts';
import type { Committed, Teller } from './teller.ts';

/** Whose action it was, and where its answer goes. */
export interface Sender {
  readonly jid: string;
  /** The action's id. */
  readonly re: string;
  readonly at: number;
}

export interface AfterCommitOptions {
  readonly store: Store;
  readonly cache: ReadCache;
  readonly connections: Connections;
  readonly committer: Committer;
  readonly teller: Teller;
  readonly meter: Meter;
  readonly reacted: (fact: StoredFact) => void;
}

/** What happens once a unit is on disk: caches, who hears what, answers, telling, reactions. */
export class AfterCommit {
  readonly #options: AfterCommitOptions;
  #told = new Map<string, number>();

  constructor(options: AfterCommitOptions) {
    this.#options = options;
  }

  /** Carries out a stored unit. `sender` gets the last append as his answer. */
  stored(unit: Unit, appended: readonly { seq: number; audienced: boolean }[], then: Effects, sender?: Sender): void {
    const { meter, reacted, teller } = this.#options;
    this.#bind(then, sender);
    for (const row of unit.puts) this.#putDone(row);
    const facts = unit.appends.map((append, index) => this.#committed(unit, append, appended[index]));
    for (const [index, { fact, audienced }] of facts.entries()) {
      const answers = index === unit.answer && sender !== undefined;
      teller.committed({ fact, audienced }, unit.appends[index]?.list, answers ? sender.jid : undefined);
      this.#told.set(fact.log, fact.seq);
      reacted(fact);
    }
    meter.count('stored', facts.length);
    const answered = this.#carryOut(then, sender?.at ?? unit.appends[0]?.at ?? 0, sender) || unit.answer !== undefined;
    if (!answered && sender !== undefined) teller.answer(sender.jid, sender.at, 'ack', {}, sender.re);
    this.#left(unit.puts);
  }

  /** Carries out what needs no store. Returns whether the sender was answered. */
  unstored(then: Effects, sender: Sender): boolean {
    this.#bind(then, sender);
    return this.#carryOut(then, sender.at, sender);
  }

  /** Sends what has gathered and, where the link is up, remembers how far each log was told. */
  flush(linkUp: boolean): void {
    this.#options.teller.flush();
    if (linkUp) for (const [log, told] of this.#told) this.#options.committer.note({ log, told });
    this.#told = new Map();
  }

  /** Carries out effects that no action asked for. */
  tell(effects: Effects, at: number): void {
    for (const effect of effects) if (effect.do === 'tell') this.#tell(effect, at, undefined);
  }

  #committed(unit: Unit, append: Append, given: { seq: number; audienced: boolean } | undefined): Committed {
    const { log, type, at, by, body, item, audience } = append;
    if (append.rule) this.#options.cache.forget(log);
    const fact: StoredFact = {
      ...{ log, type, at, by, body, item, v: version, seq: given?.seq ?? 0 },
      ...{ device: unit.device ?? '', action: unit.id },
      ...(audience === undefined ? {} : { audience }),
    };
    return { fact, audienced: given?.audienced ?? false };
  }

  #bind(then: Effects, sender: Sender | undefined): void {
    if (sender === undefined) return;
    const { connections, committer } = this.#options;
    for (const effect of then) {
      if (effect.do !== 'bind') continue;
      const row = { jid: sender.jid, user: effect.user.id, device: effect.device, seenAt: sender.at };
      connections.open(row, effect.user.topics);
      committer.submit({ unit: unremembered(sender.re, [{ table: 'connection', row }]), settled: () => undefined });
    }
  }

  #putDone(row: Put): void {
    const { cache, connections } = this.#options;
    if (row.table === 'user') {
      cache.forget(row.row.id);
      for (const connection of connections.of(row.row.id)) {
        for (const topic of row.row.topics) connections.hear(connection, topic);
      }
    } else if (row.table === 'conversation') cache.forget(row.row.id);
    else if (row.table === 'member') {
      cache.forget(row.row.conversation);
      if (row.row.untilSeq !== undefined) return;
      for (const connection of connections.of(row.row.user)) connections.hear(connection, row.row.conversation);
    }
  }

  /** Who has left hears that he left, and nothing after it. */
  #left(puts: readonly Put[]): void {
    const { connections } = this.#options;
    for (const row of puts) {
      if (row.table !== 'member' || row.row.untilSeq === undefined) continue;
      for (const connection of connections.of(row.row.user)) connections.unhear(connection, row.row.conversation);
    }
  }

  #carryOut(then: Effects, at: number, sender: Sender | undefined): boolean {
    let answered = false;
    for (const effect of then) answered = this.#one(effect, at, sender) || answered;
    return answered;
  }

  #one(effect: Effect, at: number, sender: Sender | undefined): boolean {
    const { connections, teller } = this.#options;
    if (effect.do === 'tell') this.#tell(effect, at, sender);
    if (sender === undefined) return false;
    const connection = connections.get(sender.jid);
    if (effect.do === 'hear' && connection !== undefined) {
      connections.hear(connection, effect.topic);
      if (effect.upTo !== undefined) void this.#catchUp(sender.jid, connection.user, effect.topic, effect.upTo);
    }
    if (effect.do !== 'answer') return false;
    teller.answer(sender.jid, sender.at, effect.type, effect.body, sender.re, connection?.user, effect.page);
    return true;
  }

  #tell(effect: Tell, at: number, sender: Sender | undefined): void {
    const { connections, teller } = this.#options;
    const { to, type, body, by } = effect;
    if (to === 'sender') {
      if (sender !== undefined) teller.answer(sender.jid, at, type, body);
    } else if ('hearing' in to) teller.passing(connections.hearingAny(to.hearing), at, type, body, by, sender?.jid);
    else for (const user of to.users) teller.passing(connections.of(user), at, type, body, by);
  }

  /** Tells what was committed between the reading of a page and the begin of hearing. */
  async #catchUp(jid: string, reader: string, log: string, upTo: number): Promise<void> {
    const { store, teller } = this.#options;
    const row = await store.log(log);
    if (row === undefined || row.lastSeq <= upTo) return;
    const facts = await store.page({ log, after: upTo, limit: 49, reader });
    for (const fact of facts) teller.again(jid, fact, upTo, reader);
    teller.flush();
  }
}

/** A unit that nobody repeats and nobody waits for. */
export function unremembered(id: string, puts: readonly Put[]): Unit {
  return { id, digest: '', reads: [], appends: [], puts };
}
