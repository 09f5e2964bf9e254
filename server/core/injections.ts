import { type Action, unanswered } from '../../protocol/actions.ts';
import { type AnyFact, readFact } from '../../protocol/facts.ts';
import { readFrame } from '../../protocol/frame.ts';
import type { Connections } from './connections.ts';
import { isStanzaType } from './stanzas.ts';

const prefix = 'inject:';

/** Whether `jid` is an injection's, and no address. */
export function isInjected(jid: string): boolean {
  return jid.startsWith(prefix);
}

/** Actions without a network: each gets a connection of its own, which ends with its answer. */
export class Injections {
  readonly #connections: Connections;
  readonly #take: (jid: string, action: Action) => void;
  readonly #waiting = new Map<string, (fact: AnyFact) => void>();
  #soFar = 0;

  constructor(connections: Connections, take: (jid: string, action: Action) => void) {
    this.#connections = connections;
    this.#take = take;
  }

  /** Resolves with the answer; with an `ack` at once where the action is one that nobody answers. */
  inject(
    user: string,
    action: Action,
    following: (jid: string, task: () => void) => void,
    device: string = `${prefix}${user}`,
  ): Promise<AnyFact> {
    const jid = `${prefix}${this.#soFar++}`;
    this.#connections.open({ jid, user, device }, []);
    return new Promise((resolve) => {
      const end = (answer: AnyFact): void => {
        this.#waiting.delete(jid);
        this.#connections.end(jid);
        resolve(answer);
      };
      this.#waiting.set(jid, (fact) => fact.re === action.id && end(fact));
      this.#take(jid, action);
      if (!unanswered.includes(action.type) && !isStanzaType(action.type)) return;
      following(jid, () => end({ type: 'ack', at: action.at, re: action.id, body: {} }));
    });
  }

  /** Takes a frame that was told to one of them. */
  told(jid: string, json: string): void {
    const frame = readFrame(json);
    for (const event of frame.ok ? frame.frame.events : []) {
      const fact = readFact(event);
      // A type that a team has added is of no shape that this language knows, and an answer all the same.
      if (fact !== undefined) this.#waiting.get(jid)?.('known' in fact ? fact.known : (fact.unknown as AnyFact));
    }
  }
}
