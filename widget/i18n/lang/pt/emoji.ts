import type { Areas } from '../../language.ts';

/** Emoji, in Português (Brasil). */
export const emoji: Areas['emoji'] = {
  choose: 'Escolher um emoji',
  search: 'Buscar emojis',
  recent: 'Usados recentemente',
  found: 'Encontrados',
  none: 'Nenhum emoji tem esse nome.',
  tone: 'Tom de pele',
  tones: {
    none: 'Amarelo',
    light: 'Claro',
    mediumLight: 'Médio claro',
    medium: 'Médio',
    mediumDark: 'Médio escuro',
    dark: 'Escuro',
  },
  names: 'Pessoas aqui',
};
