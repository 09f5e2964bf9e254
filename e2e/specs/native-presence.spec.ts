import { expect, test } from '../fixtures/test.ts';
import { type HeardStanza, XmppAccount } from '../fixtures/xmpp-account.ts';

/** What a client was told of an address from some stanza on: `''` is there, `unavailable` is not. */
function presenceOf(account: XmppAccount, address: string, from = 0): string[] {
  return account.heard.all
    .slice(from)
    .filter((stanza) => stanza.name === 'presence' && stanza.from === address)
    .map(({ type }) => type);
}

test('a colleague sees in his own client whether a visitor is there, and a restart of the XMPP server takes nobody away', async ({
  joins,
  stack,
}) => {
  test.setTimeout(150_000);
  const cora = await XmppAccount.online(stack.xmpp, 'cora');
  await cora.adds(stack.address);
  const visitor = await joins('support', 'Vilma');
  await visitor.says('Is my blue cup ready?');
  await visitor.sent('Is my blue cup ready?');
  const { from: chat } = await cora.heard.until('for the words', ({ text }) => text.includes('blue cup ready?'));
  const isOf = ({ name, from }: HeardStanza): boolean => name === 'presence' && from === chat;
  const there = await cora.heard.until('to see her there', (one) => isOf(one) && one.type === '');

  const before = cora.heard.all.length;
  await stack.xmpp.restart?.();
  // xmpp.js gives a stream up for ever that opens too slowly: another client of hers comes, too.
  const again = await XmppAccount.online(stack.xmpp, 'cora');
  await expect.poll(() => presenceOf(again, chat), { timeout: 60_000 }).not.toEqual([]);
  await visitor.says('And now?');
  await visitor.sent('And now?');
  // Whoever had not come back would be gone by now: 20 s after the friend, which itself may take 10 s.
  await visitor.page.waitForTimeout(25_000);
  const during = [...presenceOf(cora, chat, before), ...presenceOf(again, chat)];

  const closed = again.heard.all.length;
  await visitor.page.close();
  await expect.poll(() => presenceOf(again, chat, closed), { timeout: 30_000 }).toContain('unavailable');
  await Promise.all([cora.leaves(), again.leaves()]);

  expect(there.signs).toContain('x');
  expect(new Set(during)).toEqual(new Set(['']));
});
