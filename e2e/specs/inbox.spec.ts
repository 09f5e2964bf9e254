import type { Locator } from '@playwright/test';
import type { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

const desk = {
  queues: [
    { id: 'sales', name: 'Sales', assignment: 'pull' },
    { id: 'returns', name: 'Returns', assignment: 'pull' },
  ],
  canned: [{ id: 'hello', title: 'Hello', text: 'Hello {name}, how can I help?' }],
  rating: true,
};

test.use({ config: JSON.stringify({ desk }) });
// The inbox is built when it is asked for first.
test.describe.configure({ timeout: 240_000 });

/** Somebody's inbox, once it is there. */
async function inboxOf({ page }: Person): Promise<Locator> {
  const inbox = page.locator('befriend-inbox');
  await expect(inbox.getByRole('heading', { name: 'Inbox' })).toBeVisible({ timeout: 120_000 });
  return inbox;
}

/** Takes the case that is shown, by the key that its button names. */
async function takes({ page }: Person, inbox: Locator): Promise<void> {
  await expect(inbox.locator('.gate .do')).toBeVisible();
  await page.keyboard.press('t');
}

function row(inbox: Locator, name: string): Locator {
  return inbox.locator('.case', { hasText: name });
}

test('two colleagues share the work on who comes from elsewhere: one takes, notes, answers, hands over, and the other closes', async ({
  arrives,
  stack,
}) => {
  const kim = await arrives(`${stack.origin}/inbox/#token=${stack.token('kim', { name: 'Kim', role: 'colleague' })}`);
  const lea = await arrives(`${stack.origin}/inbox/#token=${stack.token('lea', { name: 'Lea', role: 'colleague' })}`);
  const [kims, leas] = [await inboxOf(kim), await inboxOf(lea)];
  const shop = stack.site.page('plain', stack.tag({ conversation: 'support', name: 'Vera' }));
  const blog = stack.stranger.page('plain', `<a referrerpolicy="unsafe-url" href="${shop}?basket=7">To the shop</a>`);
  const visitor = await arrives(`${blog}?q=secret`);
  await visitor.page.getByRole('link', { name: 'To the shop' }).click();
  await visitor.opens();

  await visitor.says('Is the teapot dishwasher safe?');
  await visitor.sent('Is the teapot dishwasher safe?');
  await expect(row(kims, 'Vera')).toContainText('waits');
  await expect(row(leas, 'Vera')).toContainText('waits');

  await row(kims, 'Vera').click();
  await row(leas, 'Vera').click();
  await kim.page.setViewportSize({ width: 1_440, height: 900 });
  const card = kims.locator('.side');
  await expect(card).toContainText('Came from');
  await expect(card.getByRole('link', { name: blog, exact: true })).toHaveAttribute('href', blog);
  await expect(card.getByRole('link', { name: 'A plain page', exact: true })).toHaveAttribute('href', shop);
  await takes(kim, kims);
  await expect(kims.getByRole('textbox', { name: 'Write a message' })).toBeFocused();
  await expect(leas.locator('.gate')).toContainText('Kim has this.');

  await kim.page.keyboard.press('Escape');
  await kim.page.keyboard.press('n');
  await expect(kims.getByRole('textbox', { name: 'Write a note' })).toBeFocused();
  await kim.page.keyboard.type('She is a regular.');
  await kim.page.keyboard.press('Enter');
  await expect(leas.locator('.notes')).toContainText('She is a regular.');

  await kim.page.keyboard.press('Escape');
  await kim.page.keyboard.press('i');
  await kims.getByRole('button', { name: 'Canned answer' }).click();
  await kims.getByRole('combobox').fill('hel');
  await kims.getByRole('combobox').press('Enter');
  await expect(kims.getByRole('textbox', { name: 'Write a message' })).toHaveValue('Hello Vera, how can I help?');
  await expect(leas.locator('.others')).toContainText('Kim is typing a reply');
  await kims.getByRole('textbox', { name: 'Write a message' }).press('Enter');
  await visitor.reads('Hello Vera, how can I help?');

  await kim.page.keyboard.press('Escape');
  await kim.page.keyboard.press('a');
  await kims.getByRole('combobox').fill('Lea');
  await kims.getByRole('combobox').press('Enter');
  await expect(leas.getByRole('textbox', { name: 'Write a message' })).toBeVisible();
  await expect(kims.locator('.gate')).toContainText('Lea has this.');

  await lea.page.keyboard.press('e');
  await expect(leas.locator('.gate')).toContainText('This is closed.');
  await expect(visitor.log.locator('.offers, form, [role="group"]').first()).toBeVisible();
  expect(await visitor.log.innerText()).not.toContain('She is a regular.');
  // While the inbox is being built, its address says so with 503.
  expect([...kim.complaints, ...lea.complaints].filter((one) => !one.includes('503'))).toEqual([]);
});

test('a one-time link makes a colleague, and what is not signed makes none', async ({ arrives, stack }) => {
  const guest = await arrives(`${stack.origin}/inbox/`);
  await expect(guest.page.getByText('This browser is not signed in.')).toBeVisible({ timeout: 120_000 });

  const colleague = await arrives(`${stack.origin}/inbox/#${stack.friend.invite}`);
  await colleague.page.getByRole('textbox', { name: 'Your name' }).fill('Robin');
  await colleague.page.keyboard.press('Enter');
  await expect((await inboxOf(colleague)).locator('.rail-own')).toContainText('Robin');
  const stranger = await arrives(
    `${stack.origin}/inbox/#token=${stack.token('mallory', { attributes: { role: 'colleague' } })}`,
  );

  await expect(stranger.page.getByText('You are signed in, but not as a colleague.')).toBeVisible();
  expect(colleague.page.url()).not.toContain(stack.friend.invite);
  expect(stranger.page.url()).not.toContain('token');
});

test('a case is taken over after asking, its former colleague sees who has it, and the rating stands in both inboxes', async ({
  arrives,
  joins,
  stack,
}) => {
  const kim = await arrives(`${stack.origin}/inbox/#token=${stack.token('kim', { name: 'Kim', role: 'colleague' })}`);
  const lea = await arrives(`${stack.origin}/inbox/#token=${stack.token('lea', { name: 'Lea', role: 'colleague' })}`);
  const [kims, leas] = [await inboxOf(kim), await inboxOf(lea)];
  const visitor = await joins('support', 'Willa');
  await visitor.says('Where is my parcel?');
  await row(kims, 'Willa').click();
  await row(leas, 'Willa').click();
  await takes(kim, kims);
  await expect(leas.locator('.gate')).toContainText('Kim has this.');

  await lea.page.keyboard.press('t');
  await leas.getByRole('dialog', { name: 'Take this from Kim?' }).getByRole('button', { name: 'Take over' }).click();
  await expect(kims.locator('.gate')).toContainText('Lea has this.');
  const field = leas.getByRole('textbox', { name: 'Write a message' });
  await field.fill('It comes tomorrow.');
  await field.press('Enter');
  await visitor.reads('It comes tomorrow.');
  await lea.page.keyboard.press('Escape');
  await lea.page.keyboard.press('e');
  await visitor.log.getByRole('button', { name: '4' }).click();

  for (const inbox of [kims, leas]) await expect(inbox.locator('.side')).toContainText('4 of 5');
});

test('a colleague and a visitor exchange files, and the inbox shows that one went and finds what was said', async ({
  arrives,
  joins,
  stack,
}) => {
  const kim = await arrives(`${stack.origin}/inbox/#token=${stack.token('kim', { name: 'Kim', role: 'colleague' })}`);
  const inbox = await inboxOf(kim);
  const visitor = await joins('support', 'Xenia');
  const sends = async (who: Locator, name: string): Promise<void> => {
    await who.getByLabel('Attach files').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
    await expect(who.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
    await who.getByRole('textbox', { name: 'Write a message' }).press('Enter');
  };
  await visitor.says('Here is what the invoice said');
  await sends(visitor.widget, 'invoice.txt');
  await row(inbox, 'Xenia').click();
  await takes(kim, inbox);

  await sends(inbox, 'credit.txt');
  for (const [who, name] of [
    [inbox, 'invoice.txt'],
    [visitor.widget, 'credit.txt'],
  ] as const) {
    const link = who.getByRole('link', { name: `Save ${name}` });
    await expect(link).toHaveAttribute('href', /\/files\//);
    const address = await link.getAttribute('href');
    expect(await (await kim.page.request.get(new URL(address ?? '', stack.origin).href)).text()).toBe(name);
  }
  const there = inbox.getByRole('region', { name: 'Xenia' }).locator('.dot.available').first();
  await expect(there).toBeVisible();
  await visitor.page.close();
  await expect(there).toHaveCount(0);
  await inbox.getByRole('searchbox').fill('what the invoice');

  await expect(inbox.locator('.found')).toContainText('Here is what the invoice said');
});
