import type { ErrorCode } from '../../protocol/errors.ts';
import type { Fact, Person } from '../../protocol/facts.ts';
import { type GatewayHost, nativePrefix } from '../core/gateway.ts';
import { Lanes } from '../core/lanes.ts';
import type { Sha256, StanzaTree } from '../core/ports.ts';
import { errorOf } from '../core/stanzas.ts';
import { isCase } from '../core/support-case.ts';
import { jidAt, type Place } from './address.ts';
import { Beside } from './beside.ts';
import { Chats } from './chats.ts';
import { AdHoc } from './desk/ad-hoc.ts';
import { adHocNodeIn } from './desk/ad-hoc-nodes.ts';
import { Casework } from './desk/casework.ts';
import { CommandLine } from './desk/command-line.ts';
import { typed } from './desk/typed-command.ts';
import { Hearing } from './hearing.ts';
import { Intake } from './intake.ts';
import { isA, Line } from './line.ts';
import { factOf } from './message-id.ts';
import { Offers } from './offers.ts';
import { ownWord } from './own-commands.ts';
import { OwnMessages } from './own-messages.ts';
import { Positions } from './positions.ts';
import type { Spoken } from './read-message.ts';
import type { Shown } from './read-presence.ts';
import { Sights } from './sights.ts';
import { Speaking } from './speaking.ts';
import { Subscriptions } from './subscriptions.ts';

/** Stanzas, and facts, that may wait for one account. */
const waiting = 2_000;

/** How long somebody who has written counts as there, where his presence is not known, milliseconds. */
const lingering = 600_000;

/** The fact that answers `account.open`. */
export interface Opened {
  readonly user: Person;
  /** What was stored before is not told, milliseconds since 1970. */
  readonly since: number;
}

export interface SessionOptions {
  readonly sha256: Sha256;
  /** What the friend is called. */
  readonly name: string;
  /** IANA, for times of the day; the machine's where absent. */
  readonly zone?: string;
}

/** One account with all its clients: to the friend one connection, to the account the friend's many addresses. */
export class Session {
  readonly #host: GatewayHost;
  readonly #jid: string;
  readonly #account: string;
  readonly #line: Line;
  readonly #intake: Intake;
  readonly #positions: Positions;
  readonly #chats: Chats;
  readonly #casework: Casework;
  readonly #hearing: Hearing;
  readonly #sights: Sights;
  readonly #speaking: Speaking;
  readonly #subscriptions: Subscriptions;
  readonly #commandLine: CommandLine;
  readonly #adHoc: AdHoc;
  readonly #lanes = new Lanes(waiting, 2 * waiting);
  /** Its clients that are there. */
  readonly #resources = new Set<string>();
  #opened: Opened | undefined;
  #status = '';
  #isPresent = false;
  #cancelLingering: () => void = () => undefined;

  /** @param account its bare JID */
  constructor(account: string, host: GatewayHost, { sha256, ...own }: SessionOptions) {
    this.#host = host;
    this.#account = account;
    this.#jid = `${nativePrefix}${account}`;
    const { clock, address: friend, send } = host;
    this.#line = new Line(this.#jid, host, (fact) => this.#tell(fact));
    this.#intake = new Intake(host, (task) => this.#push('in', task));
    this.#positions = new Positions(this.#line, clock);
    const me = (): Opened | undefined => this.#opened;
    this.#chats = new Chats({ line: this.#line, friend, account, me: () => me()?.user });
    const known = { line: this.#line, own: new OwnMessages(), offers: new Offers() };
    const parts = { ...known, beside: new Beside(known), clock, chats: this.#chats, positions: this.#positions };
    this.#casework = new Casework({
      ...parts,
      colleague: () => (me()?.user.kind === 'colleague' ? (me()?.user.id ?? '') : ''),
      begin: (conversation) => this.#hearing.begin(conversation),
      lookAgain: () => this.#push('out', () => this.#hearing.resume()),
      says: (conversation, text) => {
        const isSent = !this.#hearing.isAway && this.#commandLine.says(text, jidAt(friend, conversation));
        if (!isSent) this.#hearing.away();
        return isSent;
      },
    });
    this.#sights = new Sights({
      ...{ line: this.#line, clock, friend, account, send },
      cases: () =>
        me()?.user.kind === 'colleague' ? this.#chats.cases().filter((one) => this.#casework.isTold(one)) : [],
    });
    const sights = this.#sights;
    this.#hearing = new Hearing({ ...parts, cases: this.#casework, sights, me, send });
    const speaking = { ...parts, account, sha256, me: () => me()?.user.id ?? '' };
    this.#speaking = new Speaking(speaking);
    const working = { ...speaking, ...own, friend, send };
    this.#commandLine = new CommandLine(working);
    this.#adHoc = new AdHoc({
      ...{ ...working, random: host.random },
      isColleague: () => me()?.user.kind === 'colleague',
    });
    this.#subscriptions = new Subscriptions({ line: this.#line, chats: this.#chats, sights, friend, account, send });
  }

  /** Makes the account's connection, and sends what waits for it. */
  open(): void {
    this.#push('in', async () => void (await this.#open()));
  }

  /** Takes a frame that was told to the account's connection. */
  told(json: string): void {
    this.#line.told(json);
  }

  /** Takes a message. What cannot be stored goes back as an error. */
  says(stanza: StanzaTree, spoken: Spoken, place: Place): void {
    const task = async (): Promise<void> => {
      const code = (await this.#open()) ?? (await this.#say(stanza, spoken, place));
      if (code !== undefined && spoken.text !== undefined) this.#host.send(errorOf(stanza, code));
      this.#isThere();
    };
    if (spoken.text === undefined) this.#push('in', task);
    else this.#intake.takes(stanza, task);
  }

  /** Takes an ad-hoc command; `otherwise` is done where its sender has none of this name there. */
  commands(request: StanzaTree, otherwise: () => void): void {
    this.#intake.takes(request, async () => {
      const isOpen = (await this.#open()) === undefined;
      const isHis = isOpen && this.#adHoc.has(adHocNodeIn(request) ?? '', request.attrs.to ?? this.#host.address);
      if (isHis) await this.#adHoc.takes(request);
      else otherwise();
    });
  }

  /** Takes the presence of one of its clients. */
  shows(resource: string, { available, dnd, idle, status = '' }: Shown): void {
    const isNew = available && !this.#resources.has(resource);
    const wasThere = this.#resources.size > 0;
    if (available) this.#resources.add(resource);
    else this.#resources.delete(resource);
    this.#push('in', async () => {
      if ((await this.#open()) !== undefined) return;
      this.#cancelLingering();
      const knows = this.#isPresent;
      this.#present(this.#resources.size > 0);
      if (!available) return;
      if (isNew && knows) this.#subscriptions.again();
      await this.#line.insist('account.shows', { show: dnd ? 'dnd' : idle ? 'away' : 'available' });
      if (status !== this.#status) await this.#line.insist('presence.set', { status: status === '' ? null : status });
      this.#status = status;
    });
    if (available && (!wasThere || this.#hearing.isAway)) this.#push('out', () => this.#hearing.resume());
  }

  /** Takes a request for a subscription, or its end. */
  subscribes(type: string, place: Place | undefined, to: string): void {
    this.#push('in', async () => {
      if ((await this.#open()) !== undefined) return;
      if (type === 'subscribe') await this.#subscriptions.subscribe(place, to);
      else await this.#subscriptions.unsubscribe(place, to);
    });
  }

  /** The account's server asks how the friend, or one of its addresses, is. */
  probed(place: Place | undefined): void {
    this.#push('in', async () => {
      if (place !== undefined && (await this.#open()) === undefined) this.#subscriptions.again(place);
    });
  }

  /** A stanza of this `id` came back: `cancel` says that nobody has this account. */
  bounced(type: string, stanzaId: string): void {
    const fact = factOf(stanzaId);
    if (fact !== undefined) this.#hearing.away(fact.log, fact.seq);
    if (type === 'wait') this.#host.clock.after(60_000, () => this.#push('out', () => this.#hearing.resume()));
  }

  /** Deals with what has arrived, or sends it back, and ends every timer; within 2 s. */
  async stop(): Promise<void> {
    await this.#intake.stop();
    this.#line.stop();
    this.#cancelLingering();
    this.#positions.stop();
    this.#hearing.stop();
    this.#sights.stop();
    this.#casework.stop();
    this.#speaking.stop();
  }

  async #open(): Promise<ErrorCode | undefined> {
    this.#host.heard(this.#jid);
    if (this.#opened !== undefined && this.#host.isOpen(this.#jid)) {
      if (this.#hearing.isAway) this.#push('out', () => this.#hearing.resume());
      return undefined;
    }
    const { fact } = await this.#line.insist('account.open', { jid: this.#account });
    if (fact.type !== 'account.opened') return (fact.body as { code?: ErrorCode }).code ?? 'not_found';
    this.#opened = fact.body as Opened;
    this.#isPresent = false;
    this.#present(this.#resources.size > 0);
    this.#push('out', () => this.#hearing.resume());
    this.#subscriptions.probe();
    return undefined;
  }

  async #say(stanza: StanzaTree, spoken: Spoken, place: Place): Promise<ErrorCode | undefined> {
    if (spoken.text === undefined) return this.#speaking.says(spoken, place);
    const isWork = this.#opened?.user.kind === 'colleague' && isAtWork(place);
    const written = spoken.reply?.text ?? spoken.text;
    const said = typed(written);
    // Whoever does not work at a case is not told that there could be commands.
    const isForAll = place.is === 'friend' || !isAtWork(place);
    if (said.is === 'command' && (isWork || (said.name === ownWord && isForAll))) {
      this.#speaking.pauses();
      await this.#commandLine.runs(said, spoken, place);
      return undefined;
    }
    if (!isWork)
      return this.#speaking.says(escaped.test(written) ? withWords(spoken, written.slice(1)) : spoken, place);
    const words = said.is === 'words' ? withWords(spoken, said.text) : spoken;
    if (place.is !== 'friend') return this.#speaking.says(words, place);
    // A colleague has no support of his own: what he says to the friend itself is for the rules.
    const at = this.#host.clock.now();
    this.#host.act(this.#jid, { id: this.#line.newId(), type: 'stanza.message', at, body: stanza });
    return undefined;
  }

  /** Who has written is there, also where nobody tells his presence. */
  #isThere(): void {
    this.#present(true);
    this.#cancelLingering();
    this.#cancelLingering = this.#host.clock.after(lingering, () => {
      this.#present(this.#resources.size > 0);
    });
  }

  /** Somebody who comes looks at all whose presence the account has asked for. */
  #present(isPresent: boolean): void {
    if (this.#isPresent === isPresent) return;
    this.#isPresent = isPresent;
    this.#host.present(this.#jid, isPresent);
    if (isPresent) void this.#subscriptions.watch();
  }

  /** What fails costs itself and nothing that waits behind it. */
  #push(lane: 'in' | 'out', task: () => Promise<void>): boolean {
    return this.#lanes.push(lane, () =>
      task().catch((error: unknown) => {
        this.#host.count('failed');
        this.#host.log.error('What an account said, or was told, failed', { lane, error: String(error) });
      }),
    );
  }

  #tell(fact: Fact): void {
    const opened = this.#opened;
    if (isA(fact, 'friend.hello')) {
      this.#opened = undefined;
      this.open();
    } else if (isA(fact, 'profile.changed') && fact.log === opened?.user.id && opened !== undefined) {
      this.#opened = { ...opened, user: fact.body.person };
    } else {
      this.#push('out', async () => {
        await this.#casework.told(fact);
        await this.#hearing.told(fact);
        this.#sights.soon(fact.type === 'account.painted');
      });
    }
  }
}

/** The word for commands, which is to be sent as a word. */
const escaped = new RegExp(`^//${ownWord}(?!\\S)`, 'i');

/** Where a colleague works: the friend itself, and the conversations of visitors. */
function isAtWork(place: Place): boolean {
  return place.is === 'friend' || (place.is === 'conversation' && isCase(place.conversation));
}

/** The same with other words. */
function withWords(spoken: Spoken, text: string): Spoken {
  const { reply } = spoken;
  return reply === undefined ? { ...spoken, text } : { ...spoken, reply: { ...reply, text } };
}
