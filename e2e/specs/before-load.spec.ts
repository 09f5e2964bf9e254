import { expect, test } from '../fixtures/test.ts';

/** What a page may write before the script has come. */
const stub = `<script>
  window.befriend ??= Object.assign((...call) => window.befriend.q.push(call), { q: [] });
  window.heard = [];
  befriend('on', 'message.sent', (fact) => window.heard.push(fact.body.text));
  befriend('open');
  befriend('send', { text: 'Written before anything was loaded' });
</script>`;

declare global {
  interface Window {
    heard: string[];
  }
}

test('what the page called before the script came is done when it is there', async ({
  arrives,
  joins,
  stack,
  room,
}) => {
  const bob = await joins(room, 'Bob');

  const ann = await arrives(stack.site.page('plain', `${stub}\n${stack.tag({ conversation: room, name: 'Ann' })}`));

  await ann.sent('Written before anything was loaded');
  await bob.reads('Written before anything was loaded');
  await bob.says('Heard you');
  await expect
    .poll(() => ann.page.evaluate(() => window.heard))
    .toEqual(['Written before anything was loaded', 'Heard you']);
});

test('a page closes and destroys its widget, and nothing is left', async ({ joins, room }) => {
  const ann = await joins(room, 'Ann');
  const closed = ann.page.waitForEvent('websocket', { predicate: () => true, timeout: 1 }).catch(() => undefined);
  await ann.page.evaluate(() => window.befriend?.('close'));
  await expect(ann.panel).toHaveCount(0);

  await ann.page.evaluate(() => window.befriend?.('destroy'));

  await expect(ann.widget).toHaveCount(0);
  expect(await closed).toBeUndefined();
  const mistake = await ann.page.evaluate(() => {
    try {
      return String(window.befriend?.('opne'));
    } catch (error) {
      return String(error);
    }
  });
  expect(mistake).toContain('befriend("opne") does not exist. Try: open, toggle');
});
