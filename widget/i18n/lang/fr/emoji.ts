import type { Areas } from '../../language.ts';

/** Emoji, in Français. */
export const emoji: Areas['emoji'] = {
  choose: 'Choisir un émoji',
  search: 'Chercher un émoji',
  recent: 'Utilisés récemment',
  found: 'Trouvés',
  none: 'Aucun émoji ne s’appelle ainsi.',
  tone: 'Couleur de peau',
  tones: {
    none: 'Jaune',
    light: 'Claire',
    mediumLight: 'Moyennement claire',
    medium: 'Moyenne',
    mediumDark: 'Moyennement foncée',
    dark: 'Foncée',
  },
  names: 'Personnes ici',
};
