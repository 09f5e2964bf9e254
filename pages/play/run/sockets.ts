import { WebSocketInterceptor } from '@mswjs/interceptors/WebSocket';
import type { TestChat } from '../../../server/testing/test-chat.ts';

type Builtin = TestChat['stage']['builtin'];

/** Where the people's addresses end; names below `.test` are nobody's (RFC 6761 §6.2). */
const domain = '.play.test';

/** The WebSockets of this page's widgets: each person has an address of his own, and can be without a network. */
export class Sockets {
  readonly #open = new Map<string, Set<{ close(code: number, reason: string): void }>>();
  readonly #without = new Set<string>();
  // Without the rest of MSW, which looks for storage where a frame with an origin of its own has none.
  readonly #interceptor = new WebSocketInterceptor();
  #builtin: Builtin | undefined;

  /** From now on a `new WebSocket` for these addresses leads into this page; every other goes its way. */
  enable(): void {
    this.#interceptor.on('connection', ({ client, server }) => {
      const { hostname } = client.url;
      if (!hostname.endsWith(domain)) return server.connect();
      const person = hostname.slice(0, -domain.length);
      const builtin = this.#builtin;
      if (builtin === undefined || this.#without.has(person)) return client.close(1001, 'offline');
      const clients = this.#open.get(person) ?? new Set();
      this.#open.set(person, clients.add(client));
      const stream = builtin.accept({
        inProcess: true,
        send: (text) => client.send(text),
        close: (code, reason) => client.close(code, reason),
      });
      client.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') stream.receive(data);
      });
      client.addEventListener('close', () => {
        clients.delete(client);
        if (clients.size === 0) this.#open.delete(person);
        stream.closed();
      });
    });
    this.#interceptor.apply();
  }

  /** `new WebSocket` is the browser's own again. */
  disable(): void {
    this.#interceptor.dispose();
  }

  /** What a widget's `data-service` says for this person. */
  serviceOf(person: string): string {
    return `wss://${person}${domain}/xmpp`;
  }

  /** Leads what connects from now on to this XMPP server. */
  leadTo(builtin: Builtin): void {
    this.#builtin = builtin;
  }

  /** Cuts somebody's network, or gives it back: his widget is told as by a browser. */
  cut(person: string, isOffline: boolean): void {
    if (isOffline) this.#without.add(person);
    else this.#without.delete(person);
    if (isOffline) for (const client of [...(this.#open.get(person) ?? [])]) client.close(1001, 'offline');
    else dispatchEvent(new Event('online'));
  }

  /** Forgets somebody who has gone. */
  forget(person: string): void {
    this.cut(person, true);
    this.#without.delete(person);
  }
}
