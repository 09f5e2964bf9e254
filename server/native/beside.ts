import { Extras, reactionsOf } from '../../protocol/extras.ts';
import type { Fact, Facts } from '../../protocol/facts.ts';
import type { StanzaTree } from '../core/ports.ts';
import type { Chat } from './chats.ts';
import { isA, type Line } from './line.ts';
import { messageId } from './message-id.ts';
import { answeredIn, type Offers, offered } from './offers.ts';
import type { OwnMessages } from './own-messages.ts';
import { type Quoted, reactionsTo, spoken } from './write-message.ts';

/** UTF-16 units of a quoted message that are shown, and lines of it. */
const quoted = { length: 200, lines: 3 } as const;

export interface BesideOptions {
  readonly line: Line;
  readonly own: OwnMessages;
  readonly offers: Offers;
}

/** A change of a message: where it stands, to whom it is told, and who has made it. */
interface Changing {
  readonly log: string;
  readonly seq: number;
  readonly chat: Chat;
  readonly me: string;
  readonly speaker?: string;
}

/** What messages have beside their words, for a client that knows only words: and for one that knows more. */
export class Beside {
  readonly #options: BesideOptions;

  constructor(options: BesideOptions) {
    this.#options = options;
  }

  /** The message that another one answers, and what is offered with it, as lines. */
  async of(
    log: string,
    seq: number,
    fact: Fact,
    { envelope }: Chat,
  ): Promise<{ reply: { reply?: Quoted }; lines: string[] }> {
    if (!isA(fact, 'message.sent')) return { reply: {}, lines: [] };
    const extras = Extras.read(fact.body.extras) ?? {};
    this.#options.offers.told(log, seq, extras);
    const lines = offered(extras);
    const answered = extras.reply === undefined ? undefined : await this.#messageAt(log, extras.reply);
    if (extras.reply === undefined || answered === undefined) return { reply: {}, lines };
    const own = this.#options.own.at(log, extras.reply);
    const to = own === undefined ? envelope.from : envelope.to;
    const reply = { id: own?.id ?? messageId(log, extras.reply), to, quote: quoteOf(answered.text) };
    return { reply: { reply }, lines };
  }

  /**
   * A reaction as all that others have set under the message from now on: one address stands for all who speak in a
   * group. An answer in the words that were offered.
   */
  async changed(fact: Fact, { log, seq, chat, me, speaker }: Changing): Promise<StanzaTree[]> {
    const { of } = fact.body as Facts['message.reacted'];
    const message = await this.#messageAt(log, of);
    if (message === undefined) return [];
    const [id, { envelope }] = [messageId(log, seq), chat];
    const extras = Extras.read(message.extras) ?? {};
    if (isA(fact, 'message.reacted')) {
      const emoji = [...reactionsOf(extras)].flatMap(([one, users]) => (users.some((user) => user !== me) ? one : []));
      return [reactionsTo(envelope, id, this.#options.own.at(log, of)?.id ?? messageId(log, of), emoji)];
    }
    const { choice, values } = fact.body as Facts['message.answered'];
    const text = answeredIn(extras, choice, values);
    return text === undefined ? [] : [spoken(envelope, { id, text, ...(speaker === undefined ? {} : { speaker }) })];
  }

  /** The emoji that the account has set under a message. */
  async reactionsAt(log: string, seq: number, me: string): Promise<string[]> {
    const message = await this.#messageAt(log, seq);
    const reactions = reactionsOf(Extras.read(message?.extras) ?? {});
    return [...reactions].flatMap(([emoji, users]) => (users.includes(me) ? emoji : []));
  }

  async #messageAt(log: string, seq: number): Promise<Facts['message.sent'] | undefined> {
    const { page } = await this.#options.line.insist('log.read', { log, after: seq - 1, limit: 1 });
    const [fact] = page;
    const isThere = fact !== undefined && fact.seq === seq && isA(fact, 'message.sent') && fact.body.deleted !== true;
    return isThere ? fact.body : undefined;
  }
}

/** The first lines of a text as a quote (XEP-0393 §5.1.3), with the line break behind it. */
function quoteOf(text: string): string {
  const all = text.split('\n');
  const part = all.slice(0, quoted.lines).join('\n');
  const isWhole = all.length <= quoted.lines && part.length <= quoted.length;
  const shown = isWhole
    ? part
    : `${part
        .slice(0, quoted.length)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
  return `${shown.replaceAll(/^/gm, '> ')}\n`;
}
