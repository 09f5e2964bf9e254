/** What `ltx` 3 lacks: declarations of the two functions used here. */
declare module 'ltx' {
  import type { XmlElement } from './xml.ts';

  export function createElement(
    name: string,
    attrs?: Readonly<Record<string, string | undefined>> | null,
    ...children: readonly (XmlElement | string | undefined | readonly (XmlElement | string)[])[]
  ): XmlElement;
  export function unescapeXML(text: string): string;
}
