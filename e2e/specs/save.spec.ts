import { expect, test } from '../fixtures/test.ts';

/** A rule that lets messages through with `name` written in another way. */
function calling(name: string): string {
  return `{
    setup(friend) {
      friend.on('message.send', {}, async (_context, next) =>
        (await next()).map((effect) =>
          effect.type === 'message.sent' && effect.body.text !== undefined
            ? { ...effect, body: { ...effect.body, text: effect.body.text.replace('the shop', '${name}') } }
            : effect,
        ),
      );
    },
  }`;
}

test.use({ config: calling('the old shop'), dev: true });

test('a rule that is saved decides from then on, over the sockets that there are', async ({ joins, room, stack }) => {
  const ann = await joins(room, 'Ann');
  const bob = await joins(room, 'Bob');
  const ends: string[] = [];
  for (const { page } of [ann, bob]) {
    page.on('websocket', () => ends.push('another socket'));
    page.on('requestfailed', (request) => ends.push(request.url()));
  }
  await ann.says('I am in the shop');
  await bob.reads('I am in the old shop');

  stack.saves(`${calling('the new shop').slice(0, -1)} this is no JavaScript`);
  await expect.poll(() => stack.friend.said).toContain('The logic from before goes on.');
  await bob.says('Still in the shop');
  await ann.reads('Still in the old shop');
  stack.saves(calling('the new shop'));
  // Written while the friend is changed, or just before, or after: it is stored once all the same.
  await ann.says('On my way');
  await expect.poll(() => stack.friend.said).toContain('was loaded again');
  await bob.reads('On my way');
  await bob.says('Now in the shop');
  await ann.reads('Now in the new shop');

  expect(ends).toEqual([]);
  expect(await ann.texts()).toEqual([
    'I am in the old shop',
    'Still in the old shop',
    'On my way',
    'Now in the new shop',
  ]);
  expect(stack.friend.log).not.toContain('XMPP link down');
});
