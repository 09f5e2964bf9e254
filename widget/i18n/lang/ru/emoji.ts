import type { Areas } from '../../language.ts';

/** Emoji, in Русский. */
export const emoji: Areas['emoji'] = {
  choose: 'Выбрать эмодзи',
  search: 'Поиск эмодзи',
  recent: 'Недавние',
  found: 'Найдено',
  none: 'Эмодзи с таким названием нет.',
  tone: 'Тон кожи',
  tones: {
    none: 'Жёлтый',
    light: 'Светлый',
    mediumLight: 'Светло-средний',
    medium: 'Средний',
    mediumDark: 'Тёмно-средний',
    dark: 'Тёмный',
  },
  names: 'Люди здесь',
};
