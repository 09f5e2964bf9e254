import { expect, test } from '../fixtures/test.ts';

test.use({ example: 'support' });
// The inbox is built when it is asked for first.
test.describe.configure({ timeout: 240_000 });

test('a visitor of the example goes from the bot to a colleague in the inbox, over a restart, and rates it', async ({
  arrives,
  joins,
  stack,
}) => {
  const visitor = await joins('support', 'Vera');
  await visitor.says('Hello');
  await visitor.reads('Hello, I am Rae, a program. What is it about?');
  await visitor.log.getByRole('button', { name: 'I send something back' }).click();
  await visitor.reads('Which order is it? It is a number.');
  await visitor.says('7');
  await visitor.reads('Why do you send it back?');

  await stack.friend.kill();
  await stack.friend.start();
  await visitor.log.getByRole('button', { name: 'It is broken' }).click();
  await visitor.reads('I bring somebody who can look at it.');

  const token = stack.token('kim', { name: 'Kim', role: 'colleague' });
  const kim = await arrives(`${stack.origin}/inbox/#token=${token}`);
  const inbox = kim.page.locator('befriend-inbox');
  // The desk has given it to the one colleague who is there.
  await inbox.getByRole('button', { name: 'Mine' }).click({ timeout: 120_000 });
  await inbox.locator('.case', { hasText: 'Vera' }).click();
  await expect(inbox.locator('.notes')).toContainText('Order 7, It is broken.');
  await inbox.getByRole('textbox', { name: 'Write a message' }).fill('I am sorry. New ones leave today.');
  await kim.page.keyboard.press('Enter');
  await visitor.reads('I am sorry. New ones leave today.');
  await kim.page.keyboard.press('Escape');
  await kim.page.keyboard.press('e');

  await visitor.log.getByRole('button', { name: '5' }).click();
  await expect(visitor.log).toContainText('Thank you. Is there something you want to add?');
  expect(await visitor.log.innerText()).not.toContain('Order 7, It is broken.');
});
