import type { Facts } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { utf8Length } from '../../protocol/limits.ts';
import { append, type Effect, put, schedule, unschedule } from './effect.ts';
import { FriendError } from './errors.ts';
import { digestOf } from './plan.ts';
import type { Clock } from './ports.ts';
import type { Reactor } from './reactor.ts';
import type { Reads } from './reads.ts';
import type { Effects, Reaction, ReactionContext, Rule } from './rule.ts';
import type { RuleBook } from './rule-book.ts';
import type { Store } from './store.ts';

/** The type of the action that says that nobody has answered in time. It comes by itself alone. */
const overType = 'ask.over';

/** Bytes of what continues with an answer. */
const dataBytes = 4_096;

/** How long a question may stand, milliseconds. */
const longest = 366 * 24 * 3_600_000;

const plugin = 'ask';

type Ask = Extract<Effect, { do: 'ask' }>;

/** What has been answered; `text` where the question allows words. */
export type AskAnswer =
  | { readonly text: string }
  | { readonly choice: string }
  | { readonly values: NonNullable<Facts['message.answered']['values']> }
  | { readonly timeout: true };

/** The body of the action that a question continues with. */
export interface AskAnswered<D = unknown> {
  readonly conversation: string;
  readonly data: D;
  readonly answer: AskAnswer;
}

/** A question that stands. */
interface Open {
  readonly id: string;
  readonly user: string;
  readonly conversation: string;
  readonly then: string;
  readonly data: unknown;
  readonly takesText: boolean;
  /** The question's place in its log; absent until it has been seen there. */
  readonly seq?: number;
}

/**
 * Questions and what continues with their answers: rows, so that a restart forgets none. One stands for each user and
 * conversation; a newer one replaces it.
 */
export class Asks {
  readonly #clock: Clock;
  readonly #rules: Pick<RuleBook, 'isInner' | 'on'>;
  /** Something was asked at least once: until then no message is looked at. */
  #any = false;

  constructor(clock: Clock, rules: Pick<RuleBook, 'isInner' | 'on'>) {
    this.#clock = clock;
    this.#rules = rules;
    rules.on(overType, this.#over, false);
  }

  /** Hears messages and answers, and who turns out to be whom, as soon as something has been asked. */
  listen(reactor: Pick<Reactor, 'addOwn'>): void {
    const reaction = { name: 'ask', reaction: this.#heard };
    reactor.addOwn(['message.sent', 'message.answered', 'member.left'], reaction, () => this.#any);
  }

  /** Looks whether a process before has asked anything. */
  async open(store: Pick<Store, 'state'>): Promise<void> {
    this.#any = (await store.state(plugin, 'any', '')) !== undefined;
  }

  /**
   * The same effects, each question as the message, the rows and the time-out that it is made of.
   * @throws FriendError `FRIEND_ASK`
   */
  expanded(effects: Effects, origin: { readonly device: string; readonly id: string }): Effects {
    if (!effects.some((effect) => effect.do === 'ask')) return effects;
    this.#any = true;
    const asked: Coming[] = [];
    const messages = new Map<string, number>();
    const all = effects.flatMap((effect, index) => {
      const isMessage = effect.do === 'append' && effect.type === 'message.sent';
      if (isMessage) messages.set(effect.log, (messages.get(effect.log) ?? 0) + 1);
      if (effect.do !== 'ask') return [effect];
      const ahead = messages.get(effect.in) ?? 0;
      messages.set(effect.in, ahead + 1);
      asked.push({ user: effect.user, conversation: effect.in, ahead });
      return this.#one(effect, digestOf([origin.device, origin.id, index]));
    });
    return [...all, rowPut('any', '', true), rowPut('question', `${origin.device} ${origin.id}`, asked)];
  }

  #one(effect: Ask, id: string): Effect[] {
    const { user, question, then, data = null, until, in: conversation, by } = effect;
    this.#check(effect);
    const { text, orText, ...extras } = question;
    const isOffer = Object.keys(extras).length > 0;
    const row: Open = { id, user, conversation, then, data, takesText: !isOffer || orText === true };
    return [
      append(
        conversation,
        'message.sent',
        { text, ...(isOffer ? { extras } : {}) },
        { item: true, answers: false, by: by ?? 'friend' },
      ),
      rowPut(user, conversation, row),
      schedule({ id: overId(id), dueAt: until, user, action: { type: overType, body: { user, conversation, id } } }),
    ];
  }

  #check({ user, then, data, until, in: conversation }: Ask): void {
    const wrong = (detail: string): FriendError => new FriendError('FRIEND_ASK', detail);
    if (!user.startsWith('u_') || !conversation.startsWith('c_'))
      throw wrong('it needs the ids of a user and of a conversation');
    if (!this.#rules.isInner(then))
      throw wrong(`${then} needs a rule of its own, and no schema: nobody may send it by himself`);
    if (data !== undefined && utf8Length(toJson(data)) > dataBytes)
      throw wrong(`data is longer than ${dataBytes} bytes`);
    const wait = until - this.#clock.now();
    if (!Number.isSafeInteger(until) || wait <= 0 || wait > longest)
      throw wrong('until is a time within the next year');
  }

  /** Looks at each message and each answer: in the order of the log. */
  readonly #heard: Reaction = async ({ fact, read }) => {
    const { log, seq, type, by } = fact;
    if (!log.startsWith('c_')) return [];
    if (type === 'member.left') return handedOver(read, log, (fact.body as Facts['member.left']).person.id, by);
    const body = fact.body as Partial<Facts['message.sent'] & Facts['message.answered']>;
    const asked = type === 'message.sent' ? await this.#seen(read, fact) : [];
    if (asked.length > 0 || !by.startsWith('u_')) return asked;
    const open = await openTo(read, log, by);
    if (open?.row.seq === undefined || open.row.seq >= seq) return [];
    if (type === 'message.answered') {
      if (body.of !== open.row.seq) return [];
      return body.choice === undefined
        ? continued(open, by, { values: body.values ?? {} })
        : continued(open, by, { choice: body.choice });
    }
    return open.row.takesText && body.text ? continued(open, by, { text: body.text }) : [];
  };

  /** A question has come to its place in the log. */
  async #seen(read: Reads, { log, seq, origin }: ReactionContext['fact']): Promise<Effects> {
    const name = `${origin?.device} ${origin?.action}`;
    const text = await read.state(plugin, 'question', name);
    if (text === undefined) return [];
    const coming = JSON.parse(text) as readonly Coming[];
    const here = coming.find(({ conversation, ahead }) => conversation === log && ahead === 0);
    const left = coming
      .filter((one) => one !== here)
      .map((one) => (one.conversation === log ? { ...one, ahead: one.ahead - 1 } : one));
    const open = here === undefined ? undefined : await openOf(read, here.user, log);
    return [
      rowPut('question', name, left.length === 0 ? undefined : left, text),
      ...(here === undefined || open === undefined ? [] : [rowPut(here.user, log, { ...open.row, seq }, open.text)]),
    ];
  }

  /** The rule for a question whose time is over. */
  readonly #over: Rule = async ({ action, read }) => {
    const { user, conversation, id } = action.body as Pick<Open, 'user' | 'conversation' | 'id'>;
    const now = (await read.user(user))?.mergedInto ?? user;
    const open = (await openOf(read, user, conversation)) ?? (await openOf(read, now, conversation));
    if (open?.row.id !== id) return [];
    return continued(open, now, { timeout: true });
  };
}

/** A question on its way: `ahead` messages of its own commit come before it in its log. */
interface Coming {
  readonly user: string;
  readonly conversation: string;
  readonly ahead: number;
}

interface Standing {
  readonly row: Open;
  readonly text: string;
}

async function openOf(read: Reads, user: string, conversation: string): Promise<Standing | undefined> {
  const text = await read.state(plugin, user, conversation);
  return text === undefined ? undefined : { row: JSON.parse(text) as Open, text };
}

/** What he was asked there, also as the visitor who he was when he was asked. */
async function openTo(read: Reads, conversation: string, user: string): Promise<Standing | undefined> {
  const open = await openOf(read, user, conversation);
  if (open !== undefined) return open;
  for (const [, part] of conversation.matchAll(/_([0-9a-z]{20})(?=_|$)/g)) {
    const before = `u_${part}`;
    if (before !== user && (await read.user(before))?.mergedInto === user) return openOf(read, before, conversation);
  }
  return undefined;
}

/** In a group, what a visitor was asked stands for the user that he turned out to be, where nothing else does. */
async function handedOver(read: Reads, log: string, from: string, to: string): Promise<Effects> {
  const open = from === to || isNamed(log, from) ? undefined : await openOf(read, from, log);
  if (open === undefined || (await read.user(from))?.mergedInto !== to) return [];
  const isOther = (await openOf(read, to, log)) !== undefined;
  const moved = isOther ? unschedule(overId(open.row.id)) : rowPut(to, log, { ...open.row, user: to });
  return [rowPut(from, log, undefined, open.text), moved];
}

/** Whether a conversation keeps the name of a visitor who was in it. */
function isNamed(conversation: string, user: string): boolean {
  return conversation.includes(user.slice(2));
}

/** The question stands no more, and its answer comes in as an action of `by`: both in one commit, so once. */
function continued({ row, text }: Standing, by: string, answer: AskAnswer): Effects {
  const { id, user, conversation, then, data } = row;
  const body: AskAnswered = { conversation, data, answer };
  return [
    rowPut(user, conversation, undefined, text),
    unschedule(overId(id)),
    schedule({ id: `ask:${id}`, dueAt: 0, user: by, action: { type: then, body } }),
  ];
}

/** `expect`: what has to stand there still. */
function rowPut(scope: string, key: string, value: unknown, expect?: string): Effect {
  const row = { plugin, scope, key, value: value === undefined ? null : toJson(value) };
  return put({ table: 'state', row, ...(expect === undefined ? {} : { expect }) });
}

function overId(id: string): string {
  return `ask:${id}:over`;
}
