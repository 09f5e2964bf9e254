import { formatHex, parse } from 'culori';
import { afterEach, expect, test } from 'vitest';
import { contrast } from '../theme/derived.ts';
import looks from '../theme/looks.css?inline';
import { looks as choices } from '../theme/theme.ts';
import { ann, clearStages, me, message, rest, type Stage, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

/** A group conversation in which both have spoken, with a look. */
async function dressed(look: string, choice: string, scheme = 'light'): Promise<Stage> {
  const items = [message(1, 'ann', 'Is it there?'), message(2, 'me', 'It is'), message(3, 'ann', 'Good')];
  const shown = stage(viewOf({ kind: 'group', items, typing: ['ann'] }, { people: { me, ann } }));
  const { root } = shown;
  const host = root.host as HTMLElement;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(looks);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  host.dataset[look] = choice;
  host.dataset.theme = scheme;
  await rest(root);
  return shown;
}

/** A colour of an element in sRGB. */
function shown(element: HTMLElement, property: 'color' | 'background-color'): string {
  return formatHex(parse(getComputedStyle(element).getPropertyValue(property))) ?? '';
}

function height({ one }: Stage, selector: string): number {
  return one(selector).getBoundingClientRect().height;
}

test('has a style for every choice but the first of each', () => {
  const rules = Object.entries(choices).flatMap(([look, [, ...others]]) =>
    others.map((choice) => `[data-${look}="${choice}"]`),
  );

  const missing = rules.filter((rule) => !looks.replaceAll(/=([\w-]+)\]/g, '="$1"]').includes(rule));

  expect(missing).toEqual([]);
});

test('sets rows and bubbles closer, or farther apart', async () => {
  const [compact, regular, roomy] = [
    await dressed('density', 'compact'),
    await dressed('density', 'regular'),
    await dressed('density', 'roomy'),
  ] as const;

  for (const selector of ['.header', '.row', '.bubble']) {
    expect(height(compact, selector)).toBeLessThan(height(regular, selector));
    expect(height(regular, selector)).toBeLessThan(height(roomy, selector));
  }
});

test('lets a token that is said beside a look win', async () => {
  const { root, one } = await dressed('bubbles', 'square');
  const said = new CSSStyleSheet();
  const round = () => getComputedStyle(one('.bubble')).borderTopLeftRadius;
  const before = round();

  said.replaceSync(':host { --befriend-radius-bubble: 9px; --befriend-radius-corner: 9px }');
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, said];

  expect([before, round()]).toEqual(['4px', '9px']);
});

test.each(['light', 'dark'])(
  'shows words without bubbles, all from one edge, and one’s own with a line (%s)',
  async (scheme) => {
    const { all, one } = await dressed('bubbles', 'plain', scheme);
    const [other, own] = all('.bubble') as [HTMLElement, HTMLElement];

    const surface = shown(one('.panel'), 'background-color');

    for (const bubble of [other, own]) {
      expect(getComputedStyle(bubble).backgroundColor).toBe('rgba(0, 0, 0, 0)');
      expect(contrast(shown(bubble, 'color'), surface)).toBeGreaterThanOrEqual(4.5);
    }
    expect(getComputedStyle(own).borderInlineStartWidth).toBe('3px');
    expect(own.getBoundingClientRect().left).toBeLessThan(other.getBoundingClientRect().left + 20);
  },
);

test.each(['light', 'dark'])('fills the head with the accent, and all in it can be read (%s)', async (scheme) => {
  const { all, one } = await dressed('header', 'accent', scheme);
  const accent = shown(one('.header'), 'background-color');

  const over = all('.header :is(h2, p, .tool, .tool .icon)');

  expect(over.length).toBeGreaterThan(3);
  for (const element of over) expect(contrast(shown(element, 'color'), accent)).toBeGreaterThanOrEqual(4.5);
});

test('shows large who is there, in the middle', async () => {
  const large = await dressed('header', 'large');

  const [face, heading, head, close] = ['.header .face', 'h2 button', '.header', '.header .close'].map((one) =>
    large.one(one).getBoundingClientRect(),
  ) as [DOMRect, DOMRect, DOMRect, DOMRect];

  expect(face.width).toBe(56);
  expect(face.bottom).toBeLessThanOrEqual(heading.top);
  for (const { left, right } of [face, heading])
    expect(Math.abs(left + right - head.left - head.right)).toBeLessThan(3);
  const { x, y } = close;
  expect(large.root.elementFromPoint(x + 18, y + 18)?.closest('.tool')).toBe(large.one('.header .close'));
});

test('cuts faces as it is said, or leaves them out of the log and the head', async () => {
  const radius = async (choice: string) =>
    getComputedStyle((await dressed('avatars', choice)).one('.face')).borderRadius;

  const cuts = [await radius('circle'), await radius('rounded'), await radius('square')];
  const none = await dressed('avatars', 'none');

  expect(cuts).toEqual(['50%', '28%', '0px']);
  expect(none.all('.face').filter((face) => face.checkVisibility())).toEqual([]);
  const [bubble, log] = ['.other .bubble', '.log'].map((one) => none.one(one).getBoundingClientRect());
  expect((bubble?.left ?? 0) - (log?.left ?? 0)).toBeLessThan(16);
});
