import type { Settings } from './settings.ts';

/** What a tag, an element or a program can say of a widget, each documented in `Settings`. */
export const options = [
  'service',
  'friend',
  'domain',
  'conversation',
  'scope',
  'name',
  'title',
  'locale',
  'mode',
  'side',
  'target',
  'open',
  'consent',
  'launcher',
  'hide',
  'page',
  'theme',
  'label',
  'features',
  'attention',
  'files',
] as const satisfies readonly (keyof Settings)[];

/** By a plain name, or as in a tag with `data-` in front: `title` is HTML's own and has to be `data-title`. */
export function optionsOf(element: HTMLElement): DOMStringMap {
  const said: Record<string, string> = {};
  for (const name of options) {
    const plain = name === 'title' ? null : element.getAttribute(name);
    const value = plain ?? element.dataset[name];
    if (value !== undefined) said[name] = value;
  }
  return said;
}
