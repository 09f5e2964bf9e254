import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeFriend } from '../../server/bin/compose.ts';
import { clock, random, sha256 } from '../../server/bin/platform.ts';
import { serveBuiltin } from '../../server/builtin/node.ts';
import { builtinServer } from '../../server/builtin/server.ts';
import { memoryStore } from '../../server/stores/memory.ts';
import { memoryTransport } from '../../server/transports/memory.ts';
import { problemsOnly } from '../problems-only.ts';
import type { BuiltFile } from './built-files.ts';

/** A page with the widget on it, and everything that it talks to, in this process. */
export interface WidgetHost {
  /** The page's address. */
  readonly page: string;
  close(): Promise<void>;
}

const friendAddress = 'friend.localhost';

/** Serves `files` with gzip at `/befriend/`, a page with the tag at `/`, and a friend behind the built-in server. */
export async function hostWidget(files: readonly BuiltFile[]): Promise<WidgetHost> {
  const http = createServer();
  const builtin = builtinServer({ host: 'visitors.localhost', clock, random, log: problemsOnly });
  const endpoint = serveBuiltin(http, builtin);
  const friend = composeFriend({
    transport: memoryTransport({ address: friendAddress, link: builtin.component(friendAddress), log: problemsOnly }),
    store: memoryStore(),
    ...{ clock, random, sha256, log: problemsOnly },
    fatal: (error) => console.error('error:', error),
  });
  await friend.start();
  http.on('request', (request, response) => serve(files, request, response));
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    page: `http://127.0.0.1:${port}/`,
    async close() {
      await friend.stop();
      endpoint.close();
      builtin.close();
      http.closeAllConnections();
      http.close();
    },
  };
}

function serve(files: readonly BuiltFile[], request: IncomingMessage, response: ServerResponse): void {
  const { host = '', 'accept-encoding': accepted = '' } = request.headers;
  if (request.url === '/') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(pageWithTag(host));
    return;
  }
  const file = files.find(({ name }) => request.url === `/befriend/${name}`);
  if (file === undefined || !accepted.includes('gzip')) {
    response.writeHead(404).end();
    return;
  }
  const headers = { 'Content-Type': 'text/javascript; charset=utf-8', 'Content-Encoding': 'gzip' };
  const open = { 'Content-Length': file.gzip.length, 'Access-Control-Allow-Origin': '*' };
  response.writeHead(200, { ...headers, ...open }).end(file.gzip);
}

function pageWithTag(host: string): string {
  const data = `data-service="ws://${host}/xmpp-websocket" data-friend="${friendAddress}" data-conversation="room:lobby"`;
  return `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,"><body><p>Some text.</p>
<script async src="http://${host}/befriend/befriend.js" ${data}></script></body></html>`;
}
