import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Italiano. */
export const page: Areas['page'] = {
  on: 'È su {name}',
  said: 'La pagina dice, non verificato:',
};
