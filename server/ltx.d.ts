/** `ltx` 3.1 ships no types, and nobody publishes any: these are the functions that are used. */
declare module 'ltx' {
  /** One element, as far as anybody here looks at it. */
  export interface Element {
    readonly name: string;
    readonly attrs: Record<string, string | undefined>;
    readonly children: readonly (Element | string)[];
    readonly parent: Element | null;
    is(name: string, xmlns?: string): boolean;
    getName(): string;
    getNS(): string | undefined;
    findNS(prefix?: string): string | undefined;
    getChild(name: string, xmlns?: string): Element | undefined;
    getChildren(name: string, xmlns?: string): Element[];
    getChildElements(): Element[];
    getText(): string;
    t(text: string): Element;
    cnode(child: { readonly name: string }): Element;
    toString(): string;
  }

  type Child = { readonly name: string; getName(): string } | string | undefined;

  /** @throws Error where `xml` is not well-formed; null where it holds no element. */
  export function parse(xml: string): Element | null;

  /** Attributes that are undefined are left out. */
  export function createElement(
    name: string,
    attrs?: Readonly<Record<string, string | undefined>> | null,
    ...children: readonly (Child | readonly (Child | readonly Child[])[])[]
  ): Element;

  /** @throws Error on a reference to no character that XML allows. */
  export function unescapeXML(text: string): string;
}

declare module 'ltx/lib/escape.js' {
  export function escapeXML(text: string): string;
  export function escapeXMLText(text: string): string;
}

declare module 'ltx/lib/parsers/ltx.js' {
  export default class Parser {
    on(event: string, listener: (...args: unknown[]) => void): this;
    write(xml: string): void;
  }
}
