import { append } from 'befriend/server';
import { friendInPage } from 'befriend/testing';
import { expect, test } from 'vitest';
import * as effects from '../core/effect.ts';
import * as inPage from '../testing/page-friend.ts';

test('is imported inside the project as outside of it, and is the same code as the product runs', () => {
  const names = [append, friendInPage];

  expect(names).toEqual([effects.append, inPage.friendInPage]);
});
