/** `@xmpp/component` 0.13 has no types anywhere: this is what is used of it, read in its source. */
declare module '@xmpp/component' {
  type Entity = import('./stream.ts').Entity;

  export function component(options: { service: string; domain: string; password: string }): Entity;
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
