import { toJson } from './frame.ts';

/** Names of a frame's XML form. */
export const xmlForm = {
  /** `datatype` of a frame in XML. */
  event: 'urn:befriend:event:1+xml',
  /** Namespace of the elements: what XPath 3.1 makes of JSON (XPath and XQuery Functions 3.1 §17.5.3). */
  elements: 'http://www.w3.org/2005/xpath-functions',
} as const;

/** Makes one element of whatever XML library there is; its children are elements made before, or text. */
export type BuildElement<E> = (name: string, attrs: Record<string, string>, ...children: (E | string)[]) => E;

/** What may not stand unescaped: what XML 1.0 §2.2 cannot carry or §2.11 changes, what `toJson` escapes, the backslash. */
const special = /[^ -[\]-~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * The XML form of JSON text, as `json-to-xml` with `escape: true` makes it: `map`, `array`, `string`, `number`,
 * `boolean` and `null`, with `key` on the entries of a map. `jsonOfXmlForm` gives back the same value.
 * @throws SyntaxError where `json` is not JSON
 */
export function toXmlForm<E>(json: string, build: BuildElement<E>): E {
  return elementOf(JSON.parse(json), { xmlns: xmlForm.elements }, build);
}

function elementOf<E>(value: unknown, attrs: Record<string, string>, build: BuildElement<E>): E {
  if (value === null) return build('null', attrs);
  if (typeof value === 'string') {
    const text = escaped(value);
    return build('string', text === value ? attrs : { ...attrs, escaped: 'true' }, text);
  }
  if (typeof value === 'number') return build('number', attrs, Object.is(value, -0) ? '-0' : String(value));
  if (typeof value === 'boolean') return build('boolean', attrs, String(value));
  if (Array.isArray(value)) return build('array', attrs, ...value.map((item) => elementOf(item, {}, build)));
  const entries = Object.entries(value as object);
  return build('map', attrs, ...entries.map(([key, entry]) => elementOf(entry, keyOf(key), build)));
}

function keyOf(key: string): Record<string, string> {
  const text = escaped(key);
  return text === key ? { key } : { key: text, 'escaped-key': 'true' };
}

function escaped(text: string): string {
  return text.replace(special, (character) => toJson(character).slice(1, -1));
}
