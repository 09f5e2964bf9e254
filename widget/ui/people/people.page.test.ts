import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Person, Related, Relation } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { clearStages, type Stage, stage, viewOf } from '../stage.test.tsx';

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

  const sections = find('.scroll section').map((section) =>
    [section.querySelector('h3'), section.querySelector('bdi')].map((part) => part?.textContent),
  );
  expect(sections).toEqual([
    ['Requests', 'Bea Lindqvist'],
    ['Your people', 'دورا الحسن'],
    ['You asked', 'Eric'],
    ['Blocked and muted', 'Finn O’Hara'],
  ]);
});

test('accepts and declines with what a screen reader needs to know', async () => {
  const staged = await shown(viewAt({ at: 'people' }));

  const [accept, decline] = staged.all('section:first-of-type .do');
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
  const item = staged.all('.menu button').find((button) => button.innerText === 'Block');

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
    bea: ['Message', 'Accept', 'Decline'],
    carl: ['Message'],
    dora: ['Message'],
    eric: ['Message', 'Withdraw'],
    finn: ['Unblock'],
  });
});
