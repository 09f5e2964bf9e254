import { createElement } from 'ltx';

/** The namespaces that this server speaks. */
export const NS = {
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  client: 'jabber:client',
  component: 'jabber:component:accept',
  discoInfo: 'http://jabber.org/protocol/disco#info',
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  ping: 'urn:xmpp:ping',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  session: 'urn:ietf:params:xml:ns:xmpp-session',
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  stream: 'http://etherx.jabber.org/streams',
  streamErrors: 'urn:ietf:params:xml:ns:xmpp-streams',
} as const;

/** One element of `ltx`, as far as this server uses it. `toString()` gives its XML text. */
export interface XmlElement {
  readonly name: string;
  readonly attrs: Record<string, string | undefined>;
  readonly children: readonly (XmlElement | string)[];
  readonly parent: XmlElement | null;
  /** Whether it has this local name, and this namespace when one is given. */
  is(name: string, namespace?: string): boolean;
  /** The local name, without a prefix. */
  getName(): string;
  /** The namespace, declared here or by an ancestor. */
  getNS(): string | undefined;
  /** The namespace that `prefix` stands for here, or the default one. */
  findNS(prefix?: string): string | undefined;
  getChild(name: string, namespace?: string): XmlElement | undefined;
  getChildElements(): XmlElement[];
  getText(): string;
  /** Appends text. */
  t(text: string): XmlElement;
  /** Appends `child` and returns it. */
  cnode(child: XmlElement): XmlElement;
  toString(): string;
}

/** A new element; attributes that are undefined are left out. */
export function xml(
  name: string,
  attrs: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (XmlElement | string | undefined | readonly (XmlElement | string)[])[]
): XmlElement {
  return createElement(name, { ...attrs }, children);
}

/**
 * The same stanza in `namespace`, with these attributes added or, where undefined, taken away. The children are shared
 * with the original, so neither may be altered afterwards.
 */
export function restamped(
  stanza: XmlElement,
  namespace: string,
  attrs: Readonly<Record<string, string | undefined>>,
): XmlElement {
  return xml(stanza.name, { ...stanza.attrs, xmlns: namespace, ...attrs }, stanza.children);
}
