import type { StanzaTree } from '../core/ports.ts';

/** Namespaces of what ordinary XMPP clients say to each other. */
export const ns = {
  /** XEP-0085 Chat State Notifications. */
  states: 'http://jabber.org/protocol/chatstates',
  /** XEP-0184 Message Delivery Receipts. */
  receipts: 'urn:xmpp:receipts',
  /** XEP-0333 Chat Markers. */
  markers: 'urn:xmpp:chat-markers:0',
  /** XEP-0308 Last Message Correction. */
  correct: 'urn:xmpp:message-correct:0',
  /** XEP-0424 Message Retraction. */
  retract: 'urn:xmpp:message-retract:1',
  /** XEP-0461 Message Replies. */
  reply: 'urn:xmpp:reply:0',
  /** XEP-0444 Message Reactions. */
  reactions: 'urn:xmpp:reactions:0',
  /** XEP-0428 Fallback Indication. */
  fallback: 'urn:xmpp:fallback:0',
  /** XEP-0359 Unique and Stable Stanza IDs. */
  ids: 'urn:xmpp:sid:0',
  /** XEP-0066 Out of Band Data. */
  oob: 'jabber:x:oob',
  /** XEP-0153 vCard-Based Avatars. */
  photo: 'vcard-temp:x:update',
  /** XEP-0334 Message Processing Hints. */
  hints: 'urn:xmpp:hints',
} as const;

/** An element. */
export function element(
  name: string,
  attrs: StanzaTree['attrs'] = {},
  ...children: StanzaTree['children']
): StanzaTree {
  return { name, attrs, children };
}

/** The elements among the children. */
export function elementsOf({ children }: StanzaTree): StanzaTree[] {
  return children.filter((child): child is StanzaTree => typeof child !== 'string');
}

/** The first child of this name; `xmlns` is absent for the stanza's own namespace. */
export function childOf(tree: StanzaTree, name: string, xmlns?: string): StanzaTree | undefined {
  return elementsOf(tree).find((child) => child.name === name && child.attrs.xmlns === xmlns);
}

/** The text of this element alone. */
export function textOf({ children }: StanzaTree): string {
  return children.filter((child) => typeof child === 'string').join('');
}
