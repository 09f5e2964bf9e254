import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Français. */
export const page: Areas['page'] = {
  on: 'Est sur {name}',
  said: 'La page dit, sans vérification\u00a0:',
};
