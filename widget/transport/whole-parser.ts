import { Element } from './element.ts';
import { unescapeXML } from './escape.ts';

/** CDATA; comments and instructions, which say nothing; text; tags with their attributes (XML 1.0 §2.4 to §3.1). */
const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|([^<]+)|<(\/?)([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The elements of one frame, in the manner of ltx's parser: over a WebSocket every frame is whole (RFC 7395 §3.1), so
 * nothing has to be kept for the next one. Text beside them says nothing.
 * @throws Error where the frame is not well-formed
 */
export function elementsIn(frame: string): Element[] {
  const elements: Element[] = [];
  let cursor: Element | null = null;
  for (const [, data, text, ending, name, attributes = '', empty] of frame.matchAll(token)) {
    if (data || text) cursor?.t(data ?? unescapeXML(text ?? ''));
    if (name === undefined) continue;
    if (ending === '') {
      const element: Element = new Element(name, attributesIn(attributes));
      if (cursor) cursor.append(element);
      else elements.push(element);
      cursor = element;
    }
    if (!(ending || empty)) continue;
    if (cursor?.name !== name) throw new SyntaxError(`${name} closes nothing`);
    cursor = cursor.parent;
  }
  if (cursor) throw new SyntaxError(`${cursor.name} is not closed`);
  return elements;
}

function attributesIn(text: string): Record<string, string> {
  const found = [...text.matchAll(attribute)];
  return Object.fromEntries(found.map(([, name, double, single]) => [name, unescapeXML(double ?? single ?? '')]));
}
