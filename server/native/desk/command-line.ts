import type { Clock, Sha256, StanzaTree } from '../../core/ports.ts';
import { isCase } from '../../core/support-case.ts';
import { jidAt, type Place } from '../address.ts';
import type { Line } from '../line.ts';
import { actionId } from '../message-id.ts';
import { ownWord, runsTyped } from '../own-commands.ts';
import type { Spoken } from '../read-message.ts';
import { aside, received } from '../write-message.ts';
import { commands, unknown } from './commands.ts';
import { Desk } from './desk.ts';
import type { reasonOf } from './desk-words.ts';
import type { Typed } from './typed-command.ts';

export interface CommandLineOptions {
  readonly line: Line;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** The friend's address and name, and the account's bare JID. */
  readonly friend: string;
  readonly name: string;
  readonly account: string;
  /** IANA; the machine's where absent. */
  readonly zone?: string;
  /** The id of the account's user. */
  readonly me: () => string;
  readonly send: (stanza: StanzaTree) => boolean;
}

/**
 * Commands that somebody types into a chat: a colleague those of the desk, everybody those behind `/commands`. Nobody else
 * sees them; the answer comes from the same chat, led by the friend's own name.
 */
export class CommandLine {
  readonly #options: CommandLineOptions;
  readonly #desk: Desk;
  #listed: readonly string[] = [];

  constructor(options: CommandLineOptions) {
    this.#options = options;
    this.#desk = new Desk(options.line);
  }

  /** Does it, and says what came of it. */
  async runs({ name, rest }: Extract<Typed, { is: 'command' }>, spoken: Spoken, place: Place): Promise<void> {
    const { account, friend, send } = this.#options;
    const { id, replaces, wantsReceipt } = spoken;
    const local = place.is === 'conversation' ? place.conversation : place.is === 'user' ? place.user : undefined;
    const from = local === undefined ? friend : jidAt(friend, local);
    if (wantsReceipt && id !== undefined) send(received({ from, to: account }, id));
    if (replaces !== undefined) return void this.says('A command cannot be corrected. Type it anew.', from);
    const { clock, line, me, zone } = this.#options;
    const once = (what: string): Promise<string | undefined> => this.#once(id, what);
    const conversation = local?.startsWith('c_') ? local : '';
    const shared = { desk: this.#desk, me: me(), now: clock.now(), once, ...(zone === undefined ? {} : { zone }) };
    if (name === ownWord && !isCase(conversation)) {
      // What a number means has changed once it was done: the same words from the same stanza are the same command.
      const typed = (what: string) => once(`${from} ${rest} ${what}`);
      const text = await runsTyped(rest, { ...shared, once: typed, conversation, place, friend, line });
      return void this.says(text, from);
    }
    const known = name === ownWord ? 'help' : name;
    const command = Object.hasOwn(commands, known) ? commands[known] : undefined;
    if (command === undefined) return void this.says(unknown(name), from);
    const text = await command.run({
      ...{ ...shared, rest, listed: this.#listed },
      ...(conversation === '' ? {} : { conversation }),
      list: (conversations) => {
        this.#listed = conversations;
      },
      say: async (to, words) => {
        const action = await once(`canned ${to} ${words}`);
        const { fact } = await line.insist('message.send', { conversation: to, text: words }, action);
        return fact.type === 'error' ? (fact.body as { code: Parameters<typeof reasonOf>[0] }).code : undefined;
      },
    });
    this.says(text, from);
  }

  /** Says something in the friend's own name, from the address of a chat; false where it was not taken. */
  says(text: string, from: string): boolean {
    const { account, line, name, send } = this.#options;
    return send(aside({ from, to: account }, { id: line.newId(), text, speaker: name }));
  }

  /** The same stanza of the same account is the same action. */
  async #once(id: string | undefined, what: string): Promise<string | undefined> {
    const { account, sha256 } = this.#options;
    return id === undefined ? undefined : actionId(await sha256(`${account}\n${id}\n${what}`));
  }
}
