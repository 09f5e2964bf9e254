import { expect, test } from '../fixtures/test.ts';
import { XmppAccount } from '../fixtures/xmpp-account.ts';

// The inbox is built when it is asked for first.
test.describe.configure({ timeout: 240_000 });

test('a colleague signs in by his XMPP account, stays over a reload, and is forgotten when he signs out', async ({
  arrives,
  joins,
  stack,
}) => {
  const account = await XmppAccount.online(stack.xmpp, 'carla');
  await account.leaves();
  const carla = await arrives(`${stack.origin}/inbox/`);
  const inbox = carla.page.locator('befriend-inbox');
  await expect(inbox.getByRole('textbox', { name: 'Address' })).toBeVisible({ timeout: 120_000 });
  const enters = async (address: string, password: string): Promise<void> => {
    await inbox.getByRole('textbox', { name: 'Address' }).fill(address);
    await inbox.getByRole('textbox', { name: 'Password' }).fill(password);
    await inbox.getByRole('button', { name: 'Sign in' }).click();
  };

  await enters(account.jid, 'no such password');
  await expect(inbox.getByRole('alert')).toContainText('Address or password is wrong');
  await enters(account.jid, 'a-password');
  await expect(inbox.locator('.rail-own')).toContainText('carla');
  const visitor = await joins('support', 'Vera');
  await visitor.says('Is anybody there?');
  await expect(inbox.locator('.case', { hasText: 'Vera' })).toBeVisible();
  await carla.page.reload();
  await expect(inbox.locator('.case', { hasText: 'Vera' })).toBeVisible();
  const kept = await carla.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));

  expect(kept).not.toContain('a-password');
  await inbox.getByRole('button', { name: 'Settings' }).click();
  await inbox.getByRole('button', { name: 'Sign out' }).click();
  await inbox.getByRole('dialog', { name: 'Sign out?' }).getByRole('button', { name: 'Sign out' }).click();
  await expect(inbox.getByText('This browser is not signed in.')).toBeVisible();
  await carla.page.reload();
  await expect(inbox.getByText('This browser is not signed in.')).toBeVisible();
});

test('an account that does not answer for the site leads nobody in', async ({ arrives, stack }) => {
  const account = await XmppAccount.online(stack.xmpp, 'nobody');
  await account.leaves();
  const stranger = await arrives(`${stack.origin}/inbox/`);
  const inbox = stranger.page.locator('befriend-inbox');
  await inbox.getByRole('textbox', { name: 'Address' }).fill(account.jid);

  await inbox.getByRole('textbox', { name: 'Password' }).fill('a-password');
  await inbox.getByRole('button', { name: 'Sign in' }).click();

  await expect(inbox.getByRole('alert')).toContainText('This account does not answer for the site.');
});
