import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEjabberd } from '../../server/bin/xmpp/ejabberd.ts';
import { freePorts } from '../../server/bin/xmpp/tcp-ports.ts';
import type { XmppServer } from '../../server/bin/xmpp/xmpp-server.ts';
import type { Log } from '../../server/core/ports.ts';
import { check } from './checker.ts';
import { HeadlessClient } from './client.ts';
import { FaultyFriend } from './friend.ts';
import type { History } from './history.ts';
import { plantedFound } from './planted.ts';
import { TcpProxy } from './proxy.ts';
import type { FaultResult } from './report.ts';
import { storedIn } from './store-rows.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const address = 'friend.localhost';
const domain = 'visitors.localhost';

/** What a crowd has to have in common: who talks in which room. */
export interface Crowd {
  readonly clients: number;
  /** Clients in one room. */
  readonly perRoom: number;
}

export interface StageOptions {
  /** Where the friend keeps its data file; a folder of the stage's own where absent. */
  readonly data?: string;
  /** What the friend's process finds in its environment at its first start. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What is done with the friend before its first start. */
  readonly before?: (friend: FaultyFriend) => Promise<void>;
}

/** What the clients and the data file say about a run. */
export type Judged = Pick<FaultResult, 'operations' | 'answered' | 'verdict' | 'planted' | 'missed' | 'broken'>;

const stages = new Set<Stage>();

/** Ends whatever still stands: for a run that is broken off. */
export async function endStages(): Promise<void> {
  await Promise.all([...stages].map((stage) => stage.end()));
}

/** A real ejabberd, a friend as a process, a proxy before each of its two doors, and widgets without a screen. */
export class Stage {
  readonly xmpp: XmppServer;
  readonly friend: FaultyFriend;
  /** Between the clients and the XMPP server's WebSocket. */
  readonly door: TcpProxy;
  /** Between the friend and the XMPP server's component port. */
  readonly backDoor: TcpProxy;
  /** Where the friend's web side is. */
  readonly origin: string;
  readonly folder: string;
  readonly clients: HeadlessClient[] = [];
  readonly #dataFile: string;
  readonly #doors: TcpProxy[] = [];
  #ended = false;

  private constructor(parts: Pick<Stage, 'xmpp' | 'friend' | 'door' | 'backDoor' | 'origin' | 'folder'>, data: string) {
    this.xmpp = parts.xmpp;
    this.friend = parts.friend;
    this.door = parts.door;
    this.backDoor = parts.backDoor;
    this.origin = parts.origin;
    this.folder = parts.folder;
    this.#dataFile = join(data, 'befriend.db');
    stages.add(this);
  }

  static async start({ data, environment = {}, before }: StageOptions = {}): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'befriend-faults-'));
    chmodSync(folder, 0o755);
    const [port = 0] = await freePorts([0]);
    const xmpp = await startEjabberd({
      ...{ dataDir: folder, friend: address, visitorsHost: domain, origins: [], wsPort: 0, componentPort: 0 },
      ...{ bytesPerSecond: 0, log: silent },
    });
    const door = await TcpProxy.start(placeOf(xmpp));
    const backDoor = await TcpProxy.start(xmpp.component);
    const friend = new FaultyFriend({
      ...{ port, data: data ?? folder, friend: address, origins: [], invite: false },
      xmpp: {
        component: `xmpp://127.0.0.1:${backDoor.port}`,
        secret: xmpp.component.secret,
        service: serviceAt(door),
      },
    });
    const parts = { xmpp, friend, door, backDoor, folder, origin: `http://127.0.0.1:${port}` };
    const stage = new Stage(parts, data ?? folder);
    try {
      await before?.(friend);
      await friend.mustStart(environment);
    } catch (error) {
      await stage.end();
      throw error;
    }
    return stage;
  }

  /** The tag's address of the XMPP server. */
  get service(): string {
    return serviceAt(this.door);
  }

  /** A client that has not come yet. */
  client(name: string, room: string, options: { door?: TcpProxy; clockOff?: number } = {}): HeadlessClient {
    const { door = this.door, clockOff = 0 } = options;
    const client = new HeadlessClient({ name, room, clockOff, service: serviceAt(door), domain, friend: address });
    this.clients.push(client);
    return client;
  }

  /** A door of one client's own. */
  async ownDoor(): Promise<TcpProxy> {
    const door = await TcpProxy.start(placeOf(this.xmpp));
    this.#doors.push(door);
    return door;
  }

  /** Brings a crowd in, each with a first message stored. */
  async gather({ clients, perRoom }: Crowd, clockOff: (index: number) => number = () => 0): Promise<HeadlessClient[]> {
    const crowd = Array.from({ length: clients }, (_, index) =>
      this.client(`v${index}`, `r${Math.floor(index / perRoom)}`, { clockOff: clockOff(index) }),
    );
    await this.welcome(crowd);
    return crowd;
  }

  /** Lets clients come, and resolves when each has its first ✓. @throws Error after 20 s */
  async welcome(crowd: readonly HeadlessClient[]): Promise<void> {
    for (const client of crowd) {
      client.arrives();
      client.says();
    }
    const settled = await Promise.all(crowd.map((client) => client.settles(20_000)));
    const late = crowd.filter((_, index) => !settled[index]);
    if (late.length > 0)
      throw new Error(`Not welcomed: ${late.map((client) => client.situation).slice(0, 3)} ${this.friend.log}`);
  }

  /** Waits until all is settled, ends the friend, and compares what everybody saw with the data file: the clients, and others. */
  async judge({
    sent: others = [],
    seen: elsewhere = [],
  }: Partial<Pick<History, 'sent' | 'seen'>> = {}): Promise<Judged> {
    const { clients } = this;
    const settled = await Promise.all(clients.map((client) => client.settles(45_000)));
    const unsettled = clients.filter((_, index) => !settled[index]);
    const rooms = Map.groupBy(storedIn(this.#dataFile).stored, ({ log }) => log);
    const reading = clients.map((client) => client.reads(rooms.get(client.sent[0]?.log ?? '')?.length ?? 0, 15_000));
    const seen = [...(await Promise.all(reading)), ...elsewhere];
    await this.friend.stop();
    const sent = [...clients.flatMap((client) => client.sent), ...others];
    const history: History = { sent, seen, ...storedIn(this.#dataFile) };
    // No fault makes a message wrong: whoever is told so for good has lost it.
    const refused = Map.groupBy(sent, (one) => one.refused);
    const refusals = [...refused].flatMap(([code, some]) =>
      code === undefined ? [] : [`${some.length} refused: ${code}`],
    );
    return {
      ...{ operations: sent.length, answered: sent.filter(({ answeredAt }) => answeredAt !== undefined).length },
      ...{ verdict: check(history), ...plantedFound(history) },
      broken: [...refusals, ...unsettled.slice(0, 4).map((client) => `not settled: ${client.situation}`)],
    };
  }

  /** Ends everything and removes what it kept. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    stages.delete(this);
    await Promise.all(this.clients.map((client) => client.vanishes()));
    await this.friend.stop();
    await this.xmpp.stop();
    await Promise.all([this.door, this.backDoor, ...this.#doors].map((door) => door.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs `use` on a stage of its own and leaves nothing behind. */
export async function onStage<T>(use: (stage: Stage) => Promise<T>, options: StageOptions = {}): Promise<T> {
  const stage = await Stage.start(options);
  try {
    return await use(stage);
  } finally {
    await stage.end();
  }
}

function placeOf({ service }: XmppServer): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(service);
  return { host: hostname, port: Number(port) };
}

function serviceAt(door: TcpProxy): string {
  return `ws://127.0.0.1:${door.port}/xmpp-websocket`;
}
