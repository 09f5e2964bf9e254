/** @xmpp/client 0.14 ships no types; this is what the tests of the built-in server call. */
declare module '@xmpp/client' {
  type Element = import('./xml.ts').XmlElement;

  export interface Client {
    readonly jid: { toString(): string } | null;
    readonly status: string;
    readonly iqCaller: { request(stanza: Element): Promise<Element> };
    readonly reconnect: { stop(): void };
    start(): Promise<unknown>;
    stop(): Promise<unknown>;
    send(stanza: Element): Promise<void>;
    on(event: 'stanza', listener: (stanza: Element) => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
  }
  export function client(options: { service: string; domain: string }): Client;
  export function xml(name: string, attrs?: Record<string, string>, ...children: (Element | string)[]): Element;
}
