import { expect, test } from '../fixtures/test.ts';

test('three people write at once, and all see the same order', async ({ joins, room }) => {
  const people = await Promise.all(['Ann', 'Bob', 'Cem'].map((name) => joins(room, name)));
  const rounds = 8;

  await Promise.all(
    people.map(async (person, index) => {
      for (let round = 0; round < rounds; round += 1) await person.says(`person ${index}, line ${round}`);
    }),
  );
  for (const person of people) await expect(person.log.locator('.bubble')).toHaveCount(3 * rounds);

  const [first, ...others] = await Promise.all(people.map((person) => person.texts()));
  for (const texts of others) expect(texts).toEqual(first);
  expect(new Set(first).size).toBe(3 * rounds);
});
