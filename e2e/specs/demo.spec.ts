import { expect, test } from '../fixtures/test.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

for (const size of sizes) {
  test(`the shop and its widget at ${size.width} px`, async ({ arrives, stack }, info) => {
    const ann = await arrives(`${stack.origin}/`);
    await ann.page.setViewportSize(size);
    await ann.page.evaluate(() => scrollTo(0, 300));
    await ann.opens();
    await ann.says(`Do you ship to Lisbon? (${size.width})`);
    await ann.sent(`Do you ship to Lisbon? (${size.width})`);

    const path = info.outputPath(`shop-${size.width}.png`);
    await ann.page.screenshot({ path });
    await info.attach('screenshot', { path, contentType: 'image/png' });

    expect(await ann.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await ann.page.evaluate(() => scrollY)).toBe(300);
    const panel = await ann.panel.boundingBox();
    expect(panel && panel.x >= 0 && panel.x + panel.width <= size.width && panel.y >= 0).toBe(true);
    expect(ann.complaints).toEqual([]);
  });
}

test('three people side by side talk to each other in one window', async ({ arrives, stack }) => {
  const window = await arrives(`${stack.origin}/people`);
  const { Person } = await import('../fixtures/person.ts');
  const people = [0, 1, 2].map((index) => {
    const frame = window.page.frameLocator('iframe').nth(index);
    return new Person(window.page, frame.locator('befriend-chat'));
  });
  const [ann, bob, cem] = people;
  if (ann === undefined || bob === undefined || cem === undefined) throw new Error('there must be three');
  for (const person of people) await person.isReady();

  await ann.says('Who is here?');
  await bob.reads('Who is here?');
  await cem.reads('Who is here?');
  await cem.says('Me');

  await ann.reads('Me');
  await bob.reads('Me');
});
