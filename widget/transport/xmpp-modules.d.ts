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
    readonly status: string;
    connect(service: string): Promise<unknown>;
    open(options: { domain: string; lang?: string }): Promise<unknown>;
    /** Closes the stream, then the socket; waits up to `timeout` for each. */
    disconnect(): Promise<unknown>;
    send(element: Element): Promise<void>;
    on(event: 'stanza', listener: (stanza: Element) => void): this;
    on(event: 'online' | 'disconnect', listener: () => void): this;
    on(event: 'error', listener: (error: { name?: string; condition?: string }) => void): this;
  }
}
declare module '@xmpp/websocket' {
  import type { Client } from '@xmpp/client-core';
  export default function websocket(parts: { entity: Client }): void;
}
declare module '@xmpp/middleware' {
  import type { Client } from '@xmpp/client-core';
  export interface Middleware {
    readonly middleware: unique symbol;
  }
  export default function middleware(parts: { entity: Client }): Middleware;
}
declare module '@xmpp/stream-features' {
  import type { Middleware } from '@xmpp/middleware';
  export interface StreamFeatures {
    readonly features: unique symbol;
  }
  export default function streamFeatures(parts: { middleware: Middleware }): StreamFeatures;
}
declare module '@xmpp/iq/caller.js' {
  import type { Client } from '@xmpp/client-core';
  import type { Middleware } from '@xmpp/middleware';
  export interface IqCaller {
    readonly caller: unique symbol;
  }
  export default function iqCaller(parts: { entity: Client; middleware: Middleware }): IqCaller;
}
declare module '@xmpp/sasl' {
  import type { StreamFeatures } from '@xmpp/stream-features';
  import type SaslFactory from 'saslmechanisms';
  export default function sasl(
    parts: { streamFeatures: StreamFeatures; saslFactory: SaslFactory },
    onAuthenticate: (
      authenticate: (credentials: Readonly<Record<string, string>>, mechanism: string) => Promise<void>,
      mechanisms: readonly string[],
    ) => Promise<void>,
  ): void;
}
declare module '@xmpp/sasl-anonymous' {
  import type SaslFactory from 'saslmechanisms';
  export default function saslAnonymous(factory: SaslFactory): void;
}
declare module '@xmpp/resource-binding' {
  import type { IqCaller } from '@xmpp/iq/caller.js';
  import type { StreamFeatures } from '@xmpp/stream-features';
  export default function resourceBinding(parts: { iqCaller: IqCaller; streamFeatures: StreamFeatures }): void;
}
declare module 'saslmechanisms' {
  export default class SaslFactory {}
}
