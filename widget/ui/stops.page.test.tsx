import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Person, Related } from '../../protocol/facts.ts';
import type { View } from '../core/view.ts';
import { clearStages, me, messages, named, rest, rich, type Stage, soon, stage, viewOf } from './stage.test.tsx';

beforeEach(() => page.viewport(440, 760));
afterEach(clearStages);

const bea: Person = { id: 'bea', name: 'Bea', kind: 'user', verified: true };
const related: Related = {
  person: bea,
  relations: [true, false].map((own) => ({ slot: 'closeness', kind: 'contact', own, since: 0 })),
};
const buttons = { buttons: [{ id: 'a', label: 'Yes, please' }] };
const devices = [
  { device: 'd_1', current: true },
  { device: 'd_2', current: false },
];

const places: readonly [name: string, at: View['screen'], until: string, fewest: number][] = [
  ['a conversation', { at: 'conversation', ref: 'support' }, '.choice', 6],
  ['the list', { at: 'list' }, '.conversation', 4],
  ['people', { at: 'people' }, '.person', 4],
  ['a person', { at: 'person', user: 'bea' }, '.card', 4],
  ['a group', { at: 'group', id: 'c_1' }, '.card', 6],
  ['a new group', { at: 'new-group' }, '.form', 4],
  ['oneself', { at: 'me' }, '.side', 4],
];

/** The panel at one of its places. */
async function shown(screen: View['screen'], until: string): Promise<Stage> {
  const items = [...messages(1, 30), rich(31, 'Tea?', buttons)];
  const group = { kind: 'group', name: 'Tea', role: 'owner', items } as const;
  const members = { c_1: { list: [{ person: bea, role: 'member' }] } };
  const known = { people: { me, bea }, related: { bea: related }, relatedListed: true, listed: true, list: ['c_1'] };
  const made = stage(viewOf(group, { screen, ...known, members, devices }), 'en', [
    'people',
    'groups',
    'presence',
    'profile',
    'files',
    'reactions',
    'search',
  ]);
  await expect.poll(() => made.all(until).length, soon).toBeGreaterThan(0);
  await rest(made.root);
  return made;
}

/** Everything that Tab comes to from the beginning of the panel, in order; `at` looks at each while it has the focus. */
async function stops(made: Stage, at: (stop: HTMLElement) => void = () => {}): Promise<HTMLElement[]> {
  const found: HTMLElement[] = [];
  made.one('.panel').focus();
  for (let steps = 0; steps < 60; steps += 1) {
    await userEvent.keyboard('{Tab}');
    const stop = made.root.activeElement;
    if (!(stop instanceof HTMLElement) || found.includes(stop)) return found;
    found.push(stop);
    at(stop);
  }
  throw new Error('Tab leads nowhere else after 60 stops.');
}

/** Whether something else lies on the middle of an element, or it is out of sight. */
function isCovered(made: Stage, stop: HTMLElement): boolean {
  // A field that is only heard stands for its label.
  const seen = stop.closest('label') ?? stop;
  const { left, top, width, height } = seen.getBoundingClientRect();
  const hit = made.root.elementFromPoint(left + width / 2, top + height / 2);
  return !hit || !(seen.contains(hit) || hit.contains(seen));
}

/** Words that stand on what can be pressed, and are not in its name. */
function unnamed(stop: HTMLElement): string[] {
  const label = stop.getAttribute('aria-label');
  const words = stop.innerText.match(/\p{L}{2,}/gu) ?? [];
  return label === null || !stop.matches('button, a, summary')
    ? []
    : words.filter((word) => !label.toLowerCase().includes(word.toLowerCase()));
}

test.each(places)(
  'leads through %s by Tab in its order, to nothing covered, and does nothing by that',
  async (_, screen, until, fewest) => {
    const made = await shown(screen, until);
    const before = made.acts.length;
    const covered: string[] = [];

    const found = await stops(made, (stop) => {
      if (isCovered(made, stop)) covered.push(stop.outerHTML.slice(0, 120));
    });

    expect(found.length).toBeGreaterThanOrEqual(fewest);
    expect(covered).toEqual([]);
    expect(found.flatMap(unnamed)).toEqual([]);
    const inOrder = found.every((stop, index) => {
      const next = found[index + 1];
      return !next || (stop.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    });
    expect(inOrder).toBe(true);
    const doing = ['screen.show', 'panel.close', 'wish', 'message.send', 'compose'] as const;
    expect(doing.flatMap((type) => named(made.acts.slice(before), type))).toEqual([]);
  },
);

test('sees what lies on a stop, and what is written on it and not said', async () => {
  const made = await shown({ at: 'me' }, '.side');
  const stop = made.one('.back');
  const veil = document.createElement('div');
  veil.style.cssText = 'position: absolute; inset: 0; z-index: 9';

  made.one('.header').append(veil);
  stop.append('Elsewhere');

  expect(isCovered(made, stop)).toBe(true);
  expect(unnamed(stop)).toEqual(['Elsewhere']);
});

test('changes nothing but the words when one types, and a choice only when it is chosen', async () => {
  const made = await shown({ at: 'new-group' }, '.form');
  const screens = made.acts.length;

  await userEvent.fill(made.one('.form input'), 'Tea at five');
  await userEvent.click(made.one('.pick input'));

  expect(made.acts.slice(screens)).toEqual([]);
  expect(made.root.activeElement).toBe(made.one('.pick input'));
});

test('loses nothing where lines, words and letters stand as far apart as readers may set them', async () => {
  const made = await shown({ at: 'conversation', ref: 'support' }, '.choice');
  const wider = new CSSStyleSheet();
  wider.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
  );

  made.root.adoptedStyleSheets = [...made.root.adoptedStyleSheets, wider];

  const cut = made
    .all('.header h2, .header p, .bubble, .name, .meta, .choice, textarea, .mark')
    .filter(
      ({ scrollWidth, clientWidth, scrollHeight, clientHeight, localName }) =>
        clientWidth > 0 &&
        localName !== 'textarea' &&
        (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 2),
    );
  expect(cut.map(({ outerHTML }) => outerHTML.slice(0, 100))).toEqual([]);
  expect(getComputedStyle(made.one('.bubble')).letterSpacing).toBe('1.8px');
  expect(made.one('.log').scrollWidth).toBeLessThanOrEqual(made.one('.log').clientWidth);
});
