import { expect, test } from 'vitest';
import { isFewEmoji } from './few-emoji.ts';

test.each([
  ['👍', true],
  ['👩‍👩‍👧‍👦 🏳️‍🌈 🇳🇴', true],
  ['😀😀😀😀', false],
  ['❤️ 7️⃣ ☝🏽', true],
  ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', true],
  ['™', false],
  ['7', false],
  ['12', false],
  ['ok 👍', false],
  ['', false],
])('says of %j whether it is up to three emoji alone', (text, few) => {
  expect(isFewEmoji(text)).toBe(few);
});
