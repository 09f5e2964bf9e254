import type { Areas } from '../../language.ts';

/** Emoji, in Nederlands. */
export const emoji: Areas['emoji'] = {
  choose: 'Kies een emoji',
  search: 'Emoji zoeken',
  recent: 'Laatst gebruikt',
  found: 'Gevonden',
  none: 'Geen emoji heet zo.',
  tone: 'Huidskleur',
  tones: {
    none: 'Geel',
    light: 'Licht',
    mediumLight: 'Middellicht',
    medium: 'Gemiddeld',
    mediumDark: 'Middeldonker',
    dark: 'Donker',
  },
  names: 'Mensen hier',
};
