import { expect, test } from 'vitest';
import { draftIn, fragmentOf } from './linked.ts';

test('brings code through a link as it was', async () => {
  const draft = { code: 'export default {}; // ünïcode 👋\n'.repeat(200), conversation: 'support' } as const;

  const fragment = await fragmentOf(draft);

  expect(await draftIn(fragment)).toEqual(draft);
  expect(fragment.length).toBeLessThan(500);
});

test('takes nothing else for code', async () => {
  const found = await Promise.all(['', '#t=abc', '#code=!', `#code=${'A'.repeat(70_000)}`].map(draftIn));

  expect(found).toEqual([undefined, undefined, undefined, undefined]);
});
