import { opaque } from '../../../protocol/ids.ts';
import type { Clock, Random, StanzaTree } from '../../core/ports.ts';
import { stanzaErrors } from '../../core/stanzas.ts';
import { type Place, placeOf } from '../address.ts';
import type { AdHocCommand, Asking, Step } from '../command-step.ts';
import type { Line } from '../line.ts';
import { ownCommand } from '../own-commands.ts';
import { childOf, element } from '../tree.ts';
import { adHocCommands } from './ad-hoc-commands.ts';
import { adHoc, nodesAt } from './ad-hoc-nodes.ts';
import { formOf, submitted } from './data-form.ts';
import { Desk } from './desk.ts';

/** Commands of one account that wait for an answer, and for how long, milliseconds. */
const bounds = { kept: 20, lasting: 600_000 } as const;

interface Session {
  readonly node: string;
  /** The full JID that began it, and the address where. */
  readonly from: string;
  readonly to: string;
  readonly until: number;
}

/** What is wrong with a request: the condition of RFC 6120 §8.3.3, and that of XEP-0050 §4.4. */
type Fault = readonly [condition: string, specific?: string];

export interface AdHocOptions {
  readonly line: Line;
  readonly clock: Clock;
  readonly random: Random;
  /** The friend's address. */
  readonly friend: string;
  /** IANA; the machine's where absent. */
  readonly zone?: string;
  /** The id of the account's user. */
  readonly me: () => string;
  readonly isColleague: () => boolean;
  readonly send: (stanza: StanzaTree) => boolean;
}

/** Ad-hoc commands (XEP-0050) of one account: one step, or a form and one more. */
export class AdHoc {
  readonly #options: AdHocOptions;
  readonly #desk: Desk;
  readonly #sessions = new Map<string, Session>();

  constructor(options: AdHocOptions) {
    this.#options = options;
    this.#desk = new Desk(options.line);
  }

  /** Whether the account has such a command there. */
  has(node: string, to: string): boolean {
    return this.#command(placeOf(to, this.#options.friend), node) !== undefined;
  }

  /** Answers a request that `adHocNodeIn` knows. */
  async takes(request: StanzaTree): Promise<void> {
    const { to = this.#options.friend, from = '', id = '' } = request.attrs;
    const command = childOf(request, 'command', adHoc) ?? element('command');
    const answer = await this.#answer(command, from, to);
    const how = answer.name === 'error' ? 'error' : 'result';
    this.#options.send(element('iq', { from: to, to: from, id, type: how }, answer));
  }

  async #answer({ attrs, ...rest }: StanzaTree, from: string, to: string): Promise<StanzaTree> {
    const { node = '', sessionid, action = 'execute' } = attrs;
    const place = placeOf(to, this.#options.friend);
    const command = this.#command(place, node);
    if (place === undefined || command === undefined) return fault('item-not-found');
    if (sessionid === undefined) {
      if (action !== 'execute') return fault('bad-request', 'bad-action');
      return this.#stepped(node, from, to, await command.begin(this.#asking(place)));
    }
    const session = this.#sessions.get(sessionid);
    const isOurs = session?.from === from && session.to === to && session.node === node;
    if (session === undefined || !isOurs) return fault('bad-request', 'bad-sessionid');
    this.#sessions.delete(sessionid);
    if (session.until <= this.#options.clock.now()) return fault('not-allowed', 'session-expired');
    if (action === 'cancel') return element('command', { xmlns: adHoc, node, sessionid, status: 'canceled' });
    if (!['execute', 'next', 'complete'].includes(action)) {
      this.#sessions.set(sessionid, session);
      return fault('bad-request', action === 'prev' ? 'bad-action' : 'malformed-action');
    }
    const values = submitted({ attrs, ...rest });
    const step = values === undefined ? undefined : await command.complete?.(this.#asking(place), values);
    if (step !== undefined) return this.#stepped(node, from, to, step, sessionid);
    this.#sessions.set(sessionid, session);
    return fault('bad-request', 'bad-payload');
  }

  #stepped(node: string, from: string, to: string, step: Step, known?: string): StanzaTree {
    const { clock, random } = this.#options;
    const sessionid = known ?? opaque(random.bytes(20));
    const about = { xmlns: adHoc, node, sessionid };
    if (step.is === 'done') {
      const note = element('note', { xmlns: adHoc, type: step.failed === true ? 'error' : 'info' }, step.words);
      return element('command', { ...about, status: 'completed' }, note);
    }
    this.#sessions.set(sessionid, { node, from, to, until: clock.now() + bounds.lasting });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > bounds.kept && oldest !== undefined) this.#sessions.delete(oldest);
    const ends = element('actions', { xmlns: adHoc, execute: 'complete' }, element('complete', { xmlns: adHoc }));
    return element('command', { ...about, status: 'executing' }, ends, formOf(step.form));
  }

  /** The command of this name that the account has there. */
  #command(place: Place | undefined, node: string): AdHocCommand | undefined {
    const ofDesk = this.#options.isColleague() ? nodesAt(place).find((one) => one === node) : undefined;
    return ofDesk === undefined ? ownCommand(place, node) : adHocCommands[ofDesk];
  }

  #asking(place: Place): Asking {
    const { clock, friend, line, me, zone } = this.#options;
    const conversation = place.is === 'conversation' ? place.conversation : '';
    const where = zone === undefined ? {} : { zone };
    const once = () => Promise.resolve(undefined);
    return { desk: this.#desk, me: me(), now: clock.now(), conversation, place, friend, line, once, ...where };
  }
}

function fault(...[condition, specific]: Fault): StanzaTree {
  const type = condition === 'item-not-found' || condition === 'not-allowed' ? 'cancel' : 'modify';
  return element(
    'error',
    { type },
    element(condition, { xmlns: stanzaErrors }),
    ...(specific === undefined ? [] : [element(specific, { xmlns: adHoc })]),
  );
}
