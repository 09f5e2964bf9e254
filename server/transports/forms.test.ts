import { expect, test } from 'vitest';
import { formMemory } from './forms.ts';

test('remembers the form of the last frame, and takes JSON for what it does not know', () => {
  const forms = formMemory();

  forms.heard('a@b/1', 'xml');
  forms.heard('a@b/2', 'xml');
  forms.heard('a@b/2', 'json');
  forms.heard('a@b/3', 'xml');
  forms.forget('a@b/3');

  expect(['a@b/1', 'a@b/2', 'a@b/3', 'a@b/4'].map(forms.of)).toEqual(['xml', 'json', 'json', 'json']);
});

test('forgets the one that was silent for longest when there are too many', () => {
  const forms = formMemory(2);

  for (const jid of ['one', 'two', 'one', 'three']) forms.heard(jid, 'xml');

  expect(['one', 'two', 'three'].map(forms.of)).toEqual(['xml', 'json', 'xml']);
});
