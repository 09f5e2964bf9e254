import { expect, test } from '../fixtures/test.ts';

test('a reload in mid-conversation loses nothing and forgets nobody', async ({ joins, room }) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await ann.says('Before the reload');
  await bob.reads('Before the reload');

  await ann.page.reload();
  await bob.says('While Ann was away');
  await bob.sent('While Ann was away');
  await ann.opens();

  await ann.reads('While Ann was away');
  await ann.says('Back again');
  await bob.reads('Back again');
  expect(await ann.texts()).toEqual(['Before the reload', 'While Ann was away', 'Back again']);
  await expect(bob.log.getByText('Ann joined')).toHaveCount(1);
});
