import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

// The inbox is built when it is asked for first.
test.describe.configure({ timeout: 240_000 });

test('a visitor leaves a message, a colleague comes and answers', async ({ arrives, joins, stack }) => {
  const visitor = await joins('support', 'Vera');
  await expect(visitor.panel).toContainText('We are away');
  await visitor.says('Is the teapot dishwasher safe?');
  await visitor.sent('Is the teapot dishwasher safe?');

  const { page } = await arrives(`${stack.origin}/colleague#${stack.friend.invite}`);
  const colleague = new Person(page, page.locator('befriend-inbox'));
  await colleague.widget.getByRole('textbox', { name: 'Your name' }).fill('Kim', { timeout: 120_000 });
  await page.keyboard.press('Enter');
  await colleague.widget.locator('.case', { hasText: 'Vera' }).click();
  await colleague.reads('Is the teapot dishwasher safe?');
  await expect(visitor.panel).not.toContainText('We are away');
  await colleague.widget.locator('.gate').getByRole('button', { name: 'Take' }).click();
  await colleague.widget.getByRole('textbox', { name: 'Write a message' }).fill('It is. Top rack, please.');
  await page.keyboard.press('Enter');

  await visitor.reads('It is. Top rack, please.');
  await expect(visitor.panel).toContainText('Kim');
  expect(page.url()).not.toContain(stack.friend.invite);
  await page.close();
  await expect(visitor.panel).toContainText('We are away');
});

test('an invite makes one colleague, and no second one', async ({ arrives, stack, joins }) => {
  const visitor = await joins('support', 'Viktor');
  await visitor.says('Only for colleagues');
  await visitor.sent('Only for colleagues');

  const stranger = await arrives(`${stack.origin}/colleague#${stack.friend.invite}`);
  await expect(stranger.page.getByText('You are signed in, but not as a colleague.')).toBeVisible({ timeout: 120_000 });

  await expect(stranger.page.getByText('Viktor')).toHaveCount(0);
});

test('a visitor sees nobody else’s support conversation', async ({ joins }) => {
  const one = await joins('support', 'One');
  await one.says('My secret question');
  await one.sent('My secret question');

  const two = await joins('support', 'Two');
  await two.says('Another question');
  await two.sent('Another question');

  expect(await two.texts()).toEqual(['Another question']);
});
