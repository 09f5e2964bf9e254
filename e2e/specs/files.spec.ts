import { expect, test } from '../fixtures/test.ts';

/** A picture of 2 × 1 pixels (PNG), with a comment that says where it was taken. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAFXRFWHRDb21tZW50AFRha2VuIGF0IGhvbWXFHVH8AAAAD0lEQVR4nGM4EaAhF7UFAAipAm2Mb+iRAAAAAElFTkSuQmCC',
  'base64',
);
const list = Buffer.from('milk\nbread\n'.repeat(20_000));

test('one sends a picture and a list, and the other looks at it and saves it', async ({ joins, room }) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  const chips = ann.widget.getByRole('list', { name: 'Files to send' }).getByRole('listitem');

  await ann.widget.getByLabel('Attach files').setInputFiles([
    { name: 'cat.png', mimeType: 'image/png', buffer: picture },
    { name: 'list.txt', mimeType: 'text/plain', buffer: list },
    { name: 'wrong.txt', mimeType: 'text/plain', buffer: list },
  ]);
  await expect(chips).toHaveCount(3);
  await ann.widget.getByRole('button', { name: 'Remove wrong.txt' }).click();
  await ann.composer.press('Enter');

  await expect(chips).toHaveCount(0);
  await expect(bob.log).toContainText('list.txt');
  await expect(ann.unsettled).toHaveCount(0);
  const address = await bob.widget.getByRole('link', { name: 'Save list.txt' }).getAttribute('href');
  const saved = await bob.page.request.get(address ?? '');
  expect(await saved.body()).toEqual(list);
  await bob.widget.getByRole('button', { name: 'Show cat.png' }).click();
  const shown = bob.widget.getByRole('dialog', { name: 'Pictures' }).getByRole('img', { name: 'cat.png' });
  await expect(shown).toHaveJSProperty('naturalWidth', 2);
  await bob.page.keyboard.press('Escape');
  await expect(shown).toHaveCount(0);
  await expect(bob.widget.getByRole('button', { name: 'Show cat.png' })).toBeFocused();
  expect([...ann.complaints, ...bob.complaints]).toEqual([]);
});
