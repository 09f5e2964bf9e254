import { randomBytes } from 'node:crypto';
import { answerParent, cpuMicros } from '../child.ts';
import { type Visitor, visitor } from '../load/visitor.ts';
import { mucHosts } from './muc-server.ts';

/** Where a crowd meets: in a group of the friend, or in a MUC room of the XMPP server. */
export type Meeting = 'friend' | 'muc';

interface Gathering {
  readonly meeting: Meeting;
  readonly service: string;
  readonly host: string;
  /** The friend's address. */
  readonly friend: string;
  readonly occupants: number;
}

interface RoundRequest {
  readonly meeting: Meeting;
  /** Messages of the speaker that may be in flight. */
  readonly window: number;
  /** How long new messages are sent; then all deliveries are waited for. */
  readonly ms: number;
}

/** What one round came to. */
export interface GroupRound {
  readonly messages: number;
  readonly deliveries: number;
  /** From the first message sent to the last delivery. */
  readonly ms: number;
  /** Processor time of the generator. */
  readonly cpuMicros: number;
}

/** About one line of a chat, 80 characters. */
const text = 'The grey one is back in stock on Tuesday; shall I put one aside for you until? ok';

/** Logins that run beside each other. */
const atOnce = 25;

/** How long a round may take beyond its time, milliseconds. */
const drainMs = 120_000;

/** A speaker and those who hear him; each delivery is counted, his own copy too. */
class Crowd {
  readonly people: readonly Visitor[];
  sent = 0;
  received = 0;
  moved: () => void = () => undefined;
  readonly #say: (speaker: Visitor) => void;
  #heardBySpeaker = 0;

  constructor(people: readonly Visitor[], mark: string, say: (speaker: Visitor) => void) {
    this.people = people;
    this.#say = say;
    for (const [index, person] of people.entries()) person.listen((xml) => this.#take(xml, mark, index === 0));
  }

  get inFlight(): number {
    return this.sent - this.#heardBySpeaker;
  }

  say(): void {
    const [speaker] = this.people;
    if (speaker === undefined) return;
    this.sent += 1;
    this.#say(speaker);
  }

  /** Says one thing and waits until everybody has it. */
  settled(): Promise<void> {
    this.say();
    return this.#until(performance.now() + drainMs, () => undefined);
  }

  /** Keeps a window of messages in flight for `ms`, and waits until everybody has all of them. */
  talk(window: number, ms: number): Promise<void> {
    const end = performance.now() + ms;
    return this.#until(end + drainMs, () => {
      while (this.inFlight < window && performance.now() < end) this.say();
    });
  }

  #until(limit: number, refill: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const counts = (): string => `${this.received} of ${this.sent * this.people.length} deliveries`;
      const late = setTimeout(() => reject(new Error(`No end: ${counts()}`)), limit - performance.now());
      this.moved = () => {
        refill();
        if (this.received < this.sent * this.people.length) return;
        clearTimeout(late);
        this.moved = () => undefined;
        resolve();
      };
      refill();
    });
  }

  #take(xml: string, mark: string, isSpeaker: boolean): void {
    let count = 0;
    for (let at = xml.indexOf(mark); at !== -1; at = xml.indexOf(mark, at + mark.length)) count += 1;
    if (count === 0) return;
    if (isSpeaker) this.#heardBySpeaker += count;
    this.received += count;
    this.moved();
  }
}

const crowds = new Map<Meeting, Crowd>();

async function gather({ meeting, service, host, friend, occupants }: Gathering): Promise<void> {
  const people: Visitor[] = [];
  while (people.length < occupants) {
    const some = Array.from({ length: Math.min(atOnce, occupants - people.length) }, () => visitor(service, host));
    people.push(...(await Promise.all(some)));
  }
  const crowd = meeting === 'muc' ? await inRoom(people) : await inGroup(people, friend);
  await crowd.settled();
  crowds.set(meeting, crowd);
}

async function inRoom(people: readonly Visitor[]): Promise<Crowd> {
  const room = `bench@${mucHosts.rooms}`;
  for (const [index, person] of people.entries()) {
    // The subject comes last (XEP-0045 §7.2.15).
    await answered(person, /<subject/, () =>
      person.raw(
        `<presence xmlns="jabber:client" to="${room}/n${index}"><x xmlns="http://jabber.org/protocol/muc"><history maxstanzas="0"/></x></presence>`,
      ),
    );
  }
  let messages = 0;
  return new Crowd(people, '<body', (speaker) => {
    messages += 1;
    speaker.raw(
      `<message xmlns="jabber:client" to="${room}" type="groupchat" id="m${messages}"><body>${text}</body></message>`,
    );
  });
}

/** The first one makes a group and adds the others, a page at a time. */
async function inGroup(people: readonly Visitor[], friend: string): Promise<Crowd> {
  const users: string[] = [];
  for (const person of people) {
    const secret = randomBytes(32).toString('base64url');
    const opened = await ask(person, friend, 'connection.open', { versions: [1], secret });
    users.push(/&quot;(u_[0-9a-z]{20})/.exec(opened)?.[1] ?? '');
  }
  const [owner] = people;
  if (owner === undefined) throw new Error('Nobody is there.');
  const created = await ask(owner, friend, 'conversation.create', { name: 'Bench' });
  const conversation = /&quot;(c_group_[0-9a-z]{20})/.exec(created)?.[1] ?? '';
  for (let from = 1; from < users.length; from += 50) {
    await ask(owner, friend, 'member.add', { conversation, users: users.slice(from, from + 50) });
  }
  let last: string | undefined;
  const crowd: Crowd = new Crowd(people, 'message.sent&quot;', (speaker) => {
    const after = crowd.inFlight > 1 ? last : undefined;
    const { id, json } = actionOf('message.send', { conversation, text }, after);
    last = id;
    speaker.send(friend, json);
  });
  return crowd;
}

let actions = 0;
const run = randomBytes(4).toString('hex');

function actionOf(type: string, body: unknown, after?: string): { readonly id: string; readonly json: string } {
  actions += 1;
  const id = `${run}-0000-7000-8000-${actions.toString(16).padStart(12, '0')}`;
  const event = { id, type, at: Date.now(), ...(after === undefined ? {} : { after }), body };
  return { id, json: JSON.stringify({ v: 1, events: [event] }) };
}

/** @throws Error when the friend refuses. */
async function ask(person: Visitor, friend: string, type: string, body: unknown): Promise<string> {
  const { id, json } = actionOf(type, body);
  const answer = await answered(person, new RegExp(`re&quot;:&quot;${id}|type="error"`), () =>
    person.send(friend, json),
  );
  if (/&quot;type&quot;:&quot;error|type="error"/.test(answer)) throw new Error(answer);
  return answer;
}

function answered(person: Visitor, pattern: RegExp, send: () => void): Promise<string> {
  return new Promise((resolve) => {
    person.listen((xml) => pattern.test(xml) && resolve(xml));
    send();
  });
}

async function round({ meeting, window, ms }: RoundRequest): Promise<GroupRound> {
  const crowd = crowds.get(meeting);
  if (crowd === undefined) throw new Error(`Nobody meets in ${meeting}.`);
  const before = { sent: crowd.sent, received: crowd.received, cpu: cpuMicros(), at: performance.now() };
  await crowd.talk(window, ms);
  return {
    messages: crowd.sent - before.sent,
    deliveries: crowd.received - before.received,
    ms: performance.now() - before.at,
    cpuMicros: cpuMicros() - before.cpu,
  };
}

const calls = {
  gather,
  round,
  seen: ({ meeting }: { meeting: Meeting }) => {
    const { sent = 0, received = 0, people = [] } = crowds.get(meeting) ?? {};
    return { sent, received, occupants: people.length };
  },
};

/** What the crowds' process can be asked. */
export type CrowdCalls = typeof calls;

answerParent(calls, () => {
  for (const person of [...crowds.values()].flatMap(({ people }) => people)) person.close();
});
