import type { Fact, Facts, Person } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import type { Clock, StanzaTree } from '../core/ports.ts';
import type { Beside } from './beside.ts';
import type { Chat, Chats } from './chats.ts';
import { Composers } from './composing.ts';
import type { Casework } from './desk/casework.ts';
import { filesIn } from './files-in.ts';
import { isA, type Line } from './line.ts';
import { messageId } from './message-id.ts';
import type { OwnMessages } from './own-messages.ts';
import type { Positions } from './positions.ts';
import type { Sights } from './sights.ts';
import { displayed, received, retracted, spoken, state } from './write-message.ts';

/**
 * Conversations that are looked through for what is new, in pages of 50; facts of one that are sent at most, and of one that
 * was not told before.
 */
const bounds = { pages: 10, facts: 500, begun: 50 } as const;

export interface HearingOptions {
  readonly line: Line;
  readonly clock: Clock;
  readonly chats: Chats;
  readonly positions: Positions;
  readonly own: OwnMessages;
  readonly beside: Beside;
  readonly sights: Pick<Sights, 'seen' | 'soon'>;
  /** Which conversations are told to this account. */
  readonly cases: Pick<Casework, 'resume' | 'tells' | 'isTold'>;
  readonly me: () => { readonly user: Person; readonly since: number } | undefined;
  /** Sends a stanza; false where it was not taken. */
  readonly send: (stanza: StanzaTree) => boolean;
}

/**
 * What is told to an account, as stanzas to its bare JID. Each fact of a log is sent in its order, at least once, and with
 * the same id; what could not be sent is sent after the next `resume`.
 */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #composers: Composers;
  /** Nothing is sent to an account that nobody has. */
  #isAway = false;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#composers = new Composers(options.clock, (log, on) => this.#state(log, on));
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** Sends nothing until the account is heard of again: what was sent at `seq` came back. */
  away(log?: string, seq?: number): void {
    this.#isAway = true;
    if (log !== undefined && seq !== undefined) this.#options.positions.lower(log, seq);
  }

  stop(): void {
    this.#composers.stop();
  }

  /** Sends what was stored since it was sent last, the conversations used last first. */
  async resume(): Promise<void> {
    if (this.#options.me() === undefined) return;
    this.#isAway = false;
    await this.#options.cases.resume();
    await this.#catchUpAll();
    this.#options.sights.soon();
  }

  async #catchUpAll(): Promise<void> {
    const { cases, chats, line, me, positions } = this.#options;
    let before: string | undefined;
    for (let page = 0; page < bounds.pages; page += 1) {
      const { fact } = await line.insist('conversation.list', { limit: limits.page, ...(before && { before }) });
      if (!isA(fact, 'conversation.listed')) return;
      const heads = fact.body.conversations;
      const known = await positions.of(heads.map(({ id }) => id));
      for (const head of heads) {
        const { log } = chats.learn(head);
        const position = known.get(log) ?? 0;
        // It was not used since this account began to be told anything.
        if (position === 0 && head.at < (me()?.since ?? 0)) positions.raise(log, head.last);
        else if (head.last > position && (await cases.tells(log, position > 0))) await this.#catchUp(log, head.last);
      }
      before = fact.body.next;
      if (before === undefined) return;
    }
  }

  /** Sends the newest of a conversation that is told from now on. */
  async begin(log: string): Promise<void> {
    const { chats, positions } = this.#options;
    if (this.#isAway) return;
    chats.forget(log);
    const last = (await chats.at(log))?.last ?? 0;
    const position = (await positions.of([log])).get(log) ?? 0;
    if (last - position > bounds.begun) positions.raise(log, last - bounds.begun);
    await this.#catchUp(log, last);
  }

  /** Takes what was told by itself. */
  async told(fact: Fact): Promise<void> {
    if (fact.log !== undefined && fact.seq !== undefined) return this.#stored(fact.log, fact.seq, fact);
    if (this.#isAway) return;
    if (isA(fact, 'typing.changed')) {
      const { conversation, user, on } = fact.body;
      if (this.#options.cases.isTold(conversation)) this.#composers.set(conversation, user, on);
    } else if (isA(fact, 'marker.moved')) this.#marked(fact.body);
    else if (isA(fact, 'presence.changed')) this.#options.sights.seen(fact.body);
  }

  async #stored(log: string, seq: number, fact: Fact): Promise<void> {
    const { positions } = this.#options;
    this.#options.chats.heard(fact);
    if (!log.startsWith('c_') || log.startsWith('c_desk_') || this.#isAway) return;
    const position = (await positions.of([log])).get(log) ?? 0;
    if (seq <= position || !(await this.#options.cases.tells(log))) return;
    if ((fact.prev ?? 0) > position) return this.#catchUp(log, seq);
    await this.#deliver(log, seq, fact);
  }

  /** Sends what a log holds up to `last`, of more than 500 facts the newest. */
  async #catchUp(log: string, last: number): Promise<void> {
    const { line, positions } = this.#options;
    const position = (await positions.of([log])).get(log) ?? 0;
    if (last - position > bounds.facts) positions.raise(log, last - bounds.facts);
    for (let after = Math.max(position, last - bounds.facts); after < last && !this.#isAway; ) {
      const { fact, page } = await line.insist('log.read', { log, after, limit: limits.page });
      if (!isA(fact, 'log.paged')) return;
      this.#options.chats.people(fact.body.people);
      for (const one of page) if (one.seq !== undefined) await this.#deliver(log, one.seq, one);
      if (this.#isAway || fact.body.to <= after) return;
      after = fact.body.to;
      // What this account may not see is behind it, too.
      positions.raise(log, after);
    }
  }

  async #deliver(log: string, seq: number, fact: Fact): Promise<void> {
    if (this.#isAway) return;
    const stanzas = await this.#stanzasOf(log, seq, fact);
    if (stanzas.every((stanza) => this.#options.send(stanza))) this.#options.positions.raise(log, seq);
    else this.away();
  }

  async #stanzasOf(log: string, seq: number, fact: Fact): Promise<readonly StanzaTree[]> {
    const { beside, chats, me } = this.#options;
    const { user, since = 0 } = me() ?? {};
    if (fact.by === user?.id || fact.at < since) return [];
    const isText = isA(fact, 'message.sent') && fact.body.deleted !== true;
    const isBeside = isA(fact, 'message.reacted') || isA(fact, 'message.answered');
    if (!isText && !isBeside && !isA(fact, 'message.edited') && !isA(fact, 'message.deleted')) return [];
    const chat = await chats.at(log);
    if (chat === undefined) return [];
    const id = messageId(log, seq);
    const speaker = await this.#speaker(chat, fact.by);
    if (isBeside) return beside.changed(fact, { log, seq, chat, me: user?.id ?? '', ...speaker });
    if (isA(fact, 'message.deleted')) return [retracted(chat.envelope, id, messageId(log, fact.body.of))];
    const replaces = isA(fact, 'message.edited') ? { replaces: messageId(log, fact.body.of) } : {};
    if (fact.by !== undefined) this.#composers.said(log, fact.by);
    const { text } = fact.body as { text: string };
    const { links, lines } = await filesIn(fact, this.#options.line);
    const { reply, lines: offered } = await beside.of(log, seq, fact, chat);
    const words = [text, ...lines, ...offered].filter((line) => line !== '').join('\n');
    // A link stands alone, so that where the address does not say whose it is a line before it does.
    const isSaid = words !== '' || links.length === 0 || chat.named;
    const told = isSaid ? [spoken(chat.envelope, { id, text: words, ...replaces, ...reply, ...speaker })] : [];
    const first = told.length;
    const files = links.map((url, index) => ({ id: messageId(log, seq, first + index), text: url, isFile: true }));
    return [...told, ...files.map((file) => spoken(chat.envelope, file))];
  }

  async #speaker(chat: Chat, by: string | undefined): Promise<{ speaker?: string }> {
    const speaker = chat.named && by !== undefined ? await this.#options.chats.nameOf(by, chat) : undefined;
    return speaker === undefined ? {} : { speaker };
  }

  #state(log: string, on: boolean): void {
    const chat = this.#options.chats.known(log);
    if (chat !== undefined) this.#options.send(state(chat.envelope, on));
  }

  #marked({ conversation, delivered, read, user }: Facts['marker.moved']): void {
    const { chats, me, own, send } = this.#options;
    const chat = chats.known(conversation);
    if (chat === undefined || user === me()?.user.id) return;
    const reached = own.reached(conversation, Math.max(delivered ?? 0, read ?? 0));
    for (const { id } of reached) send(received(chat.envelope, id));
    const seen = read === undefined ? undefined : own.seen(conversation, read);
    if (seen !== undefined) send(displayed(chat.envelope, seen.id));
  }
}
