/** `@xmpp/client` 0.14 ships no types: this is what is used of it, read in its source. */
declare module '@xmpp/client' {
  type Entity = import('./stream.ts').Entity;
  type XmlElement = import('./xml-element.ts').XmlElement;

  export interface AccountClient extends Entity {
    /** What the server bound. */
    readonly jid: { toString(): string } | null;
    prependListener(event: 'element', listener: (element: Editable) => void): this;
  }

  /** An element that arrived and may still be changed. */
  interface Editable extends XmlElement {
    /** Takes out the children of this name. */
    remove(name: string, xmlns: string): void;
  }

  export function client(options: {
    service: string;
    domain: string;
    resource: string;
    /** Called with what the server and the library can both do; calls `authenticate` once, or throws. */
    credentials: (
      authenticate: (credentials: { username: string; password: string }, mechanism: string) => Promise<void>,
      mechanisms: readonly string[],
      fast: unknown,
      entity: { isSecure(): boolean },
    ) => Promise<void>;
  }): AccountClient;
}
