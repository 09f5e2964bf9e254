/** xmpp.js 0.14 ships no types; these are the calls that xmpp.ts makes, read in its sources. */
declare module '@xmpp/client-core' {
  export interface Element {
    readonly name: string;
    readonly attrs: Readonly<Record<string, string | undefined>>;
    is(name: string, xmlns?: string): boolean;
    getChild(name: string, xmlns?: string): Element | undefined;
    getChildText(name: string, xmlns?: string): string | null;
  }
  export function xml(
    name: string,
    attrs?: Readonly<Record<string, string>>,
    ...children: readonly (Element | string)[]
  ): Element;
  export class Client {
    constructor(options: { service: string; domain: string; timeout?: number });
    connect(service: string): Promise<unknown>;
    open(options: { domain: string }): Promise<unknown>;
    /** Opens a new stream in the same socket (RFC 6120 §4.3.3). */
    restart(): Promise<unknown>;
    /** Closes the stream, then the socket; waits up to `timeout` for each. */
    disconnect(): Promise<unknown>;
    send(element: Element): Promise<void>;
    on(event: 'element', listener: (element: Element) => void): this;
    on(event: 'disconnect', listener: () => void): this;
    on(event: 'error', listener: (error: { condition?: string }) => void): this;
  }
}
declare module '@xmpp/websocket' {
  import type { Client } from '@xmpp/client-core';
  export default function websocket(parts: { entity: Client }): void;
}
