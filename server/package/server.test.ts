import { append } from 'befriend/server';
import { testChat } from 'befriend/testing';
import { expect, test } from 'vitest';
import * as effects from '../core/effect.ts';
import * as kit from '../testing/test-chat.ts';

test('is imported inside the project as outside of it, and is the same code as the product runs', () => {
  const names = [append, testChat];

  expect(names).toEqual([effects.append, kit.testChat]);
});
