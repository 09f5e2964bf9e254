import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a conversation in ${colorScheme} colours has nothing that axe finds`, async ({ joins, room }) => {
    const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
    await ann.page.emulateMedia({ colorScheme });
    await bob.says('Have a look: https://example.com');
    await ann.says('I do');
    await ann.sent('I do');

    const found = await new AxeBuilder({ page: ann.page }).withTags(rules).analyze();

    expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
}

test('the keyboard alone opens, writes, sends and closes, and the focus comes back', async ({
  arrives,
  stack,
  room,
}) => {
  const ann = await arrives(stack.site.page('plain', stack.tag({ conversation: room })));
  await ann.page.keyboard.press('Tab');
  await expect(ann.launcher).toBeFocused();

  await ann.page.keyboard.press('Enter');
  await ann.isReady();
  await expect(ann.composer).toBeFocused();
  await ann.page.keyboard.type('Without a mouse');
  await ann.page.keyboard.press('Enter');
  await ann.sent('Without a mouse');
  await ann.page.keyboard.press('Escape');

  await expect(ann.panel).toHaveCount(0);
  await expect(ann.launcher).toBeFocused();
});
