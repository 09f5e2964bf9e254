import type { Areas } from '../../language.ts';

/** Emoji, in Italiano. */
export const emoji: Areas['emoji'] = {
  choose: 'Scegli un’emoji',
  search: 'Cerca emoji',
  recent: 'Usate di recente',
  found: 'Trovate',
  none: 'Nessuna emoji si chiama così.',
  tone: 'Tono della pelle',
  tones: {
    none: 'Giallo',
    light: 'Chiaro',
    mediumLight: 'Medio chiaro',
    medium: 'Medio',
    mediumDark: 'Medio scuro',
    dark: 'Scuro',
  },
  names: 'Persone qui',
};
