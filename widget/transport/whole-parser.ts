import { unescapeXML } from './escape.ts';
import { EventEmitter } from './event-emitter.ts';

/** CDATA; comments and instructions, which say nothing; text; tags with their attributes (XML 1.0 §2.4 to §3.1). */
const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|([^<]+)|<(\/?)([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The part of ltx's parser that a page needs: over a WebSocket every frame is whole (RFC 7395 §3.1), so nothing has to be
 * kept for the next one. The build puts it in the place of ltx's own, which is four times as large.
 */
export default class WholeParser extends EventEmitter {
  write(xml: string): void {
    for (const [, data, text, ending, name, attributes = '', empty] of xml.matchAll(token)) {
      if (data || text) this.emit('text', data ?? unescapeXML(text ?? ''));
      if (name === undefined) continue;
      if (ending === '') this.emit('startElement', name, attributesIn(attributes));
      if (ending || empty) this.emit('endElement', name);
    }
  }
}

function attributesIn(text: string): Record<string, string> {
  const found = [...text.matchAll(attribute)];
  return Object.fromEntries(found.map(([, name, double, single]) => [name, unescapeXML(double ?? single ?? '')]));
}
