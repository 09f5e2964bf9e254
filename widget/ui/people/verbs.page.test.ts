import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Person, Related, Relation } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { enPeople } from '../../i18n/en-people.ts';
import type { Feature } from '../env.ts';
import { clearStages, me, messages, named, type Stage, soon, stage, viewOf } from '../stage.test.tsx';

beforeEach(() => page.viewport(440, 760));
afterEach(clearStages);

const hour = 3_600_000;
const bea: Person = { id: 'bea', name: 'Bea', kind: 'visitor', verified: false };
const every: readonly Feature[] = ['people', 'groups', 'presence', 'profile', 'files', 'reactions', 'search'];

/** What stands between the two, as `slot kind` of one's own, with `<` before what the other has said. */
function related(...words: readonly string[]): Related {
  const relations = words.map((line): Relation => {
    const [slot = '', kind = ''] = line.replace('<', '').split(' ');
    return { slot, kind, own: !line.startsWith('<'), since: 0 };
  });
  return { person: bea, relations };
}

function viewAt(screen: View['screen'], one: Related = related(), more: Partial<View> = {}): View {
  const shared = { relatedListed: true, people: { me, bea }, ...more };
  return viewOf({ items: messages(1, 2) }, { screen, related: { bea: one }, ...shared });
}

async function shown(view: View, features: readonly Feature[] = every, locale = 'en'): Promise<Stage> {
  const staged = stage(view, locale, features);
  await expect.poll(() => staged.all('.people'), soon).toHaveLength(1);
  return staged;
}

/** Presses, one after the other, what says these words; what lies under “More” too. */
async function presses(staged: Stage, words: readonly string[]): Promise<void> {
  for (const word of words) {
    for (const fold of staged.all('details')) fold.setAttribute('open', '');
    const find = (): HTMLElement | undefined =>
      [...staged.all('.sheet button'), ...staged.all('button')].find(({ textContent }) =>
        textContent?.startsWith(word),
      );
    await expect.poll(find, soon).toBeDefined();
    await userEvent.click(find() as HTMLElement);
  }
}

const texts = enPeople;
const set = (kind: string, ms?: number): object => ({
  type: 'relation.set',
  body: { user: 'bea', kind, ...(ms === undefined ? {} : { until: expect.any(Number) }) },
});
const end = (slot: string): object => ({ type: 'relation.end', body: { user: 'bea', slot } });
const to = (verb: string, more: object = {}): object => ({ type: `relation.${verb}`, body: { user: 'bea', ...more } });

/** What stands, what is pressed, and what the friend is asked for. */
const verbs: readonly (readonly [stands: readonly string[], pressed: readonly string[], wish: object])[] = [
  [[], [texts.add, texts.ask.contact], to('ask', { kind: 'contact' })],
  [[], [texts.add, texts.ask.acquaintance], to('ask', { kind: 'acquaintance' })],
  [[], [texts.add, texts.ask.follower], to('ask', { kind: 'follower' })],
  [['closeness acquaintance'], [texts.ask.contact, texts.ask.contact], to('ask', { kind: 'contact' })],
  [['<ask contact'], [texts.accept], to('accept')],
  [['<ask contact'], [texts.decline], to('decline')],
  [['ask contact'], [texts.withdraw], to('withdraw')],
  [['closeness contact'], [texts.close], set('close')],
  [['closeness close'], [texts.close], set('contact')],
  [['closeness contact'], [texts.lessen, texts.lessen], set('acquaintance')],
  [['closeness contact'], [texts.end, texts.end], end('closeness')],
  [['<closeness follower'], [texts.unfollow], end('closeness')],
  [[], [texts.mute, texts.muteFor.hour], set('muted', hour)],
  [[], [texts.mute, texts.muteFor.hours], set('muted', 8 * hour)],
  [[], [texts.mute, texts.muteFor.always], set('muted')],
  [['notice muted'], [texts.mute], end('notice')],
  [[], [texts.distance], set('distant')],
  [['limit distant'], [texts.distance], end('limit')],
  [[], [texts.block, texts.block], set('blocked')],
  [['limit blocked'], [texts.unblock], end('limit')],
];

test.each(verbs)('with %j between the two, %j asks for what it says', async (stands, pressed, wish) => {
  const staged = await shown(viewAt({ at: 'person', user: 'bea' }, related(...stands)));

  await presses(staged, pressed);

  expect(named(staged.acts, 'wish')).toEqual([wish]);
});

test('mutes for as long as it says, by the friend’s clock', async () => {
  const staged = await shown(viewAt({ at: 'person', user: 'bea' }, related(), { clockOffset: 5_000 }));
  const [wishes, now] = [
    () => named(staged.acts, 'wish') as { body: { until: number } }[],
    new Date(2026, 10, 22, 12, 0),
  ];

  await presses(staged, [texts.mute, texts.muteFor.hour]);

  expect(wishes().map(({ body }) => body.until)).toEqual([now.getTime() + 5_000 + hour]);
});

test('reports somebody with words of one’s own, says that it has, and reports nothing without', async () => {
  const staged = await shown(viewAt({ at: 'person', user: 'bea' }));
  await presses(staged, [texts.report]);
  expect(staged.one('.sheet [type=submit]')).toHaveProperty('disabled', true);

  await userEvent.fill(staged.one('.sheet textarea'), '  Was rude ');
  await userEvent.click(staged.one('.sheet [type=submit]'));

  expect(named(staged.acts, 'wish')).toEqual([{ type: 'user.report', body: { user: 'bea', reason: 'Was rude' } }]);
  expect(staged.one('.card [role=status]').textContent).toBe(texts.reported);
});

test('ends what keeps somebody apart from the list, too', async () => {
  for (const [stands, word, slot] of [
    ['limit blocked', texts.unblock, 'limit'],
    ['notice muted', texts.unmute, 'notice'],
  ] as const) {
    const staged = await shown(viewAt({ at: 'people' }, related(stands)));
    await presses(staged, [word]);
    expect(named(staged.acts, 'wish')).toEqual([end(slot)]);
    clearStages();
  }
});

test('comes into a group that he is invited to, or declines', async () => {
  const invites = [{ conversation: 'c_9', name: 'Choir', by: bea, at: 0 }];
  const staged = await shown(viewAt({ at: 'people' }, related(), { invites }));
  expect(staged.one('.scroll section').textContent).toContain('ChoirBea invites you');

  await presses(staged, [`${texts.join} Choir`, `${texts.decline} Choir`]);

  expect(named(staged.acts, 'wish')).toEqual([
    { type: 'conversation.join', body: { conversation: 'c_9' } },
    { type: 'conversation.decline', body: { conversation: 'c_9' } },
  ]);
});

test('says of a name whether the site vouches for it', async () => {
  const lines: unknown[] = [];
  for (const more of [{}, { kind: 'user', verified: true }, { kind: 'colleague' }, { kind: 'bot' }] as const) {
    const staged = await shown(
      viewAt({ at: 'person', user: 'bea' }, related(), { people: { me, bea: { ...bea, ...more } } }),
    );
    lines.push(staged.one('.card h3 + .quiet').textContent);
    clearStages();
  }

  expect(lines).toEqual([texts.unverified, texts.verified, texts.team, texts.bot]);
});

test('sets how one is seen, and a line that ends by itself, and takes it away', async () => {
  const own = { show: 'dnd', status: 'In a meeting' } as const;
  const presence = { me: { user: 'me', show: 'dnd', status: 'In a meeting', own } } as View['presence'];
  const staged = await shown(viewAt({ at: 'me' }, related(), { presence, clockOffset: 5_000 }));
  const now = new Date(2026, 10, 22, 12, 0).getTime() + 5_000;

  await userEvent.click(staged.all('.pick input')[3] as HTMLElement);
  await userEvent.fill(staged.one('.form .field'), 'At lunch');
  for (const span of ['half', 'hour', 'today', 'always']) {
    await userEvent.selectOptions(staged.one('.until select'), span);
    await userEvent.click(staged.one('.form [type=submit]'));
    await userEvent.fill(staged.one('.form .field'), 'At lunch');
  }
  await presses(staged, [texts.clear]);

  const midnight = new Date(2026, 10, 23).getTime() + 5_000;
  const status = (until: object): object => ({ show: 'dnd', status: 'At lunch', ...until });
  expect(named(staged.acts, 'wish')).toEqual(
    [
      { show: 'invisible' },
      ...[{ until: now + hour / 2 }, { until: now + hour }, { until: midnight }, {}].map(status),
      { status: null },
    ].map((body) => ({ type: 'presence.set', body })),
  );
});

/** What each area shows, where it is on; in a conversation or at the screen of people. */
const areas: readonly (readonly [feature: Feature, screen: View['screen'], what: string])[] = [
  ['people', { at: 'conversation', ref: 'support' }, '.row .who'],
  ['people', { at: 'people' }, '.person[data-of=bea], .scroll section'],
  ['groups', { at: 'people' }, 'header .do'],
  ['profile', { at: 'people' }, '.scroll > ul .person'],
  ['presence', { at: 'me' }, 'fieldset'],
  ['files', { at: 'conversation', ref: 'support' }, '.attach'],
  ['reactions', { at: 'conversation', ref: 'support' }, '.tool.emoji'],
];

test.each(areas)('shows nothing of %s where it is off, at %j, and all else', async (feature, screen, what) => {
  const view = viewAt(screen, related('closeness contact'));
  const found: number[] = [];
  for (const features of [every, every.filter((one) => one !== feature), [feature]]) {
    const staged = stage(view, 'en', features);
    await expect
      .poll(() => staged.all(screen?.at === 'conversation' ? '.row' : '.people').length, soon)
      .toBeGreaterThan(0);
    found.push(Math.min(staged.all(what).length, 1));
    clearStages();
  }

  expect(found).toEqual([1, 0, 1]);
});

const screens: readonly (readonly [screen: View['screen'], stands: readonly string[]])[] = [
  [{ at: 'people' }, ['<ask contact']],
  [{ at: 'people' }, ['closeness close', 'notice muted']],
  [{ at: 'people' }, ['limit blocked']],
  [{ at: 'person', user: 'bea' }, ['<ask contact', 'closeness acquaintance']],
  [{ at: 'person', user: 'bea' }, ['closeness contact']],
  [{ at: 'group', id: 'c_1' }, []],
  [{ at: 'new-group' }, ['closeness contact']],
  [{ at: 'me' }, []],
];

/** Whether it ends in an ellipsis where it is too long. */
function isCut(part: Element | null): boolean {
  return part !== null && (getComputedStyle(part).textOverflow === 'ellipsis' || isCut(part.parentElement));
}

test.each(screens)(
  'fits into 360 pixels: %j with %j, also with long words and all of it open',
  async (screen, stands) => {
    await page.viewport(360, 640);
    const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen von der Oberweserbrücke';
    const people = { me: { ...me, name: long }, bea: { ...bea, name: long } };
    const invites = [{ conversation: 'c_9', name: long, by: people.bea, at: 0 }];
    const members = { c_1: { list: [me, bea].map(({ id }) => ({ person: people[id as 'me'], role: 'owner' })) } };
    const one = { ...related(...stands), person: people.bea };
    const view = viewAt(screen, one, { people, invites, me: people.me, members });
    const group = { ...view.conversations.c_1, kind: 'group', name: long, role: 'owner' } as const;
    for (const locale of ['en', 'de', 'ar']) {
      const staged = await shown({ ...view, conversations: { c_1: group as never } }, every, locale);
      for (const fold of staged.all('details')) fold.setAttribute('open', '');

      const outside = staged.all('.people *').filter((part) => {
        if (isCut(part)) return false;
        const { left, right, width } = part.getBoundingClientRect();
        return width > 1 && (left < -1 || right > 361);
      });
      expect([locale, outside.map(({ outerHTML }) => outerHTML.slice(0, 80))]).toEqual([locale, []]);
      clearStages();
    }
  },
);
