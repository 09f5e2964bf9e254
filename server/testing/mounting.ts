import type { Stage } from './stage.ts';
import { secretKey, type Tab } from './tab.ts';
import { type Mount, type Mounted, TestWidget } from './test-widget.ts';

/** How a widget is put into the page of a test. */
export interface WidgetOptions {
  /** Who sits in front of it: somebody of the test, in another tab of his; somebody new where absent. */
  readonly person?: Tab;
  /** What a tag says in its `data-` attributes beside the addresses, without `data-`; `conversation`, `name`, `locale`. */
  readonly data?: Readonly<Record<string, string>>;
}

let widgets = 0;

/** Puts the widget into `element` against the friend of a stage, with its panel open. */
export async function mounted<W extends Mounted>(
  stage: Stage,
  mount: Mount<W>,
  element: Element,
  { data = {}, person }: WidgetOptions,
): Promise<TestWidget<W>> {
  const { addresses, time } = stage;
  widgets += 1;
  const scope = data.scope ?? `test-${widgets}`;
  if (person !== undefined) {
    await person.id();
    // The key under which a widget keeps its device secret, see widget/embed/keep.ts.
    sessionStorage.setItem(`befriend:${addresses.friend}:${scope}`, person.device.keep.get(secretKey) ?? '');
  }
  const known = new Set<Element>(document.querySelectorAll('befriend-chat'));
  const widget = mount(element, {
    ...addresses,
    ...{ conversation: 'support', locale: 'en', consent: 'session', attention: 'none', open: '', scope },
    ...(person && { name: person.name }),
    ...data,
  });
  const host = [...element.querySelectorAll<HTMLElement>('befriend-chat')].find((one) => !known.has(one));
  if (host === undefined) throw new Error('Nothing was mounted: give the kit mount of the package befriend.');
  const shown = new TestWidget(widget, host, time, time.joinedByReal());
  if ('open' in { open: '', ...data }) await shown.finds('textarea, .panel');
  return shown;
}
