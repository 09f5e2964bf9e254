import { Element } from './element.ts';

/** Builds an element with its children, in ltx's manner; the build puts it in the place of ltx's own. */
export default function createElement(
  name: string,
  attrs?: Readonly<Record<string, unknown>> | null,
  ...children: readonly (Element | string)[]
): Element {
  const element = new Element(name, attrs);
  for (const child of children) element.append(child);
  return element;
}
