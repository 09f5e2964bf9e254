import { type FrameFault, toJson } from './frame.ts';
import { limits, utf8Length } from './limits.ts';
import { xmlForm } from './xml-form.ts';

/** One element as XML libraries give it: text between elements stands among the children, entities resolved. */
export interface FormElement {
  readonly attrs: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (FormElement | string)[];
  /** The local name, without a prefix. */
  getName(): string;
  /** The namespace in force. */
  getNS(): string | undefined;
}

export type ReadXmlForm =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly code: FrameFault };

/** The map and the array around the events of a frame. */
const frameLevels = 2;

/**
 * The JSON text of a frame in its XML form (XPath and XQuery Functions 3.1 §17.5.4), within the limits that JSON has;
 * never throws. It is read strictly: an element or attribute of another name, text between elements, an escape that JSON
 * does not know, a number that JSON cannot write or a key that stands twice is `malformed`.
 */
export function jsonOfXmlForm(root: FormElement): ReadXmlForm {
  try {
    const json = new Reader().value(root, [], limits.depth + frameLevels);
    return utf8Length(json) > limits.frameBytes ? { ok: false, code: 'too_large' } : { ok: true, json };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, code: error.code };
    throw error;
  }
}

class Unreadable extends Error {
  readonly code: FrameFault;

  constructor(code: FrameFault) {
    super(code);
    this.code = code;
  }
}

const isBlank = /^[ \t\r\n]*$/;
const double = /^[ \t\r\n]*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?[ \t\r\n]*$/;
const boolean = /^[ \t\r\n]*(?:(true|1)|false|0)[ \t\r\n]*$/;
const escapes = /\\(?:u([\da-fA-F]{4})|(.?))/gs;
const shortEscapes: Readonly<Record<string, string>> = {
  ...{ '"': '"', '\\': '\\', '/': '/' },
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
};

/** Reads one frame. */
class Reader {
  /** UTF-16 units of JSON so far, at least: whoever sends more is not read to the end. */
  #units = 0;

  /** `own` names the attributes that may stand here beside those of a string; `levels` is how deep it may still go. */
  value(element: FormElement, own: readonly string[], levels: number): string {
    if (element.getNS() !== xmlForm.elements) throw new Unreadable('malformed');
    const name = element.getName();
    checkAttributes(element, name === 'string' ? [...own, 'escaped'] : own);
    switch (name) {
      case 'map':
      case 'array':
        if (levels === 0) throw new Unreadable('too_deep');
        return name === 'map' ? this.#map(element, levels - 1) : this.#array(element, levels - 1);
      case 'string':
        return this.#counted(toJson(unescaped(textOf(element), element.attrs.escaped)));
      case 'number':
        return this.#counted(numberOf(textOf(element)));
      case 'boolean':
        return this.#counted(String(booleanOf(textOf(element))));
      case 'null':
        if (!isBlank.test(textOf(element))) throw new Unreadable('malformed');
        return this.#counted('null');
      default:
        throw new Unreadable('malformed');
    }
  }

  #map(element: FormElement, levels: number): string {
    const keys = new Set<string>();
    const entries = elementsOf(element).map((child) => {
      if (child.attrs.key === undefined) throw new Unreadable('malformed');
      const key = unescaped(child.attrs.key, child.attrs['escaped-key']);
      if (keys.has(key)) throw new Unreadable('malformed');
      keys.add(key);
      return `${this.#counted(toJson(key))}:${this.value(child, ['key', 'escaped-key'], levels)}`;
    });
    return this.#counted(`{${entries.join(',')}}`, entries.length + 1);
  }

  #array(element: FormElement, levels: number): string {
    const items = elementsOf(element).map((child) => this.value(child, [], levels));
    return this.#counted(`[${items.join(',')}]`, items.length + 1);
  }

  #counted(json: string, units = json.length): string {
    this.#units += units;
    if (this.#units > limits.frameBytes) throw new Unreadable('too_large');
    return json;
  }
}

/** Attributes of other namespaces, and declarations of namespaces, say nothing. */
function checkAttributes({ attrs }: FormElement, known: readonly string[]): void {
  const own = Object.keys(attrs).filter((name) => name !== 'xmlns' && !name.includes(':'));
  if (!own.every((name) => known.includes(name))) throw new Unreadable('malformed');
}

function elementsOf({ children }: FormElement): FormElement[] {
  return children.filter((child) => {
    if (typeof child === 'string' && !isBlank.test(child)) throw new Unreadable('malformed');
    return typeof child !== 'string';
  });
}

function textOf({ children }: FormElement): string {
  if (!children.every((child) => typeof child === 'string')) throw new Unreadable('malformed');
  return children.join('');
}

function numberOf(text: string): string {
  const number = double.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new Unreadable('malformed');
  return Object.is(number, -0) ? '-0' : String(number);
}

function booleanOf(text: string): boolean {
  const read = boolean.exec(text);
  if (read === null) throw new Unreadable('malformed');
  return read[1] !== undefined;
}

function unescaped(text: string, isEscaped: string | undefined): string {
  if (!booleanOf(isEscaped ?? 'false')) return text;
  return text.replace(escapes, (_, hex: string | undefined, short: string | undefined) => {
    const character = hex === undefined ? shortEscapes[short ?? ''] : String.fromCharCode(Number.parseInt(hex, 16));
    if (character === undefined) throw new Unreadable('malformed');
    return character;
  });
}
