import { expect, test } from '../fixtures/test.ts';

test('sees a JID in what the friend tells, where one is planted, and none of two people who talk', async ({
  joins,
  room,
}) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await ann.says('Where do I find you?');
  await bob.reads('Where do I find you?');
  expect([ann, bob].map(({ addresses }) => addresses)).toEqual([[], []]);

  await bob.says('At 7f3a@visitors.localhost, if you must know');
  await bob.sent('At 7f3a@visitors.localhost, if you must know');
  await ann.reads('At 7f3a@visitors.localhost, if you must know');

  expect(ann.addresses.splice(0)).toEqual(['7f3a@visitors.localhost']);
  expect(bob.addresses.splice(0)).toEqual(['7f3a@visitors.localhost']);
  expect(ann.stanzas).toBeGreaterThan(3);
});
