import type { Actions } from '../../protocol/actions.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { Fact } from '../../protocol/facts.ts';
import type { Clock, Sha256 } from '../core/ports.ts';
import type { Place } from './address.ts';
import type { Beside } from './beside.ts';
import { type Chats, refOf } from './chats.ts';
import { Composer } from './composing.ts';
import { type Answer, isA, type Line } from './line.ts';
import { actionId, factOf } from './message-id.ts';
import type { Offers } from './offers.ts';
import type { OwnMessages } from './own-messages.ts';
import type { Positions } from './positions.ts';
import type { Spoken } from './read-message.ts';

export interface SpeakingOptions {
  readonly line: Line;
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly chats: Chats;
  readonly positions: Positions;
  readonly own: OwnMessages;
  readonly offers: Offers;
  readonly beside: Beside;
  /** The id of the account's user; empty before it is known. */
  readonly me: () => string;
  /** The account's bare JID. */
  readonly account: string;
}

/** What an account says, as actions. */
export class Speaking {
  readonly #options: SpeakingOptions;
  readonly #composer: Composer;

  constructor(options: SpeakingOptions) {
    this.#options = options;
    this.#composer = new Composer(options.clock, (conversation, on) => {
      options.line.say('typing.set', { conversation, on });
    });
  }

  stop(): void {
    this.#composer.stop();
  }

  /** The account composes no more, and has sent nothing. */
  pauses(): void {
    this.#composer.end();
  }

  /** Resolves with why nothing was stored, where something should have been. */
  async says(spoken: Spoken, place: Place): Promise<ErrorCode | undefined> {
    const { line } = this.#options;
    const [received, displayed] = [factOf(spoken.received ?? ''), factOf(spoken.displayed ?? '')];
    if (received !== undefined) line.say('marker.set', { conversation: received.log, delivered: received.seq });
    if (displayed !== undefined) {
      const { log, seq } = displayed;
      line.say('marker.set', { conversation: log, read: seq, delivered: seq });
    }
    if (spoken.reactions !== undefined) return this.#reacts(spoken.reactions, place);
    if (spoken.text === undefined) return this.#composes(spoken, place);
    this.#composer.end(true);
    const answer =
      spoken.replaces === undefined
        ? await this.#sends(spoken, spoken.text, place)
        : await this.#corrects(spoken.text, spoken.replaces, place);
    return codeOf(answer.fact);
  }

  async #composes({ composing }: Spoken, place: Place): Promise<undefined> {
    if (composing === false) this.#composer.end();
    if (composing !== true) return;
    const chat = await this.#options.chats.at(refOf(place));
    if (chat !== undefined) this.#composer.begin(chat.log);
  }

  async #sends(spoken: Spoken, text: string, place: Place): Promise<Answer> {
    const { id } = spoken;
    const { line } = this.#options;
    const chosen = await this.#chooses(spoken, text, place);
    if (chosen !== undefined) return chosen;
    const body = await this.#bodyOf(spoken, text, place);
    const answer = await line.insist('message.send', body, id === undefined ? undefined : await this.#idOf(id));
    // Some clients begin to count anew with every stream: other words under an old name are another message.
    const isOther = id !== undefined && codeOf(answer.fact) === 'id_reused';
    const last = isOther ? await line.insist('message.send', body, await this.#idOf(`${id}\n${text}`)) : answer;
    this.#stored(last.fact, spoken);
    return last;
  }

  /** With the message that it answers, where that is known; else with what it quotes of it. */
  async #bodyOf({ reply }: Spoken, text: string, place: Place): Promise<Actions['message.send']> {
    const conversation = refOf(place);
    const answered = reply && (await this.#named(reply.id, place));
    const log = answered && (await this.#options.chats.at(conversation))?.log;
    if (reply === undefined || answered === undefined || answered.log !== log) return { conversation, text };
    return { conversation, text: reply.text, reply: answered.seq };
  }

  /** The number or the label of what was offered last is an answer to it, once. */
  async #chooses({ id }: Spoken, text: string, place: Place): Promise<Answer | undefined> {
    const { chats, line, offers } = this.#options;
    const log = chats.known(refOf(place))?.log;
    const chosen = log === undefined ? undefined : offers.said(log, text);
    if (log === undefined || chosen === undefined) return undefined;
    const action = id === undefined ? undefined : await this.#idOf(`${id}\nanswer`);
    const answer = await line.insist('message.answer', { conversation: log, ...chosen }, action);
    return answer.fact.type === 'error' ? undefined : answer;
  }

  /** Sets and takes away what is different from what he has under the message. */
  async #reacts({ id, emoji }: NonNullable<Spoken['reactions']>, place: Place): Promise<ErrorCode | undefined> {
    const { beside, line, me } = this.#options;
    const found = await this.#named(id, place);
    if (found === undefined) return 'not_found';
    const { log: conversation, seq } = found;
    const before = await beside.reactionsAt(conversation, seq, me());
    const changes = [
      ...before.filter((one) => !emoji.includes(one)).map((one) => ({ emoji: one, on: false })),
      ...emoji.filter((one) => !before.includes(one)).map((one) => ({ emoji: one, on: true })),
    ];
    for (const change of changes) {
      const code = codeOf((await line.insist('message.react', { conversation, seq, ...change })).fact);
      if (code !== undefined) return code;
    }
    return undefined;
  }

  /** The message that the account's client knows by this name, its own or one that it was told. */
  async #named(id: string, place: Place): Promise<{ log: string; seq: number } | undefined> {
    return factOf(id) ?? this.#options.own.named(id) ?? (await this.#find(id, place));
  }

  #stored({ type, log, seq }: Fact, { id, wantsMarker, wantsReceipt }: Spoken): void {
    if (type !== 'message.sent' || log === undefined || seq === undefined) return;
    if (id !== undefined) this.#options.own.add({ log, seq, id, wantsReceipt, wantsMarker });
    // Who answers has read what he answers to.
    this.#options.line.say('marker.set', { conversation: log, read: seq, delivered: seq });
  }

  async #corrects(text: string, replaces: string, place: Place): Promise<Answer> {
    const { line, own } = this.#options;
    const known = own.named(replaces) ?? (await this.#find(replaces, place));
    if (known === undefined) return line.ask('message.edit', {});
    return line.insist('message.edit', { conversation: known.log, seq: known.seq, text });
  }

  /** Looks for a message of his own among the newest of the conversation. */
  async #find(id: string, place: Place): Promise<{ log: string; seq: number } | undefined> {
    const { chats, line } = this.#options;
    const chat = await chats.at(refOf(place));
    if (chat === undefined) return undefined;
    const { fact, page } = await line.ask('log.read', { log: chat.log, limit: 50 });
    const action = await this.#idOf(id);
    const found = isA(fact, 'log.paged')
      ? page.find(({ re, type }) => re === action && type === 'message.sent')
      : undefined;
    return found?.seq === undefined ? undefined : { log: chat.log, seq: found.seq };
  }

  /** The same stanza of the same account is the same action. */
  async #idOf(id: string): Promise<string> {
    const { account, sha256 } = this.#options;
    return actionId(await sha256(`${account}\n${id}`));
  }
}

function codeOf({ type, body }: Fact): ErrorCode | undefined {
  return type === 'error' ? (body as { code: ErrorCode }).code : undefined;
}
