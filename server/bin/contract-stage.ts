import { createHash } from 'node:crypto';
import type { Action, Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact, Fact } from '../../protocol/facts.ts';
import { readFrame, toJson } from '../../protocol/frame.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import { memoryBlobs } from '../blobs/memory.ts';
import { put } from '../core/effect.ts';
import type { FileBounds, FileDoor } from '../core/file-door.ts';
import type { Friend } from '../core/friend.ts';
import type { Blobs, MalformedReason, Random } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { type FileDoorOptions, fileDoor } from '../plugins/file-door.ts';
import { memoryStore } from '../stores/memory.ts';
import { type RecordedLog, recordedLog } from '../transports/event-recorder.ts';
import { type HandClock, handClock } from '../transports/hand-clock.ts';
import { type Composition, composeFriend } from './compose.ts';
import { StageTransport } from './contract-stage-transport.ts';
import { hmac } from './platform.ts';

/** A row that nobody reads: when it is stored, so is what came before it. */
const syncRow = { plugin: 'stage', scope: '', key: '', value: '' };

type Own = 'transport' | 'store' | 'clock' | 'random' | 'log' | 'sha256' | 'fatal' | 'files' | 'gateway';

/** What a test says to prepare its friend. */
export interface StageOptions extends Partial<Omit<Composition, Own>> {
  readonly store?: Store;
  readonly blobs?: Blobs;
  /** Other bounds of files than the usual ones. */
  readonly fileBounds?: Partial<FileBounds>;
  /** The friend's own web address; undefined where it has none. */
  readonly fileAddress?: string | undefined;
  /** Adds rules, reactions and middleware before the start. */
  readonly prepare?: (friend: Friend) => void;
}

/** The whole friend with a store in memory and a clock moved by hand, and people who speak to it in JSON. */
export class Stage {
  readonly store: Store;
  readonly clock: HandClock = handClock();
  readonly log: RecordedLog = recordedLog();
  readonly transport: StageTransport;
  readonly friend: Friend;
  readonly blobs: Blobs;
  readonly door: FileDoor;
  /** What `fatal` was told. */
  readonly fatal: unknown[] = [];
  readonly random: Random = countedRandom();
  readonly #devices = new Map<string, Device>();

  private constructor({
    store = memoryStore(),
    blobs = memoryBlobs(),
    fileBounds: bounds = {},
    prepare,
    ...given
  }: StageOptions) {
    const { fileAddress: address, ...options } = { fileAddress: 'https://friend.example.com/chat/', ...given };
    this.store = store;
    this.blobs = blobs;
    this.transport = new StageTransport((to, json) => this.#devices.get(to)?.take(json));
    const { clock, log, random, transport } = this;
    const fatal = (error: unknown): void => void this.fatal.push(error);
    const files = { blobs, hmac, bounds, ...(address === undefined ? {} : { address }) };
    this.friend = composeFriend({ transport, store, clock, random, log, sha256, fatal, files, ...options });
    const count: FileDoorOptions['count'] = (counter, by) => this.friend.meter.count(counter, by);
    this.door = fileDoor({ store, blobs, hmac, bounds, clock, count });
    this.friend.on('stage.sync', () => [put({ table: 'state', row: syncRow })]);
    prepare?.(this.friend);
  }

  static async open(options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(options);
    await stage.friend.start();
    return stage;
  }

  /** A browser that has not said who it is yet. */
  device(name: string, secret: string = secretOf(name), jid = `${name}@visitors.example.com/tab`): Device {
    const device = new Device(this, jid, secret);
    this.#devices.set(device.jid, device);
    return device;
  }

  /** A browser whose connection is open. */
  async person(name: string, secret?: string): Promise<Device> {
    const device = this.device(name, secret);
    await device.open(name);
    return device;
  }

  /** A browser whose person has a name of his own choice. */
  async named(device: string, name: string): Promise<Device> {
    const person = this.device(device);
    await person.open(name);
    return person;
  }

  /** A browser that an invite has made a colleague's. */
  async colleague(name: string): Promise<Device> {
    const device = await this.person(name);
    await device.ask('invite.accept', { token: await this.invite(name) });
    return device;
  }

  async invite(name: string): Promise<string> {
    const token = secretOf(`invite ${name}`);
    const row = { kind: 'invite', subject: await sha256(token), user: '', device: '' };
    await this.store.commit(
      [{ id: 'invite', digest: '', reads: [], appends: [], puts: [{ table: 'login', row, expect: 'absent' }] }],
      [],
    );
    return token;
  }
}

/** One connection: what it sends, and everything that it was told. */
export class Device {
  readonly jid: string;
  readonly secret: string;
  /** Every event, in order. */
  readonly told: AnyFact[] = [];
  /** The action of each answer that came by itself, not as history in a page. */
  readonly answered: string[] = [];
  user = '';
  readonly #stage: Stage;
  #waiting: { fits: (fact: AnyFact) => boolean; resolve: (fact: AnyFact) => void }[] = [];

  constructor(stage: Stage, jid: string, secret: string) {
    this.#stage = stage;
    this.jid = jid;
    this.secret = secret;
  }

  action(type: string, body: unknown, after?: string): Action {
    const at = this.#stage.clock.now();
    const id = uuidv7(at, this.#stage.random.bytes(10));
    return after === undefined ? { id, type, at, body } : { id, type, at, after, body };
  }

  message(conversation: string, text: string, after?: string): Action {
    return this.action('message.send', { conversation, text }, after);
  }

  /** Sends actions in one frame. */
  send(...actions: readonly unknown[]): void {
    this.raw(toJson({ v: 1, events: actions }));
  }

  raw(json: string, stanzaId?: string): void {
    this.#stage.transport.events?.frame(this.jid, json, stanzaId);
  }

  malformed(reason: MalformedReason, stanzaId?: string): void {
    this.#stage.transport.events?.malformed(this.jid, reason, stanzaId);
  }

  /** Sends actions in one frame; resolves with the answer of each. */
  async answers(...actions: readonly Action[]): Promise<AnyFact[]> {
    const answers = actions.map(({ id }) => this.next((fact) => fact.re === id));
    this.send(...actions);
    return await Promise.all(answers);
  }

  async ask<T extends ActionType>(type: T, body: Actions[T]): Promise<AnyFact> {
    const [answer] = await this.answers(this.action(type, body));
    if (answer === undefined) throw new Error('No answer.');
    return answer;
  }

  async open(name?: string): Promise<AnyFact> {
    const answer = await this.ask('connection.open', { versions: [1], secret: this.secret, ...(name ? { name } : {}) });
    if (answer.type === 'connection.opened') this.user = answer.body.user.id;
    return answer;
  }

  says(conversation: string, text: string): Promise<AnyFact> {
    return this.answers(this.message(conversation, text)).then(([answer]) => answer as AnyFact);
  }

  /** The connection ends, as the XMPP server tells it. */
  leave(): void {
    this.#stage.transport.events?.gone(this.jid);
  }

  bounces(type: string, condition = 'service-unavailable'): void {
    this.#stage.transport.events?.bounced(this.jid, type, condition);
  }

  /** The next event that fits, from now on. */
  next(fits: (fact: AnyFact) => boolean): Promise<AnyFact> {
    return new Promise((resolve) => this.#waiting.push({ fits, resolve }));
  }

  /** The first event that fits, also one that was told already. */
  heard(fits: (fact: AnyFact) => boolean): Promise<AnyFact> {
    const known = this.told.find(fits);
    return known === undefined ? this.next(fits) : Promise.resolve(known);
  }

  /** Resolves when what was sent before is decided and committed, and what came of it is told. */
  async quiet(): Promise<void> {
    await this.ask('log.resume', { logs: {} });
    for (let commits = 0; commits < 3; commits += 1) {
      await this.#stage.friend.inject(this.user, this.action('stage.sync', { commits }));
    }
  }

  facts(log: string): AnyFact[] {
    return this.told.filter((fact) => fact.log === log);
  }

  answersTo(id: string): AnyFact[] {
    return this.told.filter((fact) => fact.re === id);
  }

  take(json: string): void {
    const read = readFrame(json);
    if (!read.ok) throw new Error(`The friend told a frame that cannot be read: ${read.code}`);
    let paged = 0;
    for (const event of read.frame.events as readonly AnyFact[]) {
      if (event.type === 'conversation.opened') paged = event.body.page.to;
      if (event.re !== undefined && (event.seq === undefined || event.seq > paged)) this.answered.push(event.re);
      this.#one(event);
    }
  }

  #one(fact: AnyFact): void {
    this.told.push(fact);
    const [first] = this.#waiting.filter(({ fits }) => fits(fact));
    this.#waiting = this.#waiting.filter((waiting) => waiting !== first);
    first?.resolve(fact);
  }
}

/** The room `lobby` with `count` messages of one who is a member since seq 2; the first message stands at 3. */
export async function filledRoom(
  count: number,
  text: (index: number) => string = (index) => `text ${index}`,
): Promise<{ stage: Stage; ann: Device }> {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  for (let index = 0; index < count; index += 1) await ann.says('room:lobby', text(index));
  return { stage, ann };
}

/** Texts of the messages among `facts`, in order. */
export function textsOf(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => (fact.type === 'message.sent' ? (fact.body as { text: string }).text : []));
}

/** The code of an error; the type of any other fact. */
export function codeOf(fact: AnyFact | undefined): string | undefined {
  return fact?.type === 'error' ? fact.body.code : fact?.type;
}

/** 43 characters of base64url, always the same for a name. */
export function secretOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url');
}

function sha256(text: string): Promise<string> {
  return Promise.resolve(createHash('sha256').update(text).digest('hex'));
}

/** Stages of this process: two that share a store give different ids. */
let stages = 0;

/** Chance that is the same in every run and never repeats. */
function countedRandom(): Random {
  const stage = stages++;
  let count = 0;
  return {
    bytes: (length) => {
      const seed = createHash('sha256').update(`${stage} ${count++}`).digest();
      return Uint8Array.from({ length }, (_, index) => seed[index % seed.length] ?? 0);
    },
  };
}
