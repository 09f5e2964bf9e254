import { randomBytes } from 'node:crypto';
import type { Visitor } from './visitor.ts';

/** Whom a pair talks through: an address that routes, or each other. */
export type Route = { readonly through: string } | 'direct';

/** What one pair has seen so far. */
export interface Seen {
  sent: number;
  answered: number;
  received: number;
}

/** About one line of a chat, 80 characters. */
const text = 'The grey one is back in stock on Tuesday; shall I put one aside for you until? ok';

/** ejabberd writes quotation marks in text as entities. */
const answers = 're&quot;:&quot;';
const facts = 'message.sent&quot;';
const refusal = '&quot;type&quot;:&quot;error&quot;';

/** The length of an action's id, a UUID. */
const idLength = 36;

let actions = 0;
const run = randomBytes(4).toString('hex');

/** An id that no other run and no other conversation uses, in the form of a UUID of version 7. */
function newId(): string {
  actions += 1;
  return `${run}-0000-7000-8000-${actions.toString(16).padStart(12, '0')}`;
}

/**
 * One sender and one receiver. The sender keeps a window of messages in flight, each naming the one before it as
 * `after`, as the widget does; an answer counts for the id that it names, and only once.
 */
export class Conversation {
  readonly seen: Seen = { sent: 0, answered: 0, received: 0 };
  /** Called for each answer and each fact. */
  moved: () => void = () => undefined;
  /** The first thing that went wrong. */
  failure: string | undefined;
  /** The next answers that are left out of the count, to prove that the harness notices. */
  planted = 0;
  readonly #sender: Visitor;
  readonly #receiver: Visitor;
  readonly #route: Route;
  readonly #name: string;
  readonly #inFlight = new Set<string>();
  #last: string | undefined;

  constructor(name: string, sender: Visitor, receiver: Visitor, route: Route) {
    this.#name = name;
    this.#sender = sender;
    this.#receiver = receiver;
    this.#route = route;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Both open a connection and the room, and say one message each, by which they become members. */
  async begin(): Promise<void> {
    if (this.#route !== 'direct') {
      const { through } = this.#route;
      const [sender, receiver] = [this.#sender, this.#receiver];
      for (const person of [sender, receiver]) {
        const secret = randomBytes(32).toString('base64url');
        await ask(person, through, action('connection.open', { versions: [1], secret }));
        await ask(person, through, action('conversation.open', { conversation: `room:${this.#name}` }));
      }
      for (const [speaker, other] of [[sender, receiver] as const, [receiver, sender] as const]) {
        const heard = new Promise<void>((resolve) => other.listen((xml) => xml.includes(facts) && resolve()));
        await ask(speaker, through, this.#message(newId(), undefined));
        await heard;
        this.seen.sent += 1;
        this.seen.answered += 1;
        this.seen.received += 1;
      }
    }
    this.#sender.listen((xml) => this.#answer(xml));
    this.#receiver.listen((xml) => this.#fact(xml));
  }

  /** Sends one message. */
  say(): void {
    const id = newId();
    const after = this.#inFlight.size === 0 ? undefined : this.#last;
    this.#last = id;
    this.#inFlight.add(id);
    this.seen.sent += 1;
    this.#sender.send(this.#route === 'direct' ? this.#receiver.jid : this.#route.through, this.#message(id, after));
  }

  close(): void {
    this.#sender.close();
    this.#receiver.close();
  }

  #message(id: string, after: string | undefined): string {
    return action('message.send', { conversation: `room:${this.#name}`, text }, id, after);
  }

  #answer(xml: string): void {
    if (xml.includes(refusal) || xml.includes('type="error"')) this.failure ??= xml;
    for (let at = xml.indexOf(answers); at !== -1; at = xml.indexOf(answers, at + idLength)) {
      const id = xml.slice(at + answers.length, at + answers.length + idLength);
      if (this.#inFlight.delete(id)) this.#count();
    }
  }

  #count(): void {
    if (this.planted > 0) this.planted -= 1;
    else this.seen.answered += 1;
    this.moved();
  }

  #fact(xml: string): void {
    if (this.#route === 'direct') return this.#reply(xml);
    if (xml.includes('type="error"')) this.failure ??= xml;
    for (let at = xml.indexOf(facts); at !== -1; at = xml.indexOf(facts, at + facts.length)) this.seen.received += 1;
    this.moved();
  }

  /** Talking directly, the receiver is the one who answers. */
  #reply(xml: string): void {
    const id = /&quot;id&quot;:&quot;([^&]+)/.exec(xml)?.[1];
    if (id === undefined) return;
    this.seen.received += 1;
    this.#receiver.send(
      this.#sender.jid,
      `{"v":1,"events":[{"type":"message.sent","body":{"text":"${text}"},"re":"${id}"}]}`,
    );
  }
}

function action(type: string, body: unknown, id: string = newId(), after?: string): string {
  const event = { id, type, at: Date.now(), ...(after === undefined ? {} : { after }), body };
  return JSON.stringify({ v: 1, events: [event] });
}

/** Sends one frame and waits for what answers it. @throws Error when that is a refusal. */
async function ask(person: Visitor, to: string, json: string): Promise<void> {
  const id = /"id":"([^"]+)"/.exec(json)?.[1] ?? '';
  const answer = await new Promise<string>((resolve) => {
    person.listen((xml) => {
      if (xml.includes(`${answers}${id}`) || xml.includes('type="error"')) resolve(xml);
    });
    person.send(to, json);
  });
  if (answer.includes(refusal) || answer.includes('type="error"')) throw new Error(answer);
}
