import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ClientSocket } from './client-socket.ts';
import type { BuiltinServer } from './server.ts';

/** Proxies cut a socket that is idle for 60 s; browsers answer these by themselves. */
const PING_EVERY = 25_000;
/** Above the largest stanza, so that a client that is a little over it still gets a stream error. */
const MESSAGE_BYTES = 1024 * 1024;
/** What may wait in the socket of a client that does not read, in bytes. */
const UNREAD_BYTES = 8 * 1024 * 1024;

/** The WebSocket endpoint of a built-in server. */
export interface BuiltinEndpoint {
  /** Stops listening for upgrades and drops the sockets; the HTTP server and the built-in server stay. */
  close(): void;
}

/**
 * Serves a built-in server by WebSocket at `path` of `httpServer`, with the subprotocol `xmpp` (RFC 7395 §3.1).
 *
 * An upgrade without that subprotocol gets 400, one with a foreign Origin 403; without an Origin it is no browser and
 * is allowed, as ejabberd does. Upgrades of other paths are left to other listeners, and get 404 where there is none.
 */
export function serveBuiltin(httpServer: Server, builtin: BuiltinServer, path = '/xmpp-websocket'): BuiltinEndpoint {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES, handleProtocols: () => 'xmpp' });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { origin } = request.headers;
    if (request.url?.split('?', 1)[0] !== path) {
      if (httpServer.listenerCount('upgrade') === 1) refuse(socket, '404 Not Found');
      return;
    }
    if (!builtin.allowsOrigin(origin)) refuse(socket, '403 Forbidden');
    else if (!speaksXmpp(request)) refuse(socket, '400 Bad Request');
    else sockets.handleUpgrade(request, socket, head, (client) => connect(builtin, client, origin));
  };
  const pings = setInterval(() => {
    for (const client of sockets.clients) client.ping();
  }, PING_EVERY);
  pings.unref();
  httpServer.on('upgrade', upgrade);

  return {
    close() {
      clearInterval(pings);
      httpServer.off('upgrade', upgrade);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function connect(builtin: BuiltinServer, client: WebSocket, origin: string | undefined): void {
  const socket: ClientSocket = {
    send(text) {
      if (client.bufferedAmount > UNREAD_BYTES) client.terminate();
      else if (client.readyState === client.OPEN) client.send(text);
    },
    close: (code, reason) => client.close(code, reason),
  };
  const stream = builtin.accept(socket, origin);
  client.on('message', (data, isBinary) => {
    if (isBinary) client.close(1003, 'Text messages only.');
    else stream.receive(data.toString());
  });
  client.on('pong', () => stream.heard());
  client.on('close', () => stream.closed());
  // ws closes the socket after an error, and 'close' tells the stream.
  client.on('error', () => {});
}

function speaksXmpp(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((protocol) => protocol.trim() === 'xmpp');
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
