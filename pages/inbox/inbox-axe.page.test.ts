import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { guestName } from '../../protocol/guest-name.ts';
import { wordsFor } from '../../widget/i18n/languages.ts';
import { caseOf, clearStages, conversationOf, drawn, kim, type Stage, stage, viewOf } from './stage.test.tsx';
import type { Look } from './ui/drawn.ts';
import { ar } from './words/ar.ts';

afterEach(clearStages);

const mine = caseOf('Vera', { state: 'assigned', assignee: kim.id, topic: 'Order 1042', language: 'sv' });
const cases = [
  mine,
  caseOf('Malik', { unread: 2, queue: 'returns' }),
  caseOf('Ines', { state: 'assigned', assignee: 'u_lea' }),
  caseOf('Tomasz', { state: 'closed', score: 4 }),
];
const opened = {
  case: mine,
  notes: [{ conversation: mine.conversation, text: 'A regular', by: 'u_lea', at: 0, seq: 1 }],
  page: { url: 'https://shop.example/', title: 'Teapots', at: 0, referrer: 'https://search.example/' },
  attributes: { basket: '48' },
  signed: { plan: 'pro' },
  before: 2,
};

/** What WCAG 2.2 AA finds in it, as `RULE: ELEMENT`. */
async function findings({ root }: Stage): Promise<string[]> {
  const finite = root.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations === 1);
  await Promise.all(finite.map((one) => one.finished));
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await axe.run(root.host, { runOnly, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

async function staged(look: Look, width: number): Promise<Stage> {
  await page.viewport(width, 900);
  const conversation = {
    ...conversationOf(mine, [
      [mine.visitor.user, 'Hello'],
      [kim.id, 'Hello Vera'],
    ]),
    typing: ['u_lea'],
  };
  const at = await stage(cases, { view: viewOf([conversation]), answers: { 'desk.open': () => opened } });
  at.inbox.deeds.look({ look });
  await drawn();
  return at;
}

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 1024],
  ['dark', 390],
] as const)(
  'has nothing that axe finds in %s colours at %i pixels, whatever stands over it',
  async (look, width) => {
    const at = await staged(look, width);
    const found: string[] = await findings(at);

    at.inbox.deeds.open(mine.conversation);
    await drawn();
    found.push(...(await findings(at)));
    at.inbox.deeds.look({ details: true });
    await drawn();
    found.push(...(await findings(at)));
    for (const over of [
      'assign',
      'invite',
      'move',
      'snooze',
      'canned',
      'cannedEditor',
      'keys',
      'settings',
      'signOut',
      'takeOver',
      'rail',
    ] as const) {
      at.inbox.deeds.over(over);
      await drawn();
      found.push(...(await findings(at)));
      at.inbox.deeds.over(undefined);
      await drawn();
    }
    at.inbox.deeds.open('c_support_ines');
    at.inbox.desk.hear({ type: 'desk.changed', body: cases[2] } as never);
    await drawn();
    found.push(...(await findings(at)));

    expect(found).toEqual([]);
  },
  120_000,
);

test.each(['light', 'dark'] as const)(
  'has nothing that axe finds in %s colours on the ways in: by an account, by a name, and after a password that is wrong',
  async (look) => {
    await page.viewport(390, 844);
    const at = await stage([], {
      view: { ...viewOf(), me: { ...kim, name: guestName(kim.id) } },
      signIn: async () => 'refused',
    });
    at.inbox.deeds.look({ look });
    await drawn();
    const found = [at.all('.own-name').length, ...(await findings(at))];

    at.inbox.signedOut('nobody');
    await drawn();
    found.push(at.all('.account').length, ...(await findings(at)));
    for (const field of at.all('.account input')) (field as HTMLInputElement).value = 'kim@example.com';
    (at.one('.account') as HTMLFormElement).requestSubmit();
    await drawn();
    found.push(at.all('.account [role=alert]:not(:empty)').length, ...(await findings(at)));

    expect(found).toEqual([1, 1, 1]);
  },
  60_000,
);

test('has nothing that axe finds where nobody is signed in, nor in Arabic', async () => {
  const at = await stage([], { words: await wordsFor('ar'), say: ar, locale: 'ar' });
  const arabic = await findings(at);
  at.inbox.signedOut('stranger');
  await drawn();

  expect([...arabic, ...(await findings(at))]).toEqual([]);
}, 60_000);
