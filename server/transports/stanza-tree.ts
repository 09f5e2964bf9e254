import { createElement } from 'ltx';
import type { CutReason, StanzaTree } from '../core/ports.ts';
import type { XmlElement } from './xml-element.ts';

/** Elements nested deeper than this are not handed on. */
const treeDepth = 32;

/** Characters of one stanza that are handed on: text, names and values of attributes, and 16 for each element. */
const treeSize = 65_536;

/** A stanza as plain data; where it was too much, only its name and its address. */
export interface CutTree {
  readonly tree: StanzaTree;
  readonly cut?: CutReason;
}

/** Turns a stanza that arrived into plain data. Never throws, and its work is bounded whatever the stanza holds. */
export function treeOf(stanza: XmlElement): CutTree {
  const reading = { namespace: stanza.getNS(), left: treeSize };
  const read = branchOf(stanza, treeDepth, reading);
  if (typeof read !== 'string') return { tree: read };
  const { from, to, type, id } = stanza.attrs;
  const attrs = Object.fromEntries(
    Object.entries({ from, to, type, id }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { tree: { name: stanza.getName(), attrs, children: [] }, cut: read };
}

/** What is the same for a whole stanza, and how much more of it is taken. */
interface Reading {
  readonly namespace: string | undefined;
  left: number;
}

function branchOf(element: XmlElement, levels: number, reading: Reading): StanzaTree | CutReason {
  if (levels === 0) return 'too_deep';
  const attrs = attrsOf(element, reading.namespace);
  reading.left -= 16 + Object.entries(attrs).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const children: (StanzaTree | string)[] = [];
  for (const child of element.children) {
    if (typeof child === 'string') reading.left -= child.length;
    if (reading.left < 0) return 'too_large';
    const branch = typeof child === 'string' ? { text: child } : branchOf(child, levels - 1, reading);
    if (typeof branch === 'string') return branch;
    children.push('text' in branch ? branch.text : branch);
  }
  return reading.left < 0 ? 'too_large' : { name: element.getName(), attrs, children };
}

function attrsOf(element: XmlElement, namespace: string | undefined): Record<string, string> {
  const given = Object.entries(element.attrs).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^xmlns(:|$)/.test(entry[0]),
  );
  const own = element.getNS();
  return Object.fromEntries(own === namespace || own === undefined ? given : [...given, ['xmlns', own]]);
}

/** Names as stanzas have them: a subset of those of XML, with `xml:lang`. */
const name = /^(xml:)?[A-Za-z_][\w.-]{0,255}$/;

// All that XML 1.0 cannot carry, lone surrogates too; U+000D would arrive as U+000A.
const unwritable = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The element that a tree stands for. @throws TypeError for a name that is none, or nesting without end */
export function elementOf(tree: StanzaTree, levels: number = treeDepth): XmlElement {
  const wrong = [tree.name, ...Object.keys(tree.attrs)].find((one) => !name.test(one));
  if (wrong !== undefined) throw new TypeError(`${JSON.stringify(wrong.slice(0, 40))} is no name of XML`);
  if (levels === 0) throw new TypeError(`A stanza is at most ${treeDepth} levels deep`);
  const attrs = Object.fromEntries(Object.entries(tree.attrs).map(([key, value]) => [key, writable(value)]));
  const children = tree.children.map((child) =>
    typeof child === 'string' ? writable(child) : elementOf(child, levels - 1),
  );
  return createElement(tree.name, attrs, ...children);
}

/**
 * The stanza that the friend sends; undefined where `address` cannot speak for its `from`.
 * @throws TypeError where it lacks an address, or is no stanza
 */
export function outgoing(stanza: StanzaTree, address: string): XmlElement | undefined {
  const { from, to } = stanza.attrs;
  if (!from || !to) throw new TypeError('A stanza needs from and to');
  if (!['message', 'presence', 'iq'].includes(stanza.name)) throw new TypeError('A stanza is message, presence or iq');
  const isOwn = from === address || from.replace(/\/.*$/s, '').replace(/^[^@]*@/, '') === address;
  return isOwn ? elementOf(stanza) : undefined;
}

function writable(text: string): string {
  return text.replace(unwritable, '\ufffd');
}
