import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Português (Brasil). */
export const page: Areas['page'] = {
  on: 'Está em {name}',
  said: 'A página diz, sem verificação:',
};
