import type { Areas } from '../../language.ts';

/** Emoji, in Español. */
export const emoji: Areas['emoji'] = {
  choose: 'Elegir un emoji',
  search: 'Buscar emojis',
  recent: 'Usados hace poco',
  found: 'Encontrados',
  none: 'Ningún emoji se llama así.',
  tone: 'Tono de piel',
  tones: {
    none: 'Amarillo',
    light: 'Claro',
    mediumLight: 'Claro medio',
    medium: 'Medio',
    mediumDark: 'Oscuro medio',
    dark: 'Oscuro',
  },
  names: 'Personas aquí',
};
