import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readElement } from './read-element.ts';
import { StreamFault } from './stream-fault.ts';
import { xml } from './xml.ts';

const LIMITS = { stanzaBytes: 1024, depth: 4 };

function conditionFor(text: string): string {
  try {
    readElement(text, LIMITS);
    return 'read';
  } catch (fault) {
    return fault instanceof StreamFault ? fault.condition : 'thrown';
  }
}

test.each([
  '',
  ' ',
  'text',
  ' <a/>',
  '<a>',
  '<a></b>',
  '</a>',
  '<a/><b/>',
  '<a/>text',
  '<a><b></a></b>',
  "<a b='1' b='2'/>",
  "<a b='1'c='2'/>",
  '<a b=1/>',
  '<a b/>',
  "<a b='<'/>",
  '<a>&</a>',
  '<a>&nbsp;</a>',
  '<a>&#0;</a>',
  '<a>\u0000</a>',
  '<a>\u0008</a>',
  '<a>\ud800</a>',
  '<a>\uffff</a>',
  '<a>]]></a>',
  '<p:a/>',
  "<a p:b='1'/>",
  '<1a/>',
])('refuses %j as not well-formed', (text) => {
  const condition = conditionFor(text);

  expect(condition).toBe('not-well-formed');
});

test.each(['<?xml version="1.0"?><a/>', '<!-- a --><a/>', '<a><!-- b --></a>', '<!DOCTYPE a><a/>', '<a><?b?></a>'])(
  'refuses %j, which XMPP does not allow',
  (text) => {
    const condition = conditionFor(text);

    expect(condition).toBe('restricted-xml');
  },
);

test('refuses one byte and one level over the limits, and takes what just fits', () => {
  const padded = (rest: string) => `<a>${'é'.repeat(508)}${rest}</a>`;
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);

  const conditions = [padded('x'), padded('xx'), nested(4), nested(5)].map(conditionFor);

  expect(conditions).toEqual(['read', 'policy-violation', 'read', 'policy-violation']);
});

test('keeps the text around a CDATA section, and takes its brackets for text', () => {
  const text = '<a>1<![CDATA[<b>&amp;]]>2&lt;&#x1F600;</a>';

  const element = readElement(text, LIMITS);

  expect(element.getText()).toBe('1<b>&amp;2<😀');
});

test('reads back what was built, whatever its text and attributes hold', () => {
  const legal = fc
    .string({ unit: 'grapheme', maxLength: 50 })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot carry
    .map((text) => text.replace(/[\u0000-\u001f\ufffe\uffff]/gu, ''));

  const roundTrip = (text: string, value: string) => {
    const read = readElement(xml('a', { b: value }, xml('c', {}, text)).toString(), { stanzaBytes: 9999, depth: 2 });
    return [read.getChild('c')?.getText(), read.attrs.b];
  };

  fc.assert(
    fc.property(legal, legal, (text, value) => {
      expect(roundTrip(text, value)).toEqual([text, value]);
    }),
  );
});
