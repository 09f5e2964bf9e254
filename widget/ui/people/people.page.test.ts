import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Person, Related, Relation } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { clearStages, me, messages, type Stage, stage, viewOf } from '../stage.test.tsx';

function person(id: string, name: string, more: Partial<Person> = {}): Person {
  return { id, name, kind: 'user', verified: true, ...more };
}

function related(who: Person, ...relations: readonly (readonly [slot: string, kind: string, own: boolean])[]): Related {
  const since = 0;
  return { person: who, relations: relations.map(([slot, kind, own]): Relation => ({ slot, kind, own, since })) };
}

const [bea, carl, dora, eric, finn] = [
  person('bea', 'Bea Lindqvist'),
  person('carl', 'Carl Maria Freiherr von Weber-Donaudampfschifffahrtsgesellschaft'),
  person('dora', 'دورا الحسن', { verified: false }),
  person('eric', 'Eric'),
  person('finn', 'Finn O’Hara'),
];

const all: readonly Related[] = [
  related(bea, ['ask', 'contact', false]),
  related(carl, ['closeness', 'contact', true], ['closeness', 'contact', false]),
  related(dora, ['closeness', 'close', true], ['closeness', 'contact', false]),
  related(eric, ['ask', 'contact', true]),
  related(finn, ['limit', 'blocked', true]),
];

function viewAt(screen: View['screen'], people: readonly Related[] = all): View {
  return viewOf(
    {},
    {
      screen,
      related: Object.fromEntries(people.map((one) => [one.person.id, one])),
      relatedListed: true,
      people: Object.fromEntries(people.map(({ person: who }) => [who.id, who])),
    },
  );
}

async function shown(view: View): Promise<Stage> {
  const staged = stage(view);
  await expect.poll(() => staged.all('.people').length).toBe(1);
  return staged;
}

function wishes({ acts }: Stage): unknown[] {
  return acts.flatMap(({ type, body }) => (type === 'wish' ? [body] : []));
}

beforeEach(() => page.viewport(440, 760));
afterEach(clearStages);

test('sorts people: who waits first, then one’s own from near to far, then the rest', async () => {
  const { all: find } = await shown(viewAt({ at: 'people' }));

  const sections = find('.scroll :is(section, details)').map((section) =>
    [section.querySelector('h3, summary'), section.querySelector('bdi')].map((part) => part?.textContent),
  );
  expect(sections).toEqual([
    ['Requests to you', 'Bea Lindqvist'],
    ['Your people', 'دورا الحسن'],
    ['You asked', 'Eric'],
    ['Blocked and muted', 'Finn O’Hara'],
  ]);
});

test('accepts and declines with what a screen reader needs to know', async () => {
  const staged = await shown(viewAt({ at: 'people' }));

  const [accept, decline] = staged.all('.scroll section .do');
  accept?.click();
  decline?.click();

  expect(accept?.textContent).toBe('Accept Bea Lindqvist');
  expect(wishes(staged)).toEqual([
    { type: 'relation.accept', body: { user: 'bea' } },
    { type: 'relation.decline', body: { user: 'bea' } },
  ]);
});

test('finds somebody by a part of the name, and says when nobody is called that', async () => {
  const staged = await shown(viewAt({ at: 'people' }));

  await page.elementLocator(staged.one('input')).fill('linD');
  const found = staged.all('.person').map((row) => row.innerText);
  await page.elementLocator(staged.one('input')).fill('nobody');

  expect(found.join()).toContain('Bea Lindqvist');
  expect(staged.all('.person')).toEqual([]);
  expect(staged.one('.empty').innerText).toBe('Nobody is called that.');
});

test('says what this place is for while nobody is there', async () => {
  const staged = await shown(viewAt({ at: 'people' }, []));

  expect(staged.one('.empty').innerText).toContain('Tap a name in a conversation');
});

test('blocks only after the person was told what it does, and Escape leads back', async () => {
  const staged = await shown(viewAt({ at: 'person', user: 'carl' }));
  const item = staged.all('.menu button').find((button) => button.textContent === 'Block');
  staged.one('summary').click();

  item?.click();
  await expect.poll(() => staged.all('.sheet').length).toBe(1);
  expect(staged.one('.sheet').innerText).toContain('look like someone who is never here');
  expect(staged.root.activeElement?.textContent).toBe('Cancel');
  staged.one('.sheet').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await expect.poll(() => staged.all('.sheet').length).toBe(0);
  expect(wishes(staged)).toEqual([]);
  item?.click();
  await expect.poll(() => staged.all('.sheet .danger').length).toBe(1);
  staged.one('.sheet .danger').click();

  expect(wishes(staged)).toEqual([{ type: 'relation.set', body: { user: 'carl', kind: 'blocked' } }]);
});

test('offers what fits what stands between the two', async () => {
  const labels: Record<string, string[]> = {};
  for (const { person: who } of all) {
    const staged = await shown(viewAt({ at: 'person', user: who.id }));
    labels[who.id] = staged.all('.card > .acts .do').map((button) => button.innerText);
    clearStages();
  }

  expect(labels).toEqual({
    bea: ['Accept', 'Decline', 'Message'],
    carl: ['Message'],
    dora: ['Message'],
    eric: ['Message', 'Withdraw'],
    finn: ['Unblock'],
  });
});

test('opens the card of who has written by a tap on the face or the name', async () => {
  const conversation = viewOf({ kind: 'group', items: messages(1, 2) });
  const { acts, all: find, one } = stage(conversation);

  one('.row .name button').click();
  find('.row .who').at(-1)?.click();

  const shown = acts.filter(({ type }) => type === 'screen.show').map(({ body }) => body);
  expect(shown).toEqual([
    { at: 'person', user: 'ann' },
    { at: 'person', user: 'ann' },
  ]);
});

test('says how many wait for an answer, and asks for that once', async () => {
  const invites = [{ conversation: 'c_9', name: 'Choir', by: carl, at: 0 }];
  const { acts, one, panel } = stage({ ...viewAt({ at: 'list' }), listed: true, invites });

  panel.update({ ...viewAt({ at: 'list' }), listed: true, invites });

  expect(one('.tool .count').textContent).toBe('2');
  expect(one('.tool').textContent).toContain('People 2 requests');
  expect(acts.filter(({ type }) => type === 'people.wanted')).toHaveLength(1);
});

test('shows nothing of people where the tag has switched them off', () => {
  const group = viewOf({ kind: 'group', items: messages(1, 2) });
  const { acts, all: find } = stage(group, 'en', []);

  expect(find('.subject button, .who, .dot')).toEqual([]);
  expect(find('.tool').map((tool) => tool.ariaLabel)).toEqual(['More', 'Close chat']);
  expect(acts).toEqual([]);
});

test('gives the focus back to where it was, and to the panel when its screen has gone', async () => {
  const staged = await shown(viewAt({ at: 'person', user: 'carl' }));
  const item = staged.all('.menu button')[1];
  item?.focus();
  item?.click();
  await expect.poll(() => staged.all('.sheet').length).toBe(1);

  staged.one('.sheet .plain').click();
  await expect.poll(() => staged.all('.sheet').length).toBe(0);
  const afterSheet = staged.root.activeElement;
  staged.panel.update(viewOf({}));

  expect(afterSheet).toBe(item);
  expect(staged.root.activeElement).toBe(staged.one('.panel'));
});

test('says in words why nothing came of a wish', async () => {
  const { one } = stage(viewOf({}, { notice: { wish: 'conversation.join', code: 'not_found' } }));

  await expect
    .poll(() => one('.notice-place').textContent)
    .toBe('This invitation does not hold any more. Ask for a new one.');
  expect(one('.notice-place').role).toBe('status');
});

test('lays the picture over the initials, and shows those where it does not load', async () => {
  const pictured = { ...me, avatar: 'data:image/png;base64,broken' };
  const { one } = await shown({ ...viewAt({ at: 'people' }), me: pictured });

  await expect.poll(() => one('.person img').hidden).toBe(true);
  expect(one('.person .face').textContent).toBe('G');
});
