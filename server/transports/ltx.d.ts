/** `ltx` 3.1 ships no types, and nobody publishes any: these are the two functions that are used. */
declare module 'ltx' {
  type XmlElement = import('./xml-element.ts').XmlElement;

  /** @throws Error where `xml` is not well-formed; null where it holds no element. */
  export function parse(xml: string): XmlElement | null;

  export function createElement(
    name: string,
    attrs?: Record<string, string | undefined> | null,
    ...children: readonly (XmlElement | string | undefined)[]
  ): XmlElement;
}
