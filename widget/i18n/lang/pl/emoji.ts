import type { Areas } from '../../language.ts';

/** Emoji, in Polski. */
export const emoji: Areas['emoji'] = {
  choose: 'Wybierz emoji',
  search: 'Szukaj emoji',
  recent: 'Ostatnio użyte',
  found: 'Znalezione',
  none: 'Żadne emoji tak się nie nazywa.',
  tone: 'Odcień skóry',
  tones: {
    none: 'Żółty',
    light: 'Jasny',
    mediumLight: 'Średnio jasny',
    medium: 'Średni',
    mediumDark: 'Średnio ciemny',
    dark: 'Ciemny',
  },
  names: 'Osoby tutaj',
};
