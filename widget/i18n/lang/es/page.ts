import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Español. */
export const page: Areas['page'] = {
  on: 'Está en {name}',
  said: 'La página dice, sin verificar:',
};
