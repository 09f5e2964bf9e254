/** The client packages of xmpp.js 0.14 ship no types; this is what the tests of the built-in server call. */
declare module '@xmpp/client-core' {
  type Element = import('./xml.ts').XmlElement;

  export class Client {
    constructor(options: { service: string; domain: string });
    readonly jid: { toString(): string } | null;
    readonly status: string;
    start(): Promise<unknown>;
    stop(): Promise<unknown>;
    send(stanza: Element): Promise<void>;
    on(event: 'stanza', listener: (stanza: Element) => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
  }
  export function xml(name: string, attrs?: Record<string, string>, ...children: (Element | string)[]): Element;
}
declare module '@xmpp/websocket' {
  export default function websocket(parts: object): unknown;
}
declare module '@xmpp/middleware' {
  export default function middleware(parts: object): object;
}
declare module '@xmpp/stream-features' {
  export default function streamFeatures(parts: object): object;
}
declare module '@xmpp/iq/caller.js' {
  type Element = import('./xml.ts').XmlElement;
  export default function iqCaller(parts: object): { request(stanza: Element): Promise<Element> };
}
declare module '@xmpp/sasl' {
  type Authenticate = (credentials: object, mechanism: string) => Promise<void>;
  export default function sasl(parts: object, onAuthenticate: (authenticate: Authenticate) => Promise<void>): void;
}
declare module '@xmpp/sasl-anonymous' {
  export default function saslAnonymous(factory: object): void;
}
declare module '@xmpp/resource-binding' {
  export default function resourceBinding(parts: object, resource?: string): void;
}
declare module 'saslmechanisms' {
  export default class SASLFactory {}
}
