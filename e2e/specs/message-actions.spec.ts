import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import type { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The row of the message with these words, on the person's screen. */
function rowOf({ log }: Person, words: string): Locator {
  return log.locator('.row', { has: log.page().locator('.bubble', { hasText: words }) }).last();
}

/** Opens the menu of a message by the right button, and chooses in it. */
async function chooses(person: Person, words: string, choice: string): Promise<void> {
  const row = rowOf(person, words);
  // The first one that is pointed at loads the menu.
  await row.locator('.bubble').hover();
  await expect(person.widget.getByRole('toolbar')).toBeVisible();
  await row.locator('.bubble').click({ button: 'right', position: { x: 6, y: 6 } });
  await person.widget.getByRole('menu').getByText(choice, { exact: true }).click();
}

test('two react to a message, answer it, alter it and take it away, and both see the same', async ({ joins, room }) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  // Who only passes by a public group may not react.
  await bob.says('Lunch?');
  await ann.reads('Lunch?');
  await ann.says('Shall we say *noon*?');
  await expect(bob.log.locator('.bubble strong')).toHaveText('noon');

  await chooses(bob, 'noon', '👍');
  await expect(ann.log.locator('.chip')).toHaveAccessibleName('👍 1 by Bob');
  await ann.log.locator('.chip').click();
  await expect(bob.log.locator('.chip span')).toHaveText('2');

  await chooses(bob, 'noon', 'Answer');
  await expect(bob.widget.locator('.strip')).toContainText('Answer to Ann');
  const { violations } = await new AxeBuilder({ page: bob.page }).include('befriend-chat').withTags(rules).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await bob.says('Fine with me');
  await expect(rowOf(ann, 'Fine with me').locator('.quoted .line')).toHaveText('Shall we say noon?');

  await ann.composer.press('ArrowUp');
  await expect(ann.composer).toHaveValue('Shall we say *noon*?');
  await ann.says('Shall we say *one*?');
  await expect(bob.log.locator('.bubble strong')).toHaveText('one');
  await expect(rowOf(bob, 'Fine with me').locator('.quoted .line')).toHaveText('Shall we say one?');

  const own = rowOf(bob, 'Fine with me');
  await own.focus();
  await own.press('Enter');
  await bob.page.keyboard.press('End');
  await bob.page.keyboard.press('Enter');
  await bob.widget.locator('.message-sheet').getByRole('button', { name: 'Delete' }).click();
  await expect(ann.log.locator('.bubble.gone')).toHaveCount(1);
  await expect(bob.log.locator('.bubble.gone')).toHaveCount(1);
  expect([...ann.complaints, ...bob.complaints]).toEqual([]);
});
