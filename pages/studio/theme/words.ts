import type { Pair } from '../../../widget/theme/pairs.ts';
import type { ColorName } from '../../../widget/theme/tokens.ts';

/** What a colour is called by who looks at the widget. */
export const colorWords: Readonly<Record<ColorName, string>> = {
  brand: 'Brand',
  accent: 'Accent',
  'on-accent': 'Text on accent',
  'accent-text': 'Links',
  surface: 'Panel',
  'on-surface': 'Text',
  raised: 'Header and field',
  overlay: 'Menus and sheets',
  quiet: 'Quiet text',
  line: 'Lines',
  'bubble-in': 'Their bubbles',
  'on-bubble-in': 'Text in theirs',
  'bubble-out': 'Own bubbles',
  'on-bubble-out': 'Text in own',
  danger: 'Danger',
  'on-danger': 'Text on danger',
  focus: 'Focus ring',
};

const over: Partial<Readonly<Record<ColorName, string>>> = {
  'on-surface': 'text',
  quiet: 'quiet text',
  'accent-text': 'links',
  danger: 'warnings',
  focus: 'the focus ring',
};

const under: Partial<Readonly<Record<ColorName, string>>> = {
  surface: 'the panel',
  raised: 'header and field',
  overlay: 'menus and sheets',
  'bubble-in': 'their bubbles',
  'bubble-out': 'own bubbles',
  accent: 'buttons',
  danger: 'the badge and deletions',
};

/** Where two colours meet: `Quiet text on menus and sheets`. */
export function pairWords(pair: Pick<Pair, 'over' | 'under'>): string {
  const words = `${over[pair.over] ?? 'text'} on ${under[pair.under] ?? pair.under}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
