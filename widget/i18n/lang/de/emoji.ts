import type { Areas } from '../../language.ts';

/** Emoji, in Deutsch. */
export const emoji: Areas['emoji'] = {
  choose: 'Emoji wählen',
  search: 'Emoji suchen',
  recent: 'Zuletzt benutzt',
  found: 'Gefunden',
  none: 'Kein Emoji heißt so.',
  tone: 'Hautton',
  tones: {
    none: 'Gelb',
    light: 'Hell',
    mediumLight: 'Mittelhell',
    medium: 'Mittel',
    mediumDark: 'Mitteldunkel',
    dark: 'Dunkel',
  },
  names: 'Personen hier',
};
