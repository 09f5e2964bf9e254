import { expect, test } from 'vitest';
import { themeOf } from './editing.ts';
import { measuredOf } from './gate.ts';
import { presets } from './presets.ts';

for (const { name, theme } of presets)
  test(`${name} passes the gate in both schemes, and is a theme as a link may hold it`, () => {
    const faint = measuredOf(theme).filter(({ passes }) => !passes);

    expect(faint).toEqual([]);
    expect(themeOf(theme)).toEqual(theme);
  });
