import { type Action, actions } from '../../protocol/actions.ts';
import { deskActions } from '../../protocol/desk.ts';
import {
  type AnyFact,
  type Fact,
  type Facts,
  type FactType,
  facts as knownFacts,
  readFact,
} from '../../protocol/facts.ts';
import { readFrame } from '../../protocol/frame.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import { isLater } from '../../protocol/later.ts';
import { limits } from '../../protocol/limits.ts';
import { readAction } from '../../protocol/read-action.ts';
import type { GatewayHost } from '../core/gateway.ts';

/** How long an answer may take, milliseconds. */
const patience = 10_000;

/** How often an action is sent again that may succeed later, and the longest pause before it, milliseconds. */
const again = { attempts: 5, pause: 2_000 } as const;

/** What any client may say, and what colleagues may say to the desk. */
const schemas = { ...actions, ...deskActions };

/** An answer, and the stored facts of the page that it heads. */
export interface Answer {
  readonly fact: Fact;
  readonly page: readonly Fact[];
}

/** One connection of an account to the friend: actions go in, as a widget's do, and what is told comes out. */
export class Line {
  readonly jid: string;
  readonly #host: GatewayHost;
  readonly #tell: (fact: Fact) => void;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #isOver = false;

  /** `tell` gets what was told by itself, and stored facts that answer; never throws. */
  constructor(jid: string, host: GatewayHost, tell: (fact: Fact) => void) {
    this.jid = jid;
    this.#host = host;
    this.#tell = tell;
  }

  newId(): string {
    return uuidv7(this.#host.clock.now(), this.#host.random.bytes(10));
  }

  /** Sends an action that nobody answers. */
  say(type: string, body: unknown): void {
    const read = this.#read({ id: this.newId(), type, at: this.#host.clock.now(), body });
    if (read.ok) this.#host.act(this.jid, read.action);
  }

  /** Resolves with the answer; with an `error` fact where the action is none, or nobody answers within 10 s. */
  ask(type: string, body: unknown, id: string = this.newId()): Promise<Answer> {
    const at = this.#host.clock.now();
    const read = this.#read({ id, type, at, body });
    const failed = (code: string): Answer => ({ fact: { type: 'error', at, re: id, body: { code } }, page: [] });
    if (!read.ok) return Promise.resolve(failed(read.code));
    return new Promise((resolve) => {
      const cancel = this.#host.clock.after(patience, () => settle(failed('busy')));
      const settle = (answer: Answer): void => {
        cancel();
        this.#waiting.delete(id);
        resolve(answer);
      };
      this.#waiting.set(id, settle);
      this.#host.act(this.jid, read.action);
    });
  }

  /** Asks, and asks again under the same id while that may help. */
  async insist(type: string, body: unknown, id: string = this.newId()): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.ask(type, body, id);
      const { code, retryAfter = 500 } = answer.fact.body as { code?: string; retryAfter?: number };
      const isOver = answer.fact.type !== 'error' || code === undefined || !isLater(code);
      if (isOver || this.#isOver || attempt === again.attempts) return answer;
      await new Promise<void>((resolve) => this.#host.clock.after(Math.min(retryAfter, again.pause), resolve));
    }
  }

  /** Insists no more: whoever asks has the first answer that comes. */
  stop(): void {
    this.#isOver = true;
  }

  /** Takes a frame that was told to this connection. */
  told(json: string): void {
    const read = readFrame(json);
    const facts = (read.ok ? read.frame.events : []).flatMap((event) => {
      const fact = readFact(event);
      if (fact === undefined) return [];
      // One of a type that is known, with a body that does not fit, has its place and says nothing.
      if ('unknown' in fact)
        return Object.hasOwn(knownFacts, fact.unknown.type) ? { ...fact.unknown, type: '' } : fact.unknown;
      return fact.known;
    });
    for (let index = 0; index < facts.length; index += 1) {
      const fact = facts[index] as Fact;
      const asked = fact.re === undefined ? undefined : this.#waiting.get(fact.re);
      const page = asked === undefined ? [] : pageBehind(facts, index);
      asked?.({ fact, page });
      index += page.length;
      if (asked === undefined || fact.seq !== undefined) this.#tell(fact);
    }
  }

  /** Our own types have no schema: no client can send them. */
  #read(action: Action): ReturnType<typeof readAction> {
    return Object.hasOwn(schemas, action.type) ? readAction(action, schemas, limits.frameBytes) : { ok: true, action };
  }
}

/** The facts behind an answer that heads a page of one log. */
function pageBehind(facts: readonly Fact[], head: number): readonly Fact[] {
  const fact = facts[head] as Fact;
  const range = isA(fact, 'conversation.opened')
    ? { log: fact.body.conversation.id, ...fact.body.page }
    : isA(fact, 'log.paged')
      ? fact.body
      : undefined;
  if (range === undefined) return [];
  const behind = facts.slice(head + 1);
  const end = behind.findIndex(({ log, seq = 0 }) => log !== range.log || seq <= range.after || seq > range.to);
  return end === -1 ? behind : behind.slice(0, end);
}

/** Whether a fact that was read is of this type, and so has its body. */
export function isA<T extends FactType>(
  fact: Fact,
  type: T,
): fact is Extract<AnyFact, { type: T }> & Fact<T, Facts[T]> {
  return fact.type === type;
}
