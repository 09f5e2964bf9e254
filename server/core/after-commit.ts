import { limits, version } from '../../protocol/limits.ts';
import type { Committer } from './committer.ts';
import type { Connection, Connections } from './connections.ts';
import type { Effect, Page, Tell } from './effect.ts';
import { here } from './here.ts';
import type { Meter } from './meter.ts';
import type { KeptRow } from './plugin.ts';
import type { Log, StanzaTree } from './ports.ts';
import type { ReadCache } from './reads.ts';
import type { ConnectionRow, StoredFact } from './rows.ts';
import type { Effects } from './rule.ts';
import type { Stanzas } from './stanzas.ts';
import type { Append, Put, Store, Unit } from './store.ts';
import type { Teller } from './teller.ts';
import type { Trace } from './trace.ts';
import { passing } from './wire.ts';

/** Whose action it was, and where its answer goes. */
export interface Sender {
  readonly jid: string;
  /** The action's id. */
  readonly re: string;
  readonly at: number;
  /** Nobody waits for an answer: typing, markers. */
  readonly silent: boolean;
  /** The native stanza that the action is: what answers it is a stanza, too. */
  readonly stanza?: StanzaTree;
}

export interface AfterCommitOptions {
  readonly store: Store;
  readonly cache: ReadCache;
  readonly connections: Connections;
  readonly committer: Committer;
  readonly teller: Teller;
  readonly stanzas: Stanzas;
  readonly meter: Meter;
  readonly log: Log;
  readonly trace?: (step: Trace) => void;
  readonly reacted: (fact: StoredFact) => void;
  /** Something waits for this time from now on. */
  readonly scheduled: (dueAt: number) => void;
  /** A plugin's own row was stored. */
  readonly kept: (row: KeptRow) => void;
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
    const { meter, reacted, teller, trace } = this.#options;
    this.#bind(then, sender);
    for (const row of unit.puts) this.#putDone(row);
    const awaited = sender?.silent === false ? sender : undefined;
    const facts = unit.appends.map((append, index) => this.#fact(unit, append, appended[index]?.seq ?? 0));
    const newcomers = newcomersOf(unit);
    for (const [index, fact] of facts.entries()) {
      trace?.({ kind: 'stored', at: fact.at, fact });
      const isFirst = unit.appends.findIndex(({ log }) => log === fact.log) === index;
      const answerTo = index === unit.answer ? awaited?.jid : undefined;
      const { audienced = false } = appended[index] ?? {};
      const { list } = unit.appends[index] ?? {};
      teller.committed({ fact, audienced, list, answerTo, newcomers: isFirst ? newcomers.get(fact.log) : undefined });
      this.#told.set(fact.log, fact.seq);
      reacted(fact);
    }
    meter.count('stored', facts.length);
    const at = sender?.at ?? unit.appends[0]?.at ?? 0;
    const answered = this.#carryOut(then, at, sender, unit.answer !== undefined);
    if (!answered && awaited !== undefined) teller.answer(awaited.jid, at, 'ack', {}, awaited.re);
    this.#left(unit.puts);
    for (const effect of then) if (effect.do === 'seclude') this.#seclude(effect.log, facts);
  }

  /** Carries out what needs no store. */
  unstored(then: Effects, sender: Sender): void {
    this.#bind(then, sender);
    const answered = this.#carryOut(then, sender.at, sender, false);
    if (!answered && !sender.silent) this.#options.teller.answer(sender.jid, sender.at, 'ack', {}, sender.re);
  }

  /** Sends what has gathered, lets it be written, and, where the link is up, remembers how far each log was told. */
  flush(linkUp: boolean, write: () => void): void {
    this.#options.teller.flush(write);
    if (linkUp) for (const [log, told] of this.#told) this.#options.committer.note({ log, told });
    this.#told = new Map();
  }

  /** Carries out effects that no action asked for. */
  tell(effects: Effects, at: number): void {
    for (const effect of effects) {
      if (effect.do === 'tell') this.#tell(effect, at, undefined);
      else if (effect.do === 'send') this.#options.stanzas.send(effect.stanza);
    }
  }

  #fact(unit: Unit, append: Append, seq: number): StoredFact {
    const { log, type, at, by, body, item, audience } = append;
    if (append.rule) this.#options.cache.forget(log);
    return {
      ...{ log, type, at, by, body, item, v: version, seq },
      ...{ device: unit.device ?? '', action: unit.id },
      ...(audience === undefined ? {} : { audience }),
    };
  }

  #bind(then: Effects, sender: Sender | undefined): void {
    if (sender === undefined) return;
    const { connections, committer } = this.#options;
    for (const effect of then) {
      if (effect.do !== 'bind') continue;
      const row = { jid: sender.jid, user: effect.user.id, device: effect.device, seenAt: sender.at };
      connections.open(effect.until === undefined ? row : { ...row, until: effect.until }, effect.user.topics);
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
    } else if (row.table === 'login' && row.row.revokedAt !== undefined) cache.forget(row.row.user);
    else if (row.table === 'forget') cache.forget(row.row.name);
    else if (row.table === 'relation' || row.table === 'unrelate') cache.forget(row.row.owner);
    else if (row.table === 'schedule') this.#options.scheduled(row.row.dueAt);
    else if (row.table === 'state') this.#options.kept(row.row);
    else if (row.table === 'conversation') cache.forget(row.row.id);
    else if (row.table === 'prefs') cache.forget(row.row.conversation);
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

  /** Nobody hears the log until it is known who of them is a member; these catch up with what was told meanwhile. */
  #seclude(id: string, told: readonly StoredFact[]): void {
    const { connections, log, store } = this.#options;
    const upTo = told.findLast((fact) => fact.log === id)?.seq ?? Number.MAX_SAFE_INTEGER;
    const hearing = [...connections.hearing(id)];
    for (const connection of hearing) connections.unhear(connection, id);
    const again = async (connection: Connection): Promise<void> => {
      const member = await store.member(id, connection.user);
      if (member === undefined || member.untilSeq !== undefined) return;
      connections.hear(connection, id);
      await this.#catchUp(connection, id, upTo);
    };
    Promise.all(hearing.map(again)).catch((error: unknown) =>
      log.error('Who hears a log could not be read', { log: id, error: String(error) }),
    );
  }

  /** Returns whether the sender has his answer: the first one counts. */
  #carryOut(then: Effects, at: number, sender: Sender | undefined, isAnswered: boolean): boolean {
    const { connections } = this.#options;
    let answered = isAnswered;
    for (const effect of then) {
      if (effect.do === 'tell') this.#tell(effect, at, sender);
      else if (effect.do === 'send') this.#options.stanzas.send(effect.stanza, sender?.stanza);
      else if (effect.do === 'end') this.#end(effect, at, sender?.jid);
      else if (sender !== undefined && effect.do === 'hear') this.#hear(effect, sender.jid);
      else if (sender !== undefined && effect.do === 'unhear') connections.unhearAll(sender.jid, effect.start);
      else if (sender !== undefined && effect.do === 'answer' && sender.stanza === undefined && !answered) {
        this.#answer(effect, sender);
        answered = true;
      }
    }
    if (sender?.stanza !== undefined) this.#options.stanzas.taken(sender.stanza, sentOf(then));
    return answered;
  }

  #answer({ type, body, page }: Extract<Effect, { do: 'answer' }>, { jid, at, re }: Sender): void {
    const reader = this.#options.connections.get(jid)?.user;
    this.#options.teller.answer(jid, at, type, body, re, reader, page);
  }

  #hear({ topic, upTo }: Extract<Effect, { do: 'hear' }>, jid: string): void {
    const { connections, log } = this.#options;
    const connection = connections.get(jid);
    if (connection === undefined) return;
    connections.hear(connection, topic);
    if (upTo === undefined) return;
    this.#catchUp(connection, topic, upTo).catch((error: unknown) =>
      log.error('A log could not be caught up with', { log: topic, error: String(error) }),
    );
  }

  #end({ user, device, others }: Extract<Effect, { do: 'end' }>, at: number, sender: string | undefined): void {
    const { committer, connections, teller } = this.#options;
    for (const connection of [...connections.of(user)]) {
      if (connection.device !== device || (others && connection.jid === sender)) continue;
      const { jid } = connection;
      connections.end(jid);
      teller.queue(jid, passing({ type: 'friend.hello', at, body: {} }));
      committer.submit({ unit: tombstone({ jid, user, device }, at), settled: () => undefined });
    }
  }

  #tell({ to, type, body, by }: Tell, at: number, sender: Sender | undefined): void {
    const { connections, teller } = this.#options;
    if (to === 'sender') {
      // Who sent a stanza and has no connection reads no events.
      const isHeard = sender?.stanza === undefined || connections.get(sender.jid) !== undefined;
      if (sender !== undefined && isHeard) teller.queue(sender.jid, passing({ type, at, body, by }));
    } else if ('hearing' in to) {
      const hearing = [...connections.hearingAny(to.hearing)];
      const told = to.except === undefined ? hearing : hearing.filter(({ user }) => !to.except?.has(user));
      teller.passing(told, at, type, body, by, sender?.jid);
    } else if ('connections' in to) {
      const live = to.connections.flatMap((jid) => connections.get(jid) ?? []);
      teller.passing(live, at, type, body, by);
    } else for (const user of to.users) teller.passing(connections.of(user), at, type, body, by);
  }

  /** Tells what was committed between the reading of a page and the begin of hearing. */
  async #catchUp({ jid, user }: Connection, log: string, upTo: number): Promise<void> {
    const { connections, store, teller } = this.#options;
    const row = await store.log(log);
    if (row === undefined) return;
    let after = upTo;
    while (after < row.lastSeq && connections.get(jid)?.user === user) {
      const facts = await store.page({ log, after, upTo: row.lastSeq, limit: limits.page, reader: user });
      teller.page(jid, { after, facts } satisfies Page, user);
      teller.flush();
      after = facts.at(-1)?.seq ?? row.lastSeq;
    }
  }
}

function sentOf(effects: Effects): StanzaTree[] {
  return effects.flatMap((effect) => (effect.do === 'send' ? effect.stanza : []));
}

/** By conversation, who sees of it what this unit appends and nothing before. */
function newcomersOf({ puts }: Unit): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = puts.flatMap((put) => (isNewcomer(put) ? [put.row] : []));
  const byConversation = Map.groupBy(rows, ({ conversation }) => conversation);
  return new Map([...byConversation].map(([id, members]) => [id, new Set(members.map(({ user }) => user))]));
}

function isNewcomer(put: Put): put is Extract<Put, { table: 'member' }> {
  return put.table === 'member' && put.row.fromSeq === here && put.row.untilSeq === undefined;
}

/** Says of a connection that it ended at `goneAt`. */
export function tombstone(ended: Pick<ConnectionRow, 'jid' | 'user' | 'device'>, goneAt: number): Unit {
  return unremembered('gone', [{ table: 'connection', row: { ...ended, seenAt: goneAt, goneAt } }]);
}

/** A unit that nobody repeats and nobody waits for. */
export function unremembered(id: string, puts: readonly Put[]): Unit {
  return { id, digest: '', reads: [], appends: [], puts };
}
