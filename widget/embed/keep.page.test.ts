import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draftsIn } from './drafts.ts';
import { keepFor } from './keep.ts';

beforeEach(() => {
  localStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('keeps a draft for a later page, until it is sent', () => {
  draftsIn(keepFor('functional'), 'p:').set('support', 'half a sen');
  const later = draftsIn(keepFor('functional'), 'p:');
  expect(later.get('support')).toBe('half a sen');

  later.delete('support');

  expect(draftsIn(keepFor('functional'), 'p:').get('support')).toBeUndefined();
  expect(localStorage.length).toBe(0);
});

test('keeps a draft in memory only where consent is none', () => {
  const drafts = draftsIn(keepFor('none'), 'p:');

  drafts.set('support', 'half a sen');

  expect(drafts.get('support')).toBe('half a sen');
  expect(localStorage.length).toBe(0);
});

test('holds in memory what a full storage does not take, and keeps the next that it takes', () => {
  const keep = keepFor('functional');
  keep.set('key', 'old');
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Quota exceeded.', 'QuotaExceededError');
  });
  keep.set('key', 'new');
  expect(keep.get('key')).toBe('new');

  full.mockRestore();
  keep.set('key', 'newest');

  expect([keep.get('key'), localStorage.getItem('key')]).toEqual(['newest', 'newest']);
});

test('removes what begins with a prefix, and nothing of others', () => {
  const [kept, forgotten] = [keepFor('functional'), keepFor('none')];
  for (const keep of [kept, forgotten]) for (const key of ['a:1', 'a:2', 'b:1']) keep.set(key, 'x');

  for (const keep of [kept, forgotten]) keep.clear('a:');

  for (const keep of [kept, forgotten]) {
    expect(['a:1', 'a:2', 'b:1'].map((key) => keep.get(key))).toEqual([undefined, undefined, 'x']);
  }
  expect(Object.keys(localStorage)).toEqual(['b:1']);
  kept.remove('b:1');
});
