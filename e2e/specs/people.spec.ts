import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import type { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

function button(person: Person, name: string | RegExp): Locator {
  return person.widget.getByRole('button', { name });
}

/** What axe finds on the person's screen, in both colour schemes and at rest. */
async function barriers({ page }: Person): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours change over a time, and axe reads them as they are.
    await page.locator('befriend-chat').evaluate(async ({ shadowRoot }) => {
      await Promise.all(shadowRoot?.getAnimations().map(({ finished }) => finished.catch(() => {})) ?? []);
    });
    const { violations } = await new AxeBuilder({ page }).include('befriend-chat').withTags(rules).analyze();
    all.push(...violations.map(({ id, nodes }) => [colorScheme, id, nodes.map(({ html }) => html)]));
  }
  return all;
}

test('two who met in a room become contacts, and one shuts the other out without his knowing', async ({
  joins,
  room,
  keys,
}) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await bob.says('Hello from Bob');
  await ann.reads('Hello from Bob');

  if (keys) {
    // The name is no stop of its own: the menu of the message leads there.
    await ann.log.locator('.row', { hasText: 'Hello from Bob' }).press('Enter');
    await ann.widget.getByRole('menuitem', { name: 'Who is Bob?' }).click();
  } else await ann.widget.locator('.row .name button').click();
  await button(ann, 'Stay in touch').click();
  expect(await barriers(ann)).toEqual([]);
  await button(ann, /^Add as contact/).click();
  await expect(ann.panel).toContainText('Waits for an answer');
  await button(bob, /^People 1 request/).click();
  expect(await barriers(bob)).toEqual([]);
  await button(bob, 'Accept Ann').click();

  await expect(ann.panel).toContainText('You are contacts.');
  await expect(ann.widget.locator('.card > .face .dot.available')).toHaveCount(1);
  expect(await barriers(ann)).toEqual([]);

  await bob.widget.locator('.person .entry', { hasText: 'Ann' }).click();
  await bob.widget.locator('summary').click();
  await button(bob, 'Block').click();
  expect(await barriers(bob)).toEqual([]);
  await bob.widget.locator('.sheet .danger').click();
  await expect(button(bob, 'Unblock')).toBeVisible();

  await expect(ann.widget.locator('.card > .face .dot.offline')).toHaveCount(1);
  await button(ann, 'Message').click();
  await ann.isReady();
  await ann.says('Can you hear me?');
  await ann.sent('Can you hear me?');
  await button(bob, 'Back').click();
  await button(bob, 'Back').click();
  // What Ann says in the room comes after it, and that is heard.
  await button(ann, 'Back').click();
  await button(ann, 'Back').click();
  await ann.isReady();
  await ann.says('Is anybody here?');
  await expect(bob.panel).toContainText('Is anybody here?');
  await expect(bob.launcher.locator('.badge')).toHaveText('');
  expect(await bob.panel.textContent()).not.toContain('Can you hear me?');
});

test('a group is made, a link leads into it, and its owner renames it and sends somebody away', async ({
  joins,
  arrives,
  stack,
  room,
}) => {
  const ann = await joins(room, 'Ann');
  await button(ann, /^People/).click();
  await button(ann, 'New group').click();
  await ann.widget.getByLabel('Name of the group').fill('Harbour walk');
  expect(await barriers(ann)).toEqual([]);
  await button(ann, 'Create group').click();
  await ann.isReady();
  await button(ann, 'Harbour walk').click();
  await button(ann, 'Invite by a link').click();
  await button(ann, 'New link').click();
  const link = await ann.widget.getByRole('textbox', { name: 'Invite by a link' }).inputValue();

  const page = stack.site.page('plain', stack.tag({ conversation: room, name: 'Bob' }));
  const bob = await arrives(page + new URL(link).hash);
  await bob.isReady();

  await expect(bob.panel).toContainText('Harbour walk');
  expect(new URL(bob.page.url()).hash).toBe('');
  await ann.page.keyboard.press('Escape');
  await expect(button(ann, 'Options for Bob')).toBeVisible();
  expect(await barriers(ann)).toEqual([]);

  await ann.widget.locator('summary').click();
  await button(ann, 'Rename').click();
  await ann.widget.getByRole('textbox').fill('Harbour dinner');
  await ann.page.keyboard.press('Enter');
  await expect(bob.log).toContainText('The group is called Harbour dinner now');
  await button(ann, 'Options for Bob').click();
  await button(ann, 'Remove').first().click();
  await ann.widget.locator('.sheet .danger').click();

  await expect(button(ann, 'Options for Bob')).toHaveCount(0);
});

test('the keyboard alone leads to oneself and back', async ({ joins, room }) => {
  const ann = await joins(room, 'Ann');
  const { keyboard } = ann.page;
  await button(ann, /^People/).focus();
  await keyboard.press('Enter');
  await expect(ann.panel).toContainText('Nobody here yet');

  await keyboard.press('Tab');
  await expect(button(ann, 'Back')).toBeFocused();
  for (let step = 0; step < 3; step += 1) await keyboard.press('Tab');
  await keyboard.press('Enter');

  await expect(ann.widget.getByRole('radio', { name: /^Available/ })).toBeChecked();
  await expect(ann.panel).toContainText('This device');
  expect(await barriers(ann)).toEqual([]);
  await ann.widget.getByRole('radio', { name: /^Available/ }).focus();
  await keyboard.press('ArrowDown');
  await expect(ann.widget.getByRole('radio', { name: /^Away/ })).toBeChecked();
  await button(ann, 'Back').focus();
  await keyboard.press('Enter');
  await expect(ann.widget.locator('.person .dot.away')).toHaveCount(1);
});
