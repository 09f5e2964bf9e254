import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { type Device, Stage, type StageOptions } from '../bin/contract-stage.ts';
import { fileRoutes } from './file-routes.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A friend whose files are served, and Ann. */
export interface Scene {
  readonly stage: Stage;
  readonly ann: Device;
  /** The friend's own address. */
  readonly origin: string;
}

/** Serves files of a new friend until the test is over. */
export async function scene(options: StageOptions = {}): Promise<Scene> {
  const stage = await Stage.open(options);
  const app = new Hono();
  fileRoutes(app, stage.door);
  const server = createServer(getRequestListener(app.fetch));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { stage, ann: await stage.person('ann'), origin };
}

/** The id of a file. */
export const file = `f_${'a'.repeat(20)}`;
/** What stands in it. */
export const words = 'What somebody has written down, and sends along';

/** Offers the file; resolves with where its bytes go. */
export async function offered(ann: Device, size: number, change: object = {}): Promise<string> {
  const offer = { file, conversation: 'room:lobby', name: 'notes.txt', type: 'text/plain', size, ...change };
  const answer = await ann.ask('file.offer', offer);
  if (answer.type !== 'file.granted') throw new Error(`It was not granted: ${JSON.stringify(answer.body)}`);
  return answer.body.upload;
}

/** Puts a whole file, and sends it. */
export async function sent(
  { ann, origin }: Scene,
  bytes: string | Uint8Array<ArrayBuffer>,
  change: object = {},
): Promise<AnyFact> {
  const body = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const upload = await offered(ann, body.length, change);
  const { status } = await fetch(origin + upload, { method: 'PUT', body });
  if (status !== 204) throw new Error(`It was not taken: ${status}`);
  return ann.ask('message.send', { conversation: 'room:lobby', text: '', files: [file] });
}

/** The addresses of the file that somebody gets. */
export async function linked(device: Device): Promise<readonly string[]> {
  const answer = await device.ask('file.show', { files: [file] });
  return answer.type === 'file.linked' ? answer.body.links.map(({ url }) => url) : [];
}
