/** `@xmpp/component` 0.13 has no types anywhere: this is what is used of it, read in its source. */
declare module '@xmpp/component' {
  type XmlElement = import('./xml-element.ts').XmlElement;

  export interface Component {
    /** The socket of the current connection; null before `connect` and after its end. */
    readonly socket: import('node:net').Socket | null;
    /** Milliseconds that each of the library's own steps may take. */
    timeout: number;
    readonly reconnect: { stop(): void };

    on(event: 'online' | 'disconnect' | 'close' | 'connect', listener: () => void): this;
    on(event: 'error', listener: (error: unknown) => void): this;
    on(event: 'stanza', listener: (stanza: XmlElement) => void): this;
    emit(event: 'error', error: Error): boolean;
    removeAllListeners(event?: string): this;

    connect(service: string): Promise<unknown>;
    open(options: { domain: string }): Promise<unknown>;
    write(xml: string): Promise<void>;
    /** Closes the stream, then the socket. */
    stop(): Promise<unknown>;

    /**
     * Feeds what the socket read to the parser. Internal, and declared because it throws out of the socket's event, thus
     * ends the process, for an illegal character reference and for anything that follows a parser error.
     */
    _onData(data: string): void;
  }

  export function component(options: { service: string; domain: string; password: string }): Component;
}

/** `@xmpp/xml` 0.14 has no types either; the server of the tests uses its stream parser. */
declare module '@xmpp/xml' {
  type XmlElement = import('./xml-element.ts').XmlElement;

  export class Parser {
    on(event: 'start' | 'element' | 'end', listener: (element: XmlElement) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    write(text: string): void;
  }
}
