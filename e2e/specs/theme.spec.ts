import { expect, test } from '../fixtures/test.ts';

declare global {
  interface Window {
    violations: string[];
    /** The launcher's fill at each frame in which it was seen. */
    fills: string[];
  }
}

/** Notes before all other scripts in which colours the launcher is ever seen. */
const watch = `<script nonce="x1">
  window.fills = [];
  (function look() {
    const launcher = document.querySelector('befriend-chat')?.shadowRoot?.querySelector('.launcher');
    const fill = launcher?.checkVisibility() ? getComputedStyle(launcher).backgroundColor : undefined;
    if (fill && fills.at(-1) !== fill) fills.push(fill);
    requestAnimationFrame(look);
  })();
</script>`;

test('has the page’s own brand from its first frame on, under a strict policy, and takes a theme while one chats', async ({
  arrives,
  joins,
  stack,
  room,
}) => {
  const policy = [
    "default-src 'none'",
    "script-src 'nonce-x1' 'strict-dynamic'",
    "style-src 'nonce-x1'",
    `connect-src ${new URL(stack.xmpp.service).origin} ${stack.origin}`,
    `img-src ${stack.origin}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const brand = '<style nonce="x1">befriend-chat { --befriend-color-brand: #ffe600 }</style>';
  const tag = stack
    .tag({ conversation: room, name: 'Ann', theme: 'dark bubbles-square' })
    .replace('<script ', '<script nonce="x1" ');
  const ann = await arrives(stack.site.page('strict', watch + brand + tag, { 'Content-Security-Policy': policy }));
  await ann.opens();
  const bob = await joins(room, 'Bob');
  await bob.says('Do you like yellow?');
  await ann.reads('Do you like yellow?');
  await expect(ann.panel).toHaveCSS('color-scheme', 'dark');

  await ann.page.evaluate(() => window.befriend?.('theme', { scheme: 'light', color: { surface: '#fffbe6' } }));
  await ann.says('Rather a lot');

  await bob.reads('Rather a lot');
  await expect(ann.panel).toHaveCSS('background-color', 'rgb(255, 251, 230)');
  await expect(ann.launcher).toHaveCSS('color', /^color\(xyz-d65 0 0 0\)|rgb\(0, 0, 0\)/);
  expect(await ann.page.evaluate(() => window.fills)).toEqual(['rgb(255, 230, 0)']);
  expect(await ann.page.evaluate(() => window.violations)).toEqual([]);
});

test('is not seen before it looks as its tokens file says, and says what of it does not hold', async ({
  arrives,
  stack,
  room,
}) => {
  const file = {
    own: { green: { $type: 'color', $value: { colorSpace: 'srgb', components: [0, 0.5, 0.25] } } },
    befriend: { color: { brand: { $value: '{own.green}' }, surface: { $value: 'url(/x)' } } },
  };
  const cors = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/json' };
  const tag = stack.tag({ conversation: room, theme: 'https://brand.example/tokens.json' });
  const ann = await arrives('about:blank');
  await ann.page.route('https://brand.example/**', (route) => route.fulfill({ json: file, headers: cors }));

  await ann.page.goto(stack.site.page('plain', watch + tag));
  await expect(ann.launcher).toBeVisible();

  expect(await ann.page.evaluate(() => window.fills)).toEqual(['color(srgb 0 0.5 0.25)']);
  expect(ann.complaints.join()).toContain('/befriend/color/surface/$value: "url(/x)" is no colour');
});

test('looks as the page around it, and goes into the dark with it', async ({ arrives, stack, room }) => {
  const style =
    '<style>body { background: #fff; color: #222 } .night body { background: #16181d; color: #eee }</style>';
  const ann = await arrives(stack.site.page('plain', style + stack.tag({ conversation: room, theme: 'inherit' })));
  await ann.opens();
  await expect(ann.panel).toHaveCSS('color-scheme', 'light');

  await ann.page.evaluate(() => {
    document.documentElement.className = 'night';
  });

  await expect(ann.panel).toHaveCSS('color-scheme', 'dark');
  await expect(ann.panel).toHaveCSS('color', 'rgb(238, 238, 238)');
});
