import type { Areas } from '../../language.ts';

/** Emoji, in Türkçe. */
export const emoji: Areas['emoji'] = {
  choose: 'Emoji seç',
  search: 'Emoji ara',
  recent: 'Son kullanılanlar',
  found: 'Bulunanlar',
  none: 'Bu adda emoji yok.',
  tone: 'Ten rengi',
  tones: {
    none: 'Sarı',
    light: 'Açık',
    mediumLight: 'Orta açık',
    medium: 'Orta',
    mediumDark: 'Orta koyu',
    dark: 'Koyu',
  },
  names: 'Buradaki kişiler',
};
