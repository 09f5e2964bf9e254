import { expect, test } from 'vitest';
import { type Drawer, Studio } from './store.ts';

function drawerWith(...kept: readonly [key: string, value: string][]): Drawer & { readonly kept: Map<string, string> } {
  const map = new Map(kept);
  return { kept: map, getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value) };
}

test('goes on after a reload with what was there', () => {
  const drawer = drawerWith();
  new Studio(drawer).change({ color: { brand: '#0a7d5a' } });

  const again = new Studio(drawer);

  expect([again.theme, again.canUndo]).toEqual([{ color: { brand: '#0a7d5a' } }, false]);
});

test('takes the theme of a link, and gives what was there before back', () => {
  const drawer = drawerWith();
  new Studio(drawer).change({ density: 'compact' });

  const studio = new Studio(drawer, { density: 'roomy' });
  studio.undo();

  expect([studio.theme, studio.canRedo]).toEqual([{ density: 'compact' }, true]);
});

test('works where nothing may be kept, and where what was kept is broken', () => {
  const full: Drawer = {
    getItem: () => '{',
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };

  const studio = new Studio(full);
  studio.change({ density: 'roomy' });

  expect(studio.theme).toEqual({ density: 'roomy' });
});

test('tells who draws of each change until he has enough', () => {
  const studio = new Studio();
  let redraws = 0;
  const stop = studio.subscribe(() => {
    redraws += 1;
  });

  studio.change({ density: 'roomy' });
  studio.say('Copied.');
  stop();
  studio.undo();

  expect([redraws, studio.said]).toEqual([2, '']);
});
