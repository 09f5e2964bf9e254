import { expect, test } from '../fixtures/test.ts';

test('a visitor leaves a message, a colleague comes and answers', async ({ arrives, joins, stack }) => {
  const visitor = await joins('support', 'Vera');
  await expect(visitor.panel).toContainText('We are away');
  await visitor.says('Is the teapot dishwasher safe?');
  await visitor.sent('Is the teapot dishwasher safe?');

  const colleague = await arrives(`${stack.origin}/colleague#${stack.friend.invite}`);
  await colleague.widget.getByRole('button', { name: /Vera/ }).click();
  await colleague.reads('Is the teapot dishwasher safe?');
  await expect(visitor.panel).not.toContainText('We are away');
  await colleague.says('It is. Top rack, please.');

  await visitor.reads('It is. Top rack, please.');
  expect(colleague.page.url()).not.toContain(stack.friend.invite);
  await colleague.page.close();
  await expect(visitor.panel).toContainText('We are away');
});

test('an invite makes one colleague, and no second one', async ({ arrives, stack, joins }) => {
  const visitor = await joins('support', 'Viktor');
  await visitor.says('Only for colleagues');
  await visitor.sent('Only for colleagues');

  const stranger = await arrives(`${stack.origin}/colleague#${stack.friend.invite}`);
  await expect(stranger.panel).toBeVisible();
  await expect(stranger.panel).not.toContainText(/connecting/i);

  await expect(stranger.widget.getByText('Viktor')).toHaveCount(0);
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
