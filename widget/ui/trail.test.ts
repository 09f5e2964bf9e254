import { expect, test } from 'vitest';
import type { Screen } from '../core/view.ts';
import { walked } from './trail.ts';

const list: Screen = { at: 'list' };
const people: Screen = { at: 'people' };
const bob: Screen = { at: 'person', user: 'u_bob' };
const room: Screen = { at: 'conversation', ref: 'room:lobby' };

/** The way back after these screens. */
function after(...screens: readonly Screen[]): readonly Screen[] {
  let trail: readonly Screen[] = [];
  screens.forEach((screen, index) => {
    trail = walked(trail, screens[index - 1], screen);
  });
  return trail;
}

test('leads back by the way that one came', () => {
  const trail = after(room, people, bob);

  expect(trail).toEqual([room, people]);
  expect(walked(trail, bob, people)).toEqual([room]);
});

test('does not lead in circles', () => {
  expect(after(room, people, bob, room, people)).toEqual([room]);
  expect(after(list, people, list)).toEqual([]);
});

test('does not lead back to the making of a group that is made', () => {
  expect(after(list, people, { at: 'new-group' }, { at: 'conversation', ref: 'c_new' })).toEqual([list, people]);
});
