import { displayable, formatHex, parse } from 'culori';
import type { Theme, Value } from '../../../widget/theme/theme.ts';
import { tokens } from '../../../widget/theme/tokens.ts';
import { heldIn, withValue } from './editing.ts';

/** The same theme with `#rrggbb` for each opaque colour of sRGB, as people write it; wider ones stay as they are. */
export function inHex(theme: Theme): Theme {
  return tokens.color.reduce((now, name) => {
    const held = heldIn(now, `color-${name}`);
    return held === undefined ? now : withValue(now, `color-${name}`, written(held));
  }, theme);
}

function written(value: Value): Value {
  if (typeof value !== 'string') return { light: hexOf(value.light), dark: hexOf(value.dark) };
  return hexOf(value);
}

function hexOf(text: string): string {
  const colour = parse(text);
  const isPlain = colour?.mode === 'rgb' && (colour.alpha ?? 1) === 1 && displayable(colour);
  return isPlain ? formatHex(colour) : text;
}
