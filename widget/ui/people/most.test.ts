import { expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { most } from './most.ts';

test('lets nobody write or choose more than the protocol takes', () => {
  const { name, note, avatar: picture, page: people } = limits;

  expect(most).toEqual({ name, note, picture, people });
});
