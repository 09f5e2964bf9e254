import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Item, View } from '../../core/view.ts';
import { clearStages, me, message, rest, type Stage, soon, stage, viewOf } from '../stage.test.tsx';

beforeEach(() => page.viewport(440, 760));
afterEach(clearStages);

const odd = [
  ['bidi overrides', '\u202Etxt.exe \u2067\u202D\u2066left open'],
  ['zalgo', [...'he comes'].map((letter) => letter + '\u0334\u0310\u0351\u035D\u0489\u0325'.repeat(12)).join('')],
  ['a word of 100,000 characters', 'x'.repeat(100_000)],
  ['8,000 combining marks', `a${'\u0301'.repeat(8_000)}`],
] as const;

/** What the friend lets a name be, UTF-16 units; the longest label too. */
const mostOfName = 200;

/** A conversation in which `text` stands as message and in a link, and its beginning as every kind of name. */
function viewWith(text: string): View {
  const called = text.slice(0, mostOfName);
  const other = { id: 'odd', name: called, kind: 'user', verified: true } as const;
  const extras = {
    files: [{ id: 'f_1', name: called, type: 'application/pdf', size: 9 }],
    buttons: [{ id: 'a', label: called }],
  };
  const beside = { ...message(3, 'odd', ''), extras } as Item;
  const items = [
    message(1, 'odd', text),
    message(2, 'me', `https://example.com/${text}`),
    beside,
    message(4, 'me', 'So'),
  ];
  return viewOf({ kind: 'group', items, name: called, people: [me, other] }, { people: { me, odd: other } });
}

/** Where the parts of the panel stand, those of the log by their sides alone. */
function placesIn({ one }: Stage): unknown {
  const round = (...sides: number[]): number[] => sides.map(Math.round);
  const box = (selector: string) => one(selector).getBoundingClientRect();
  return {
    panel: round(box('.panel').width, box('.panel').height),
    header: round(box('.header').top, box('.header').height),
    close: round(box('.close').left, box('.close').width),
    composer: round(box('.composer').top, box('.composer').height),
    log: round(box('.log').left, box('.log').width, one('.log').scrollWidth - one('.log').clientWidth),
  };
}

/** Everything in the log that stands out of it at a side, and rows that lie on the next one. */
function astray({ one, all }: Stage): string[] {
  const log = one('.log').getBoundingClientRect();
  const wide = all('.log .row, .log .bubble, .log .name, .log .file, .log .choice').filter((part) => {
    const { left, right } = part.getBoundingClientRect();
    return left < log.left - 1 || right > log.right + 1;
  });
  const rows = all('.log .row').map((row) => row.getBoundingClientRect());
  const covered = rows.filter(({ bottom }, index) => bottom > (rows[index + 1]?.top ?? Number.POSITIVE_INFINITY) + 1);
  return [...wide.map(({ className }) => className), ...covered.map(() => 'a row on the next one')];
}

async function drawn(text: string): Promise<Stage> {
  const made = stage(viewWith(text), 'en', ['people', 'reactions', 'files']);
  await expect.poll(() => made.all('.choice, .file').length, soon).toBe(2);
  await rest(made.root);
  return made;
}

test.each(odd)('keeps everything in its place where people write %s', async (_, text) => {
  const usual = placesIn(await drawn('usual'));
  clearStages();

  const panel = await drawn(text);

  expect(placesIn(panel)).toEqual(usual);
  expect(astray(panel)).toEqual([]);
});

test('sees what stands out of the log where something does', async () => {
  const panel = await drawn('usual');

  panel.one('.log .bubble').style.cssText = 'min-inline-size: 900px';

  expect(astray(panel)).toContain('bubble');
});
