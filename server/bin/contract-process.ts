import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Action } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { namespaces, toJson } from '../../protocol/frame.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import { secretOf } from './contract-stage.ts';
import type { FriendSettings } from './environment.ts';
import { random } from './platform.ts';
import { anonymousClient, type RawStream } from './xmpp/raw-clients.ts';

const friend = 'friend.localhost';

/** Where the friend is started, and who hears all that it says, also before it is ready. */
interface StartedBy {
  readonly site?: string;
  readonly dev?: boolean;
  readonly said?: (text: string) => void;
}

/** The friend's process as it is shipped, with the built-in XMPP server, on a free port. */
export class FriendUnderTest {
  readonly child: ChildProcess;
  port = 0;
  /** All that it has said. */
  log = '';

  private constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.log += chunk.toString();
      });
    }
  }

  /** `around` is a command that runs the process, in a place of its own where a test needs one; `site` holds a site's logic. */
  static async start(
    data: string,
    env: Record<string, string> = {},
    around: readonly string[] = [],
    { site = data, dev = false, said }: StartedBy = {},
  ): Promise<FriendUnderTest> {
    const files = { folder: join(data, 'files') };
    const settings: FriendSettings = { port: 0, data, friend, origins: [], files, invite: false, dev };
    const words = [...around, process.execPath, join(import.meta.dirname, 'friend.ts')];
    const child = spawn(words[0] ?? '', words.slice(1), {
      cwd: site,
      env: { PATH: process.env.PATH ?? '', BEFRIEND_SETTINGS: JSON.stringify(settings), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (said !== undefined)
      for (const one of [child.stdout, child.stderr]) one?.on('data', (chunk) => said(`${chunk}`));
    const started = new FriendUnderTest(child);
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`The friend ended: ${started.log}`)));
    ended.catch(() => undefined);
    const [message] = await Promise.race([once(child, 'message'), ended]);
    started.port = (message as { ready: { port: number } }).ready.port;
    return started;
  }

  /** Resolves with the exit code and the signal. */
  async end(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      if (signal !== undefined) child.kill(signal);
      await exit;
    }
    return { code: child.exitCode, signal: child.signalCode };
  }

  client(name: string): Promise<Client> {
    return clientAt(this.port, name);
  }

  async health(): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${this.port}/healthz`)).json();
  }
}

/** A visitor whose connection is open, at a friend with the built-in server. The same name is the same device. */
export async function clientAt(port: number, name: string): Promise<Client> {
  const stream = await anonymousClient(`ws://127.0.0.1:${port}/xmpp-websocket`, 'visitors.localhost');
  const client = new Client(stream);
  await client.open(name);
  return client;
}

/** One raw XMPP stream that speaks to the friend in JSON. */
export class Client {
  readonly #stream: RawStream;

  constructor(stream: RawStream) {
    this.#stream = stream;
  }

  open(name: string): Promise<AnyFact> {
    return this.ask('connection.open', { versions: [1], secret: secretOf(name) });
  }

  action(type: string, body: unknown): Action {
    return { id: uuidv7(Date.now(), random.bytes(10)), type, at: 0, body };
  }

  message(text: string): Action {
    return this.action('message.send', { conversation: 'room:lobby', text });
  }

  send(action: Action): void {
    const json = toJson({ v: 1, events: [action] });
    const escaped = json.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    this.#stream.send(
      `<message xmlns="jabber:client" to="${friend}" type="chat"><payload xmlns="${namespaces.payload}" datatype="${namespaces.event}"><json xmlns="${namespaces.json}">${escaped}</json></payload></message>`,
    );
  }

  /** The answer to an action; frames that came before it are dropped. @throws Error when the stream ends */
  async answer({ id }: Action): Promise<AnyFact> {
    for (;;) {
      const xml = await this.#stream.until(new RegExp(id));
      const fact = eventsOf(xml).find(({ re }) => re === id);
      if (fact !== undefined) return fact;
    }
  }

  /** Every event of the next frame. @throws Error when the stream ends */
  async frame(): Promise<readonly AnyFact[]> {
    return eventsOf(await this.#stream.until(/<json/));
  }

  async take(action: Action): Promise<AnyFact> {
    this.send(action);
    return this.answer(action);
  }

  ask(type: string, body: unknown): Promise<AnyFact> {
    return this.take(this.action(type, body));
  }

  close(): void {
    this.#stream.close();
  }
}

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

function eventsOf(xml: string): readonly AnyFact[] {
  const [, text = '{"events":[]}'] = /<json[^>]*>(.*)<\/json>/s.exec(xml) ?? [];
  const json = text.replaceAll(/&(quot|apos|lt|gt|amp);/g, (_, name: string) => entities[name] ?? '');
  return (JSON.parse(json) as { events: readonly AnyFact[] }).events;
}
