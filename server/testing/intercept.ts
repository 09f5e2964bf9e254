import { WebSocketInterceptor } from '@mswjs/interceptors/WebSocket';
import { defineNetwork, InterceptorSource } from 'msw/experimental';
import { type WebSocketHandler, ws } from 'msw/ws';
import type { BuiltinServer } from '../builtin/server.ts';

/** An intercepted address; other WebSockets of the page go their way. */
export interface Interception {
  /** Closes the intercepted sockets and gives the page its own `WebSocket` back. */
  dispose(): void;
}

/** What leads sockets to `builtin`, for a network of MSW that stands already. */
export interface Handling {
  readonly handlers: readonly WebSocketHandler[];
  /** Closes the sockets that are open. */
  close(): void;
}

/**
 * Handlers that put `builtin` behind `url`. A socket without the subprotocol `xmpp` is closed (1002), as RFC 7395 §3.1 wants
 * it.
 */
export function handling(url: string, builtin: BuiltinServer): Handling {
  // msw keeps its own list of clients in IndexedDB, across tabs and reloads, so it is not used.
  const clients = new Set<{ close(code?: number, reason?: string): void }>();
  const connection = ws.link(url).addEventListener('connection', ({ client, info }) => {
    if (![info.protocols].flat().includes('xmpp')) return client.close(1002, 'The subprotocol is xmpp.');
    clients.add(client);
    const stream = builtin.accept({
      inProcess: true,
      send: (text) => client.send(text),
      close: (code, reason) => client.close(code, reason),
    });
    client.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') stream.receive(data);
      else client.close(1003, 'Text messages only.');
    });
    client.addEventListener('close', () => {
      clients.delete(client);
      stream.closed();
    });
  });
  return {
    handlers: [connection],
    close() {
      for (const client of [...clients]) client.close(1001, 'disposed');
    },
  };
}

/**
 * Puts `builtin` behind `url` within this page, without a service worker: from now on a `new WebSocket(url, 'xmpp')`
 * reaches it.
 */
export function interceptBuiltin(url: string, builtin: BuiltinServer): Interception {
  const { close, handlers } = handling(url, builtin);
  const network = defineNetwork({
    sources: [new InterceptorSource({ interceptors: [new WebSocketInterceptor()] })],
    handlers: [...handlers],
    onUnhandledFrame: 'bypass',
    context: { quiet: true },
  });
  void network.enable();

  return {
    dispose() {
      close();
      void network.disable();
    },
  };
}
