import { createElement, parse } from 'ltx';
import { namespaces } from '../../protocol/frame.ts';
import { toXmlForm, xmlForm } from '../../protocol/xml-form.ts';
import { jsonOfXmlForm } from '../../protocol/xml-form-read.ts';
import type { Form } from './forms.ts';

/** The connection that speaks in the contract. */
export const ann = '7f3a@visitors.example.com/tab1';

/** Strings that something on the way may change. */
export const texts = {
  emoji: '👩🏽‍🚀 🏳️‍🌈 𝒳',
  'right to left': 'שלום \u202eمرحبا\u202c',
  markup: `<b>&amp;]]></json> "it's" <!-- -->`,
  'control characters': '\u0000\u0001\u0008\u000b\u001f\u007f\u0085\u009f',
  'line ends': 'a\r\nb\rc\n\td\u2028e\u2029',
  'lone surrogates and non-characters': '\ud800 \udfff \ufffe\uffff\ufffd',
  backslashes: '\\ \\n \\u0000 \\',
};

/** A stanza from Ann to `to`; `content` is XML text. */
export function stanzaTo(to: string, name: string, attrs: Record<string, string>, content: string): string {
  const start = createElement(name, { from: ann, to, ...attrs }).toString();
  return content === '' ? start : `${start.slice(0, -2)}>${content}</${name}>`;
}

/** The payload of a frame in `form`. */
export function payload(json: string, form: Form = 'json'): string {
  if (form === 'xml') return wrap(toXmlForm(json, createElement).toString(), xmlForm.event);
  return wrap(createElement('json', { xmlns: namespaces.json }, json).toString());
}

/** A JSON container that holds `content` as it is. */
export function jsonElement(content: string): string {
  return `<json xmlns="${namespaces.json}">${content}</json>`;
}

/** A payload that holds `content` as it is. */
export function wrap(content: string, datatype: string = namespaces.event): string {
  return `<payload xmlns="${namespaces.payload}" datatype="${datatype}">${content}</payload>`;
}

/** The JSON of a frame that was sent in JSON. */
export function jsonOf(xml: string): string | undefined {
  return payloadOf(xml)?.getChild('json', namespaces.json)?.getText();
}

/** The JSON of a frame that was sent in XML. */
export function jsonOfElements(xml: string): string | undefined {
  const payload = payloadOf(xml);
  const root = payload?.attrs.datatype === xmlForm.event ? payload.getChild('map', xmlForm.elements) : undefined;
  const read = root && jsonOfXmlForm(root);
  return read?.ok ? read.json : undefined;
}

function payloadOf(xml: string): ReturnType<typeof parse> | undefined {
  return parse(xml)?.getChild('payload', namespaces.payload);
}
