import { expect, test } from '../fixtures/test.ts';

test('speaks the language of the tag from the first moment, and the words of the page in place of its own', async ({
  arrives,
  stack,
}) => {
  const words = '<script type="application/json" data-befriend-texts>{"base":{"send":"Los damit"}}</script>';
  const tag = stack.tag({ conversation: 'support', locale: 'de-AT' });
  const ann = await arrives(stack.site.page('plain', `${words}${tag}`));

  await ann.launcher.click();

  await expect(ann.composer).toHaveAttribute('placeholder', 'Nachricht schreiben');
  await ann.composer.fill('Guten Tag');
  await ann.widget.getByRole('button', { name: 'Los damit' }).click();
  await ann.sent('Guten Tag');
  await expect(ann.log).toContainText('Gesendet');
  expect(ann.complaints).toEqual([]);
});
