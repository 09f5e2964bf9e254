/** xmpp.js 0.14 ships no types; these are the calls that account.ts makes, read in its sources. */
declare module '@xmpp/websocket/lib/Socket.js' {
  export default class Socket {
    /** Absent before it dials and once it is closed. */
    readonly socket: WebSocket | null;
    connect(url: string): void;
    /** @throws TypeError where there is no socket */
    end(): void;
    /** Never throws; the callback says in a microtask whether the socket took it. */
    write(frame: string, done: (error?: unknown) => void): void;
    on(event: 'connect' | 'close' | 'error', listener: () => void): this;
    on(event: 'data', listener: (frame: string) => void): this;
  }
}
