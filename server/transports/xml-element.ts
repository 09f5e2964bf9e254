/** One XML element as `ltx` and `@xmpp/*` build it; neither has types of its own. */
export interface XmlElement {
  readonly name: string;
  readonly attrs: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (XmlElement | string)[];
  /** The local name, without a prefix. */
  getName(): string;
  /** The namespace in force, looked up through the parents. */
  getNS(): string | undefined;
  is(name: string, xmlns?: string): boolean;
  getChild(name: string, xmlns?: string): XmlElement | undefined;
  getChildren(name: string, xmlns?: string): XmlElement[];
  /** The text of this element alone, entities resolved. */
  getText(): string;
  /** XML text. Recursive: only for elements that were built here, never for one that arrived. */
  toString(): string;
}
