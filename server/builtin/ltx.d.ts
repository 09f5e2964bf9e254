/** `ltx` 3.1 ships no types; these are the functions used here. */
declare module 'ltx' {
  type BuiltElement = import('./xml.ts').XmlElement;

  export function createElement(
    name: string,
    attrs: Readonly<Record<string, string | undefined>>,
    children: readonly (BuiltElement | string | undefined | readonly (BuiltElement | string)[])[],
  ): BuiltElement;

  /** @throws Error on a reference to no character that XML allows. */
  export function unescapeXML(text: string): string;
}
