/** xmpp.js 0.14 ships no types; these are the calls that xmpp.ts makes, read in its sources. */
declare module '@xmpp/xml' {
  export interface Element {
    readonly name: string;
    readonly attrs: Record<string, string | undefined>;
    is(name: string, xmlns?: string): boolean;
    getChild(name: string, xmlns?: string): Element | undefined;
    getChildText(name: string, xmlns?: string): string | null;
    getChildElements(): readonly Element[];
    toString(): string;
  }
  export default function xml(
    name: string,
    attrs?: Readonly<Record<string, string>>,
    ...children: readonly (Element | string)[]
  ): Element;
}
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
declare module '@xmpp/websocket/lib/FramedParser.js' {
  import type { Element } from '@xmpp/xml';
  export default class FramedParser {
    write(frame: string): void;
    /** `end`: the stream is closed by the other side (RFC 7395 §3.6). */
    on(event: 'end' | 'error', listener: () => void): this;
    on(event: 'element', listener: (element: Element) => void): this;
  }
}
