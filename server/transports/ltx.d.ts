/** `ltx` 3.1 ships no types, and nobody publishes any: these are the two functions that are used. */
declare module 'ltx' {
  /** @throws Error where `xml` is not well-formed; null where it holds no element. */
  export function parse(xml: string): import('./xml-element.ts').XmlElement | null;

  export function createElement(
    name: string,
    attrs?: Record<string, string | undefined> | null,
    ...children: readonly (import('./xml-element.ts').XmlElement | string | undefined)[]
  ): import('./xml-element.ts').XmlElement;
}
