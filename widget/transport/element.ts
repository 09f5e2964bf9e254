import { escapeXML, escapeXMLText } from './escape.ts';

type Attrs = Readonly<Record<string, unknown>>;

/**
 * The part of ltx's element that a page needs: stanzas are built, written, and looked into by name and namespace. The
 * build puts it in the place of the whole, which is three times as large.
 */
export class Element {
  readonly name: string;
  readonly attrs: Record<string, unknown>;
  readonly children: (Element | string)[] = [];
  parent: Element | null = null;

  constructor(name: string, attrs: Attrs | null = {}) {
    this.name = name;
    this.attrs = { ...attrs };
  }

  /** Whether it has this local name and, where one is asked for, this namespace. */
  is(name: string, xmlns?: string): boolean {
    return this.name.split(':').pop() === name && (!xmlns || this.getNS() === xmlns);
  }

  /** Its namespace, declared here or around it (Namespaces in XML 1.0 §6). */
  getNS(): unknown {
    const [prefix, local] = this.name.split(':');
    const key = local === undefined ? 'xmlns' : `xmlns:${prefix}`;
    let element: Element | null = this;
    while (element && !element.attrs[key]) element = element.parent;
    return element?.attrs[key];
  }

  getChild(name: string, xmlns?: string): Element | undefined {
    return this.children.find((child): child is Element => typeof child !== 'string' && child.is(name, xmlns));
  }

  getChildText(name: string, xmlns?: string): string | null {
    return this.getChild(name, xmlns)?.text() ?? null;
  }

  /** Its own text, without that of the elements in it. */
  text(): string {
    return this.children.filter((child) => typeof child === 'string').join('');
  }

  getChildElements(): Element[] {
    return this.children.filter((child) => typeof child !== 'string');
  }

  append(child: Element | string): void {
    this.children.push(child);
    if (typeof child !== 'string') child.parent = this;
  }

  t(text: string): this {
    this.append(text);
    return this;
  }

  toString(): string {
    const written = Object.entries(this.attrs).filter(([, value]) => value !== undefined && value !== null);
    const start = `<${this.name}${written.map(([key, value]) => ` ${key}="${escapeXML(String(value))}"`).join('')}`;
    if (this.children.length === 0) return `${start}/>`;
    const inner = this.children.map((child) => (typeof child === 'string' ? escapeXMLText(child) : child.toString()));
    return `${start}>${inner.join('')}</${this.name}>`;
  }
}
