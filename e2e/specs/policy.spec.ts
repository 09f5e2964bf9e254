import { expect, test } from '../fixtures/test.ts';

/** The strictest policy that DESIGN promises to live under. */
function policy(friend: string, xmpp: string): string {
  return [
    "default-src 'none'",
    "script-src 'nonce-x1' 'strict-dynamic'",
    "style-src 'none'",
    `connect-src ${xmpp} ${friend}`,
    `img-src ${friend}`,
    `media-src ${friend}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

declare global {
  interface Window {
    violations: string[];
  }
}

test('chats under a strict policy without a single violation', async ({ arrives, joins, stack, room }) => {
  const headers = { 'Content-Security-Policy': policy(stack.origin, new URL(stack.xmpp.service).origin) };
  const tag = stack.tag({ conversation: room, name: 'Ann' }).replace('<script ', '<script nonce="x1" ');
  const ann = await arrives(stack.site.page('strict', tag, headers));
  await ann.opens();
  const bob = await joins(room, 'Bob');

  await ann.says('Strictly speaking https://example.com');
  await bob.reads('Strictly speaking https://example.com');
  await bob.says('No violations');
  await ann.reads('No violations');

  expect(await ann.page.evaluate(() => window.violations)).toEqual([]);
  await expect(ann.panel).toHaveCSS('position', 'fixed');
});

test('the harness sees a violation when there is one', async ({ arrives, stack, room }) => {
  const headers = { 'Content-Security-Policy': policy(stack.origin, new URL(stack.xmpp.service).origin) };
  const tag = stack.tag({ conversation: room });

  const ann = await arrives(stack.site.page('strict', tag, headers));

  await expect.poll(() => ann.page.evaluate(() => window.violations)).toContain('script-src-elem');
});
